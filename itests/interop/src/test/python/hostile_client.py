"""A client that sends generated input to a worker, through channel after channel of connection after connection.

Options: those of a client (generation G2 and the way in), protocol (peerworks or sleap), seed, inputs (how many), mount.
Says {"fact": "sent", ...} for each connection; its last fact is an outcome.
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

CHANNELS = 30  # of one connection
PATIENCE = 20
PAUSE = 0.01  # sleap-rtc's own limit is 100 messages a second


class Lane:
    """One channel: what came last, and whether it is over."""

    def __init__(self, channel):
        self.channel = channel
        self.came = asyncio.Queue()
        self.opened = asyncio.Event()
        channel.on("open", self.opened.set)
        channel.on("message", self.came.put_nowait)
        channel.on("close", lambda: self.came.put_nowait(None))

    @property
    def is_open(self):
        return self.channel.readyState == "open"

    async def awaited(self, kind):
        """The document of a type; None if the channel ends first."""
        while (message := await asyncio.wait_for(self.came.get(), PATIENCE)) is not None:
            if isinstance(message, str) and message.startswith("{"):
                document = json.loads(message)
                if document.get("type") == kind:
                    return document
        return None


class Peer:
    """One connection to the worker, under a name of its own."""

    def __init__(self, o, generator, dice):
        self.o, self.generator, self.dice = o, generator, dice
        self.label = peerworks.LABEL if o.protocol == "peerworks" else "my-data-channel"
        self.counts = collections.Counter()
        self.lost = asyncio.Event()

    async def connect(self):
        self.door, worker = await client.enter(self.o)
        self.pc = wire.connection()
        self.pc.on("connectionstatechange", self.changed)
        first = Lane(self.pc.createDataChannel(self.label))
        await self.pc.setLocalDescription(await self.pc.createOffer())
        await self.door.send(type="offer", sender=self.door.peer, target=worker, sdp=self.pc.localDescription.sdp)
        while (message := await self.door.receive(PATIENCE)).get("type") != "answer":
            pass
        await self.pc.setRemoteDescription(wire.RTCSessionDescription(sdp=message["sdp"], type="answer"))
        return first

    def changed(self):
        if self.pc.connectionState in ("failed", "closed"):
            self.lost.set()

    async def trusted(self, lane):
        """The hello of `peerworks`, up to its end."""
        proof = peerworks.Proof()
        lane.channel.send(proof.hello())
        theirs = await lane.awaited("hello")
        if theirs is not None:
            lane.channel.send(proof.client_proof(self.pc, theirs))
            theirs = await lane.awaited("welcome")
        return theirs is not None

    async def attack(self, lane, most):
        """Up to so many inputs, while the worker takes them; returns how many."""
        await asyncio.wait_for(lane.opened.wait(), PATIENCE)
        if self.o.protocol == "peerworks" and self.dice.random() < 0.85:
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
        sent = 0
        lane = await self.connect()
        for _ in range(CHANNELS):
            sent += await self.attack(lane, min(most - sent, self.dice.choice((1, 10, 60, 200))))
            if sent >= most or self.lost.is_set():
                break
            if self.dice.random() < 0.7:
                lane.channel.close()
            lane = Lane(self.pc.createDataChannel(self.label))
            self.counts["channels"] += 1
        await self.pc.close()
        await self.door.close()
        say("sent_inputs", count=sent, counts=dict(self.counts))
        return sent


async def run(o):
    for name, value in client.DEFAULTS.items():
        setattr(o, name, getattr(o, name, value))
    words = generated_words.peerworks_client if o.protocol == "peerworks" else generated_words.sleap_client
    generator, dice = Generator(o.seed, words(o.mount), pieces(o.protocol)), random.Random(o.seed)
    sent = 0
    while sent < o.inputs:
        try:
            sent += await Peer(o, generator, dice).run(o.inputs - sent)
        except (asyncio.TimeoutError, InvalidStateError) as problem:
            # The worker has ended something; whether it still lives is seen at the next turn, and at the end.
            say("turned_away", why=repr(problem))
            o.refusals = getattr(o, "refusals", 0) + 1
            if o.refusals > 50:
                raise
    say("outcome", state="sent", count=sent)


def pieces(protocol):
    return ["{\"type\":", "+", "=", "{", "["] if protocol == "peerworks" else ["FILE_META::", "JOB_SUBMIT::", "FS_", "AUTH_RESPONSE::"]
