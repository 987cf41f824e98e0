"""Bytes over a data channel of aiortc, between two processes on this machine.

transfer-aiortc.py BYTES SIZE   sends BYTES in messages of SIZE; prints the seconds until all are there
"""

import asyncio
import json
import subprocess
import sys
import time

from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription

BUFFERED = 1 << 20


def described(connection):
    local = connection.localDescription
    return json.dumps({"type": local.type, "sdp": local.sdp})


def connection():
    return RTCPeerConnection(RTCConfiguration(iceServers=[]))


async def send(total, size):
    receiver = subprocess.Popen(
        [sys.executable, __file__, "receive", str(total)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    peer = connection()
    channel = peer.createDataChannel("data")
    opened, done = asyncio.Event(), asyncio.Event()
    channel.on("open", opened.set)
    channel.on("message", lambda message: done.set())
    room = asyncio.Event()
    channel.bufferedAmountLowThreshold = BUFFERED // 2
    channel.on("bufferedamountlow", room.set)
    await peer.setLocalDescription(await peer.createOffer())
    print(described(peer), file=receiver.stdin, flush=True)
    answer = json.loads(receiver.stdout.readline())
    await peer.setRemoteDescription(RTCSessionDescription(**answer))
    await asyncio.wait_for(opened.wait(), 30)
    message = bytes(size)
    start = time.perf_counter()
    for _ in range(0, total, size):
        while channel.bufferedAmount > BUFFERED:
            room.clear()
            await room.wait()
        channel.send(message)
    await asyncio.wait_for(done.wait(), 120)
    print(time.perf_counter() - start, flush=True)
    receiver.kill()
    await peer.close()


async def receive(total):
    peer = connection()
    done = asyncio.Event()
    count = 0

    @peer.on("datachannel")
    def opened(channel):
        @channel.on("message")
        def received(message):
            nonlocal count
            count += len(message)
            if count >= total:
                channel.send("done")
                done.set()

    offer = json.loads(sys.stdin.readline())
    await peer.setRemoteDescription(RTCSessionDescription(**offer))
    await peer.setLocalDescription(await peer.createAnswer())
    print(described(peer), flush=True)
    await done.wait()
    await asyncio.sleep(10)


if sys.argv[1] == "receive":
    asyncio.run(receive(int(sys.argv[2])))
else:
    asyncio.run(send(int(sys.argv[1]), int(sys.argv[2])))
