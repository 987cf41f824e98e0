"""What a worker does wrong towards its client (§2.3, §2.6). Options: those of a worker, and target (a path outside)."""

import asyncio
import json

import link as wire
import worker
from facts import say
from link import Link

PAYLOAD = {"py/reduce": [{"py/function": "os.mkdir"}, {"py/tuple": ["TARGET"]}], "event": "epoch_end", "what": "x", "logs": {}}


async def upload(link):
    """Takes what the client sends, up to the end of its file."""
    while (message := await link.receive()) is not None:
        if message in ("END_OF_FILE", "FILE_UPLOAD_END") or isinstance(message, str) and message.startswith("JOB_SUBMIT"):
            return


async def name_that_leaves(o, link):
    await upload(link)
    for text in ("TRAIN_JOB_START::centroid", "TRAIN_JOB_END::centroid", "TRAINING_JOBS_DONE"):
        link.text(text)  # §2.3
    link.text(f"FILE_META::../../../../../../../../{o.target.lstrip('/')}:4:models")
    link.channel.send(b"evil")
    link.text("END_OF_FILE")


async def too_much(o, link):
    await upload(link)
    link.text("TRAINING_JOBS_DONE")
    link.text("FILE_META::trained_good.zip:1000:models")
    for _ in range(400):
        if link.is_open:
            link.channel.send(bytes(32 * 1024))
            await asyncio.sleep(0.002)
    link.text("END_OF_FILE")


async def endless_file(o, link):
    await upload(link)
    link.text("TRAINING_JOBS_DONE")
    link.text(f"FILE_META::trained_good.zip:{1 << 50}:models")
    link.channel.send(bytes(1000))


async def no_archive(o, link):
    await upload(link)
    link.text("TRAINING_JOBS_DONE")
    link.text("FILE_META::trained_good.zip:9:models")
    link.channel.send(b"no zip at")
    link.text("END_OF_FILE")


async def results_first(o, link):
    """Everything before the job is there."""
    for text in ("TRAINING_JOBS_DONE", "END_OF_FILE", "JOB_COMPLETE::{}", "AUTH_SUCCESS", "INFERENCE_COMPLETE::{}", "FILE_META::x:y:z"):
        link.text(text)
    link.channel.send(b"stray")
    await upload(link)


async def flood(o, link):
    await upload(link)
    link.quiet = True
    line = "x" * 1000 + "\n"
    for number in range(20_000):
        if not link.is_open:
            return
        link.text(line)
        if number % 50 == 0:
            await asyncio.sleep(0.001)
    link.text("TRAIN_JOB_ERROR::centroid::1")
    link.text("TRAINING_JOBS_DONE")


async def report_that_calls(o, link):
    """§6 S12: reaches whoever decodes it into objects."""
    await upload(link)
    link.text("TRAIN_JOB_START::centroid")
    for _ in range(5):
        link.text("PROGRESS_REPORT::" + json.dumps(PAYLOAD).replace("TARGET", o.target))
        await asyncio.sleep(0.2)
    link.text("TRAIN_JOB_ERROR::centroid::1")
    link.text("TRAINING_JOBS_DONE")


async def malformed(o, link):
    await upload(link)
    for text in ("FILE_META::", "FILE_META::x.zip:-1:", "FILE_META::x.zip:many:", "JOB_ACCEPTED::", "JOB_REJECTED::x", "JOB_COMPLETE::{",
                 "JOB_FAILED::[]", "PROGRESS_REPORT::" + "[" * 9000, "INFERENCE_PROGRESS::{", "AUTH_CHALLENGE::", "::", "",
                 "FS_INFO_RESPONSE::[]", "TRAIN_JOB_ERROR::", "TRAIN_JOB_END::" + "x" * 50_000):
        link.text(text)
    link.text("TRAINING_JOBS_DONE")


async def vanish(o, link):
    """The link is closed as soon as the file is there."""
    await upload(link)
    await asyncio.sleep(0.1)
    link.channel.close()


TRICKS = {f"client_{f.__name__}": f for f in (
    name_that_leaves, too_much, endless_file, no_archive, results_first, flood, report_that_calls, malformed, vanish)}
TRICKS["client_no_answer"] = TRICKS["client_bad_answer"] = None


async def run(o):
    """A worker up to the open channel, then the trick."""
    door, reply = await worker.enter(o)
    say("ready", peer_id=door.peer, room=reply["room_id"], token=reply["token"],
        session=worker.session_string(reply["room_id"], reply["token"], door.peer))
    while (message := await door.receive()) is not None:
        if message.get("type") != "offer":
            continue
        if o.trick == "client_no_answer":
            say("outcome", state="silent")
            continue
        if o.trick == "client_bad_answer":
            await door.send(type="answer", sender=door.peer, target=message["sender"], sdp="v=0\r\nnonsense\r\n")
            say("outcome", state="answered_badly")
            continue
        pc = wire.connection()

        @pc.on("datachannel")
        def opened(channel):
            asyncio.ensure_future(play(o, Link(channel)))

        sdp = await wire.answer(pc, message["sdp"])
        await door.send(type="answer", sender=door.peer, target=message["sender"], sdp=sdp)


async def play(o, link):
    await TRICKS[o.trick](o, link)
    say("outcome", state="played")
