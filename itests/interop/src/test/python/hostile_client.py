"""A client that sends generated input to a worker, through channel after channel of connection after connection.

Options: those of a client (generation G2 and the way in), protocol (peerworks or sleap), seed, inputs (how many), mount.
Says {"fact": "sent_inputs", ...} for each connection. When all are sent, it comes once more, as a good client, and
its last fact is an outcome, with what the worker has answered to its question.
"""

import asyncio
import collections
import json
import random

from aiortc.exceptions import InvalidStateError

import client
import generated_words
import link as wire
import peerworks
from facts import say
from generated import Generator

CHANNELS = 60  # of one connection
PATIENCE = 60
PAUSE = 0.01  # sleap-rtc's own limit is 100 messages a second
REFUSALS = 3
LABELS = {"peerworks": [peerworks.LABEL], "sleap": ["my-data-channel", "training", "inference", "pathcheck"]}
PIECES = {"peerworks": ["{\"type\":", "+", "=", "{", "["], "sleap": ["FILE_META::", "JOB_SUBMIT::", "FS_", "AUTH_RESPONSE::"]}


class Lane:
    """One channel: what came last, and whether it is over."""

    def __init__(self, pc, label):
        self.channel = pc.createDataChannel(label)
        self.came = asyncio.Queue()
        self.settled = asyncio.Event()
        self.channel.on("open", self.settled.set)
        self.channel.on("message", self.came.put_nowait)
        self.channel.on("close", self.ended)

    def ended(self):
        self.settled.set()
        self.came.put_nowait(None)

    @property
    def is_open(self):
        return self.channel.readyState == "open"

    async def awaited(self, how):
        """The message of which that is true; None if the channel ends first."""
        while (message := await asyncio.wait_for(self.came.get(), PATIENCE)) is not None:
            if isinstance(message, str) and how(message):
                return message
        return None

    async def document(self, kind):
        found = await self.awaited(lambda message: message.startswith("{") and json.loads(message).get("type") == kind)
        return found and json.loads(found)


class Peer:
    """One connection to the worker, under a name of its own."""

    def __init__(self, o, generator, dice):
        self.o, self.generator, self.dice = o, generator, dice
        self.counts = collections.Counter()
        self.lost = asyncio.Event()
        self.pc = self.door = None

    async def connect(self):
        self.door, worker = await client.enter(self.o)
        self.pc = wire.connection()
        self.pc.on("connectionstatechange", self.changed)
        first = self.lane()
        await self.pc.setLocalDescription(await self.pc.createOffer())
        await self.door.send(type="offer", sender=self.door.peer, target=worker, sdp=self.pc.localDescription.sdp)
        while (message := await self.door.receive(PATIENCE)).get("type") != "answer":
            pass
        await self.pc.setRemoteDescription(wire.RTCSessionDescription(sdp=message["sdp"], type="answer"))
        return first

    def lane(self):
        return Lane(self.pc, self.dice.choice(LABELS[self.o.protocol]))

    def next_lane(self):
        # aiortc gives a stream that is still being reset to the next channel, which then never opens.
        self.pc.sctp._data_channel_id += 2
        return self.lane()

    def changed(self):
        if self.pc.connectionState in ("failed", "closed"):
            self.lost.set()

    async def trusted(self, lane):
        """The hello of `peerworks`, up to its end."""
        proof = peerworks.Proof()
        lane.channel.send(proof.hello())
        theirs = await lane.document("hello")
        if theirs is not None:
            lane.channel.send(proof.client_proof(self.pc, theirs))
            theirs = await lane.document("welcome")
        return theirs is not None

    async def attack(self, lane, most):
        """Up to so many inputs, while the worker takes them; returns how many."""
        await asyncio.wait_for(lane.settled.wait(), PATIENCE)
        if self.o.protocol == "peerworks" and lane.is_open and self.dice.random() < 0.85:
            self.counts["trusted"] += await self.trusted(lane)
        sent = 0
        while sent < most and lane.is_open and not self.lost.is_set():
            kind, messages = self.generator.input()
            for message in messages:
                if lane.is_open:
                    lane.channel.send(message)
            self.counts[kind] += 1
            sent += 1
            await asyncio.sleep(PAUSE)
            while lane.is_open and lane.channel.bufferedAmount > 1 << 20:
                await asyncio.sleep(PAUSE)
        return sent

    async def run(self, most):
        """Up to so many inputs through one connection; says how many, also when it breaks."""
        sent = 0
        try:
            lane = await self.connect()
            for _ in range(CHANNELS):
                sent += await self.attack(lane, min(most - sent, self.dice.choice((1, 10, 60, 200))))
                if sent >= most or self.lost.is_set():
                    break
                if self.dice.random() < 0.7:
                    lane.channel.close()
                lane = self.next_lane()
                self.counts["channels"] += 1
        except (asyncio.TimeoutError, InvalidStateError) as problem:
            # The worker has ended something; whether it still lives is seen at the next turn, and at the end.
            say("turned_away", why=repr(problem))
            self.counts["refusals"] += 1
        finally:
            await self.leave()
        say("sent_inputs", count=sent, counts=dict(self.counts))
        return sent

    async def leave(self):
        if self.pc is not None:
            await self.pc.close()
        if self.door is not None:
            await self.door.close()

    async def question(self):
        """What the worker answers to a good client; None if it does not."""
        try:
            lane = await self.connect()
            await asyncio.wait_for(lane.settled.wait(), PATIENCE)
            if self.o.protocol == "sleap":
                lane.channel.send("FS_GET_INFO")
                return await lane.awaited(lambda message: message.startswith("FS_INFO_RESPONSE::"))
            if not await self.trusted(lane):
                return None
            lane.channel.send(json.dumps({"type": "request", "id": 1, "method": "types", "params": {}}))
            return json.dumps((await lane.document("reply") or {}).get("result"))
        finally:
            await self.leave()


async def run(o):
    for name, value in client.DEFAULTS.items():
        setattr(o, name, getattr(o, name, value))
    words = generated_words.peerworks_client if o.protocol == "peerworks" else generated_words.sleap_client
    generator, dice = Generator(o.seed, words(o.mount), PIECES[o.protocol]), random.Random(o.seed)
    sent = refusals = 0
    while sent < o.inputs and refusals < REFUSALS:
        peer = Peer(o, generator, dice)
        sent += await peer.run(o.inputs - sent)
        refusals += peer.counts["refusals"]
    say("outcome", state="sent", count=sent, answer=await Peer(o, generator, dice).question())
