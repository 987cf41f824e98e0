"""A worker that tells its clients generated things, in between what they need to hear so that they go on.

Options: those of a worker, protocol (peerworks or sleap), seed, inputs (for each connection). Says {"fact": "sent_inputs", ...}
for each client that has come.
"""

import asyncio
import collections
import json

from aiortc.exceptions import InvalidStateError

import generated_words
import link as wire
import peerworks
import worker
from facts import say
from generated import Generator

PAUSE = 0.005
GOOD = {  # by the method of a request
    "types": {"types": [{"name": name, "version": "0.1.0", "slots": "gpu", "schema": "{}"} for name in ("train", "track")]},
    "offer": {"complete": False, "transfer": 1, "offset": 0, "grant": 4 << 20}, "submit": generated_words.job("RUNNING"),
    "get": generated_words.job("RUNNING"), "files.info": {"workerName": "x", "workingDirectory": "/x", "mounts": []},
    "files.look": {"entry": {"path": "/x/a.slp", "name": "a.slp", "directory": False, "size": 1, "modified": "2026-11-21T10:20:00Z"}},
    "files.checkVideos": {"slpPath": "/x/a.slp", "total": 1, "accessible": 0, "embedded": 0,
                          "missing": [{"filename": "a.mp4", "originalPath": "/a.mp4"}]}}


class Host:
    """One client's channel."""

    def __init__(self, o, pc, channel, generator):
        self.o, self.pc, self.channel, self.generator = o, pc, channel, generator
        self.came = asyncio.Queue()
        self.counts = collections.Counter()
        self.asked = [7]
        channel.on("message", self.came.put_nowait)
        channel.on("close", lambda: self.came.put_nowait(None))

    @property
    def is_open(self):
        return self.channel.readyState == "open"

    def say(self, message):
        if self.is_open:
            self.channel.send(message)

    async def welcome(self):
        """The hello of `peerworks`, now and then with something in it."""
        proof = peerworks.Proof(self.o.key)
        theirs = json.loads(await asyncio.wait_for(self.came.get(), 20))
        await self.inputs(1 if self.generator.random.random() < 0.05 else 0)
        self.say(proof.worker_hello(self.pc, theirs))
        await asyncio.wait_for(self.came.get(), 20)
        self.say(peerworks.WELCOME)

    async def answers(self):
        """What a client has to hear to go on: sleap-rtc's by §2, each by what was asked."""
        while (message := await self.came.get()) is not None:
            if not isinstance(message, str):
                continue
            if message.startswith("{"):
                await self.answer(json.loads(message))
            elif message == "FS_GET_INFO":
                self.say('FS_INFO_RESPONSE::{"worker_id":"w","working_dir":"/x","mounts":[{"path":"/x","label":"lab"}]}')
            elif message.startswith("FILE_UPLOAD_CHECK"):
                self.say("FILE_UPLOAD_CACHE_HIT::/x/a.slp")
            elif message.startswith("USE_WORKER_PATH"):
                self.say("WORKER_PATH_OK::/x/a.slp")

    async def answer(self, message):
        if message.get("type") == "request":
            self.asked.append(message["id"])
            if self.generator.random.random() < 0.9:
                self.say(json.dumps({"type": "reply", "id": message["id"], "result": GOOD.get(message["method"], {})}))
        elif message.get("type") == "seal":
            self.say(json.dumps({"type": "stored", "transfer": message["transfer"]}))

    async def inputs(self, most):
        for _ in range(most):
            kind, messages = self.generator.input()
            # Half of what names a request names one that was made.
            wanted = f'"id": {self.generator.random.choice(self.asked)}'
            for message in messages:
                if self.is_open:
                    self.channel.send(message.replace('"id": 7', wanted) if isinstance(message, str) else message)
            if not self.is_open:
                return
            self.counts[kind] += 1
            await asyncio.sleep(PAUSE)

    async def serve(self):
        try:
            if self.o.protocol == "peerworks":
                await self.welcome()
            answering = asyncio.ensure_future(self.answers())
            await asyncio.sleep(self.generator.random.choice((0, 0.05, 0.3)))
            await self.inputs(self.o.inputs)
            answering.cancel()
        except (asyncio.TimeoutError, InvalidStateError, ValueError, TypeError, KeyError) as problem:
            say("cut_off", why=repr(problem))
        say("sent_inputs", count=sum(self.counts.values()), counts=dict(self.counts))
        await asyncio.sleep(0.2)
        await self.pc.close()


async def run(o):
    o.key = peerworks.Proof().key
    words = generated_words.peerworks_worker if o.protocol == "peerworks" else generated_words.sleap_worker
    generator = Generator(o.seed, words(), gentle=True)
    if o.protocol == "peerworks":
        plain = worker.metadata
        worker.metadata = lambda options: announced(plain(options))
    door, reply = await worker.enter(o)
    say("ready", peer_id=door.peer, room=reply["room_id"], token=reply["token"],
        session=worker.session_string(reply["room_id"], reply["token"], door.peer))
    while (message := await door.receive()) is not None:
        if message.get("type") == "offer":
            await offered(o, door, message, generator)


def announced(metadata):
    """As a worker of `peerworks` announces itself in its room."""
    metadata["properties"]["peerworks"] = {"version": 1}
    return metadata


async def offered(o, door, message, generator):
    pc = wire.connection()
    pc.on("datachannel", lambda channel: asyncio.ensure_future(Host(o, pc, channel, generator).serve()))
    sdp = await wire.answer(pc, message["sdp"])
    await door.send(type="answer", sender=door.peer, target=message["sender"], sdp=sdp)
