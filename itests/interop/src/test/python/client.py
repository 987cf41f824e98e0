"""Stand-in clients of three generations.

Options: generation (G1, G2, G3), task (train, track, files, or none: looks who is there), ws, http (addresses of the server); the way in: session, or
room and token (G2), or room and jwt or api_key (G3); worker (peer id, else the first found is taken); labels (name,
which tells the fake trainer how to go), size (bytes of labels), configs, folder (archives get a top folder), form (legacy,
modern), keep_alive (seconds), cancel_at (pattern in what comes), cancel (control message), vanish_at (bytes: dies
there), patience (seconds), out (directory), secret, private_key.
"""

import asyncio
import re
import secrets

import link as wire
from client_files import FilesRun
from client_jobs import StructuredRun
from client_package import PackageRun
from client_shared import SharedRun
from door import Door, read_session, sign_in
from facts import say
from link import Link

DEFAULTS = {"task": "train", "labels": "labels.slp", "size": 3000, "configs": ["centroid.yaml"], "form": "legacy",
            "keep_alive": wire.KEEP_ALIVE_SECONDS, "patience": 60, "out": ".", "folder": None, "cancel_at": None,
            "cancel": None, "vanish_at": None, "worker": None, "session": None, "room": None, "token": "", "secret": None,
            "private_key": None, "shared": None, "role": None, "package_type": None, "answer_auth": True, "label": None}


async def enter(o):
    """The way in of each generation (§1.2); returns the door and the worker's id if it is known."""
    room, token, worker = o.room, o.token, o.worker
    if o.session:
        room, token, worker = read_session(o.session)  # §1.9
    if o.generation == "G3" and (hasattr(o, "jwt") or hasattr(o, "api_key")):
        # §1.2: the user name, or api-train- and eight hex digits
        peer = getattr(o, "peer_id", "api-train-" + secrets.token_hex(4))
        how = {"jwt": o.jwt} if hasattr(o, "jwt") else {"api_key": o.api_key}
        door = await Door.open(o.ws, peer)
        reply = await door.register(room_id=room, token="", role="client", metadata=metadata(), **how)
    else:
        peer, proof = await sign_in(o.http)
        door = await Door.open(o.ws, peer)
        more = {} if o.generation == "G1" else {"role": "client", "metadata": metadata()}  # §1.2: G1 sends neither
        reply = await door.register(room_id=room, token=token, id_token=proof, **more)
    if not reply or reply.get("type") != "registered_auth":
        say("outcome", state="not_registered", reply=str(reply))
        return None, None
    if worker is None:
        worker = await discover(door, o)
    return door, worker


def metadata():
    return {"tags": ["sleap-rtc", "training-client"], "properties": {"sleap_version": "1.3.3", "platform": "Linux", "user_id": "u"}}


async def discover(door, o):
    """§1.5: workers with a tag and room for a job."""
    filters = {"role": "worker", "tags": ["sleap-rtc"], **getattr(o, "filters", {"properties": {"status": "available"}})}
    await door.send(type="discover_peers", from_peer_id=door.peer, filters=filters)
    while (message := await door.receive(20)) is not None:
        if message.get("type") == "peer_list":
            found = message["peers"]
            say("found", count=message["count"], peers=[p["peer_id"] for p in found])
            return found[0]["peer_id"] if found else None
        if message.get("type") == "error":
            return None
    return None


async def connect(o, door, worker):
    """§1.7: the client makes channel and offer; there is one answer."""
    pc = wire.connection()
    label = o.label or {"G3": {"train": "training", "track": "inference", "files": "pathcheck"}[o.task]}.get(o.generation, "my-data-channel")
    link = Link(pc.createDataChannel(label), o.keep_alive)
    sdp = await wire.offer(pc, o.form)
    more = {"role": o.role} if o.role else {}
    await door.send(type="offer", sender=door.peer, target=worker, sdp=sdp, **more)
    while (message := await door.receive(20)) is not None:
        if message.get("type") == "answer":
            say("answered", sender=message.get("sender"), form="legacy" if "a=sctpmap:" in message["sdp"] else "modern",
                setup=re.search(r"a=setup:(\w+)", message["sdp"])[1])
            await pc.setRemoteDescription(wire.RTCSessionDescription(sdp=message["sdp"], type="answer"))
            break
        if message.get("type") == "error":
            return None, None

    @pc.on("connectionstatechange")
    def changed():
        say("link", state=pc.connectionState)
        if pc.connectionState in ("failed", "closed"):
            link.closed()

    await asyncio.wait_for(link.opened.wait(), 20)
    say("open", label=label)
    return pc, link


async def run(o):
    for name, value in DEFAULTS.items():
        setattr(o, name, getattr(o, name, value))
    door, worker = await enter(o)
    if door is None:
        return
    if worker is None:
        say("outcome", state="no_worker")
        return
    if o.task == "none":
        return
    pc, link = await connect(o, door, worker)
    if pc is None:
        say("outcome", state="no_connection")
        return
    kind = FilesRun if o.task == "files" else SharedRun if o.shared else StructuredRun if o.generation == "G3" and not getattr(o, "legacy", False) else PackageRun
    job = kind(o, link)
    try:
        state = await asyncio.wait_for(job.run(), o.patience)
    except asyncio.TimeoutError:
        state = "timeout"
    say("outcome", state=state, keep_alives=link.keep_alives)
    await pc.close()
    await door.close()
