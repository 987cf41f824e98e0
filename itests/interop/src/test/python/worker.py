"""Stand-in workers of three generations.

Options: generation (G1, G2, G3), ws, http (addresses of the server), room, token (else it makes a room), api_key,
jwt, keep_alive (seconds), secret (PSK), authorized_keys (asks the server), mount, input, output (directories), furnished
(its mount is), outcome (fields of what it says of a search), vanish_at (bytes: dies there).
"""

import asyncio
import os
import secrets
import signal
import socket

import furniture
import link as wire
from door import Door, ask, session_string, sign_in
from facts import say
from link import Link
from worker_auth import Gate
from worker_jobs import StructuredJobs
from worker_package import PackageJobs
from worker_shared import SharedJobs
from worker_files import Files


class Worker:
    def __init__(self, o, door):
        self.o, self.door = o, door
        self.gate = Gate(o)
        self.packages = PackageJobs(o)
        self.shared = SharedJobs(o)
        self.files = Files(o)
        self.jobs = StructuredJobs(o, self.files)
        self.pc = None
        self.frozen = False
        self.received = 0
        self.tasks = set()

    async def offered(self, message):
        """§1.7; §1.8: an offer replaces the connection that there is."""
        self.pc = wire.connection()
        client, role = message["sender"], message.get("role")
        done = asyncio.Event()

        @self.pc.on("datachannel")
        def opened(channel):
            say("channel", label=channel.label, sender=client)
            if channel.label == "mesh_signaling":
                return  # §2.10
            self.later(self.serve(Link(channel, getattr(self.o, "keep_alive", wire.KEEP_ALIVE_SECONDS)), client, role, done))

        @self.pc.on("connectionstatechange")
        def changed():
            say("link", state=self.pc.connectionState)
            if self.pc.connectionState in ("failed", "closed"):
                done.set()

        sdp = await wire.answer(self.pc, message["sdp"])
        await self.door.send(type="answer", sender=self.door.peer, target=client, sdp=sdp)
        return done

    def later(self, coroutine):
        task = asyncio.ensure_future(coroutine)
        self.tasks.add(task)
        task.add_done_callback(self.ended)

    def ended(self, task):
        self.tasks.discard(task)
        if not task.cancelled() and task.exception():
            say("task_failed", error=repr(task.exception()))

    async def serve(self, link, client, role, done):
        if self.o.generation == "G3":
            self.later(self.gate.challenge(link, role))
        while (message := await link.receive()) is not None:
            if self.frozen:
                continue
            if isinstance(message, bytes):
                self.dies(len(message))
                (self.files if self.files.receiving else self.packages).chunk(message)
            elif message == "END_OF_FILE":
                self.later(self.packages.finish(link))
            else:
                self.take(link, message)
        say("client_gone", client=client)
        if not self.packages.sticky:
            self.packages.incoming = None
        done.set()

    def dies(self, size):
        """Vanishes without a word once it has got so many bytes."""
        self.received += size
        if self.received >= getattr(self.o, "vanish_at", float("inf")):
            say("vanished", received=self.received)
            os.kill(os.getpid(), signal.SIGKILL)

    def take(self, link, message):
        if self.gate.take(link, message):
            return
        if self.packages.text(message):
            if message.startswith("OUTPUT_DIR::") and self.files.used:
                path, self.files.used = self.files.used, None
                self.later(self.packages.use(link, path))  # §2.7
            return
        name, _, rest = message.partition("::")
        if name == "ZMQ_CTRL":  # §2.3: published to the trainer as it is
            if self.packages.program:
                self.packages.program.publish(rest)
        elif self.o.generation == "G2" and self.shared.takes(name):
            self.later(self.shared.take(link, name, rest, self.packages))
        elif self.o.generation == "G3" and (self.files.takes(name) or self.jobs.takes(name)):
            self.later((self.files if self.files.takes(name) else self.jobs).take(link, name, rest))
        elif self.o.generation == "G1":
            self.frozen = True  # §2.1, §6 S23: it asks its own terminal, and the process stands still
            say("frozen", text=message)
        else:
            say("ignored", text=message)  # §2.1: G3 logs and ignores


async def enter(o):
    """Registers as a worker of its generation (§1.2) and says how clients reach it."""
    if o.generation == "G3":
        key = getattr(o, "api_key", "slp_0000" + secrets.token_hex(4))
        # §1.2, §6 S21: four letters of the key are part of the id
        peer = f"worker-{key[4:12]}-{socket.gethostname()[:8]}-{secrets.token_hex(3)}"
        how = {"api_key": key} if hasattr(o, "api_key") else {"jwt": o.jwt}
        door = await Door.open(o.ws, peer)
        reply = await door.register(room_id=getattr(o, "room", ""), token="", role="worker", is_admin=True,
                                    metadata=metadata(o), **how)
    else:
        peer, proof = await sign_in(o.http)  # §1.10; §1.2: G1's peer id is the name that it got
        room, token = getattr(o, "room", None), getattr(o, "token", None)
        if room is None:
            _, made = await ask(o.http, "POST", "/create-room", bearer=proof)
            room, token = made["room_id"], made["token"]
        door = await Door.open(o.ws, peer)
        more = {} if o.generation == "G1" else {"role": "worker", "is_admin": True, "metadata": metadata(o)}
        reply = await door.register(room_id=room, token=token, id_token=proof, **more)  # §1.2: G1 sends no role
    if not reply or reply.get("type") != "registered_auth":
        return None, None
    return door, reply


def metadata(o):
    """§1.2."""
    mounts = [{"path": o.mount, "label": "lab"}] if hasattr(o, "mount") else []
    return {"tags": ["sleap-rtc", "training-worker", "inference-worker"],
            "properties": {"gpu_memory_mb": getattr(o, "gpu_memory_mb", 8192), "gpu_model": "Stand-in", "sleap_version": "1.3.3",
                           "sleap_nn_version": "0.1.0", "cuda_version": "N/A", "hostname": socket.gethostname(),
                           "worker_name": getattr(o, "name", "stand-in"), "status": "available", "max_concurrent_jobs": 1,
                           "supported_models": ["base", "centroid", "topdown"],
                           "supported_job_types": ["training", "inference"], "mounts": mounts}}


async def run(o):
    door, reply = await enter(o)
    if door is None:
        return
    worker = Worker(o, door)
    if getattr(o, "furnished", False):
        furniture.furnish(worker.files.mount)
    say("ready", peer_id=door.peer, room=reply["room_id"], token=reply["token"],
        session=session_string(reply["room_id"], reply["token"], door.peer))
    if getattr(o, "forget_tags", False):
        await door.send(type="update_metadata", peer_id=door.peer, metadata={"properties": {"status": "available"}})
    while (message := await door.receive()) is not None:
        kind = message.get("type")
        if kind == "offer":
            done = await worker.offered(message)
            if o.generation == "G1":
                await done.wait()  # §3.1: one client, then it ends (after the ICE timeout of 90 s)
                await asyncio.sleep(getattr(o, "linger", 0))
                return
        elif o.generation == "G1" and (kind in ("error", "quit") or "error" in message):
            say("shut_down", why=kind or "error")  # §1.4: G1 ends on any error; §1.5 quit
            return
    # §1.8: a G3 worker would come back after 1, 2, 4 … seconds
