"""A data channel of aiortc, with what both sides of sleap-rtc do on it."""

import asyncio
import hashlib
import time

from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription

from facts import say

KEEP_ALIVE = b"KEEP_ALIVE"  # §2.1: ten ASCII bytes, binary
KEEP_ALIVE_SECONDS = 15  # §2.1, §3.5
PAUSE_ABOVE = 16 << 20  # §2.1: the sender pauses while more is buffered
POLL_SECONDS = 0.1  # §2.1


def connection():
    return RTCPeerConnection(RTCConfiguration(iceServers=[]))


async def offer(pc, form="legacy"):
    """§1.7: all candidates are in the description before it is sent; aiortc offers the legacy form of SCTP."""
    pc._sctpLegacySdp = form == "legacy"
    await pc.setLocalDescription(await pc.createOffer())
    sdp = pc.localDescription.sdp
    say("offered", form="legacy" if "a=sctpmap:" in sdp else "modern", sdp=sdp)
    return sdp


async def answer(pc, sdp):
    """§1.7: an answer has the form of its offer."""
    await pc.setRemoteDescription(RTCSessionDescription(sdp=sdp, type="offer"))
    await pc.setLocalDescription(await pc.createAnswer())
    return pc.localDescription.sdp


class Link:
    """Texts and chunks of one channel, in order; None once it is closed. Keep-alives never come through (§2.1)."""

    def __init__(self, channel, keep_alive=KEEP_ALIVE_SECONDS):
        self.channel = channel
        self.inbox = asyncio.Queue()
        self.opened = asyncio.Event()
        self.keep_alives = 0
        self.quiet = False
        channel.on("message", self._received)
        channel.on("open", self.opened.set)
        channel.on("close", self.closed)
        if channel.readyState == "open":
            self.opened.set()
        self.beat = asyncio.ensure_future(self._beat(keep_alive))

    def _received(self, message):
        if message == KEEP_ALIVE:
            self.keep_alives += 1
            return
        if isinstance(message, str) and not self.quiet:
            say("got", text=message)
        self.inbox.put_nowait(message)

    def closed(self):
        self.beat.cancel()
        self.inbox.put_nowait(None)

    async def _beat(self, seconds):
        await self.opened.wait()
        while self.channel.readyState == "open":
            await asyncio.sleep(seconds)
            if self.channel.readyState == "open":
                self.channel.send(KEEP_ALIVE)

    @property
    def is_open(self):
        return self.channel.readyState == "open"

    def text(self, message):
        if self.is_open:
            if not self.quiet:
                say("sent", text=message)
            self.channel.send(message)

    async def receive(self, seconds=None):
        return await asyncio.wait_for(self.inbox.get(), seconds)

    async def chunks(self, data, size, each=lambda sent: None):
        """Sends bytes as messages of a size; §2.1: no header, no index, no acknowledgement."""
        started = time.perf_counter()
        for at in range(0, len(data), size):
            while self.channel.bufferedAmount > PAUSE_ABOVE:
                await asyncio.sleep(POLL_SECONDS)
            if not self.is_open:
                say("upload_broken", sent=at)
                return False
            self.channel.send(data[at:at + size])
            each(at + size)
            if at // size % 16 == 15:
                await asyncio.sleep(0)
        while self.channel.bufferedAmount > 0 and self.is_open:
            await asyncio.sleep(0.005)
        say("uploaded", bytes=len(data), seconds=time.perf_counter() - started)
        return True


class Incoming:
    """A file that arrives: what its announcement said and what has come."""

    def __init__(self, name, size, hint=""):
        self.name, self.size, self.hint = name, size, hint
        self.parts = []

    @classmethod
    def announced(cls, text):
        """§2.1: FILE_META::<name>:<size>:<third>, single colons inside."""
        name, size, hint = text[len("FILE_META::"):].rsplit(":", 2)
        return cls(name, int(size), hint)

    def data(self):
        data = b"".join(self.parts)
        say("file", name=self.name, announced=self.size, size=len(data), hint=self.hint,
            sha256=hashlib.sha256(data).hexdigest())
        return data
