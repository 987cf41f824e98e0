"""What a worker does wrong towards its client (§2.3). Options: those of a worker, and target (a path outside)."""

import asyncio
import json

from aiortc.exceptions import InvalidStateError

import link as wire
import packages
import worker
from facts import say
from link import Link


async def upload(link):
    """Takes what the client sends, up to the end of its file (§2.2)."""
    while (message := await link.receive()) is not None:
        if message == "END_OF_FILE":
            return


def result(link, name, data):
    link.text(f"FILE_META::{name}:{len(data)}:models")  # §2.3
    link.channel.send(data)
    link.text("END_OF_FILE")


def trained(link):
    for text in ("TRAIN_JOB_START::centroid", "TRAIN_JOB_END::centroid", "TRAINING_JOBS_DONE"):
        link.text(text)  # §2.3


def failed(link):
    """§2.3, §3.3: a file is sent also if every job failed."""
    link.text("TRAIN_JOB_ERROR::centroid::1")
    link.text("TRAINING_JOBS_DONE")
    result(link, "trained_bad.zip", packages.zipped([]))


MODEL = [("centroid/best.ckpt", b"weights"), ("centroid/training_config.yaml", b"model_config: {}\n")]


async def harmless(o, link):
    """What all others are measured by."""
    await upload(link)
    trained(link)
    result(link, "trained_good.zip", packages.zipped(MODEL))


async def name_that_leaves(o, link):
    await upload(link)
    trained(link)
    result(link, "../" * 20 + o.target.lstrip("/"), packages.zipped(MODEL))


async def slip(o, link):
    """§6 S11, towards the client: an entry of the archive whose name climbs."""
    await upload(link)
    trained(link)
    result(link, "trained_slip.zip", packages.zipped(MODEL + [("../" * 20 + o.target.lstrip("/"), b"evil")]))


async def too_much(o, link):
    await upload(link)
    trained(link)
    link.text("FILE_META::trained_good.zip:1000:models")
    for _ in range(400):
        if link.is_open:
            link.channel.send(bytes(32 * 1024))
            await asyncio.sleep(0.002)
    link.text("END_OF_FILE")


async def too_little(o, link):
    await upload(link)
    trained(link)
    link.text("FILE_META::trained_good.zip:1000000:models")
    link.channel.send(bytes(32 * 1024))
    link.text("END_OF_FILE")


async def endless_file(o, link):
    await upload(link)
    trained(link)
    link.text(f"FILE_META::trained_good.zip:{1 << 50}:models")
    link.channel.send(bytes(1000))


async def no_archive(o, link):
    await upload(link)
    trained(link)
    result(link, "trained_good.zip", b"no zip at all")


async def results_first(o, link):
    """Everything before the job is there."""
    for text in ("TRAINING_JOBS_DONE", "END_OF_FILE", "JOB_COMPLETE::{}", "AUTH_SUCCESS", "INFERENCE_COMPLETE::{}", "FILE_META::x:y:z"):
        link.text(text)
    link.channel.send(b"stray")
    await harmless(o, link)


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
    failed(link)


async def report_that_calls(o, link):
    """§6 S12: reaches whoever decodes it into objects."""
    payload = {"py/reduce": [{"py/function": "os.mkdir"}, {"py/tuple": [o.target]}],
               "event": "epoch_end", "what": "centroid", "epoch": 7, "logs": {"loss": 0.5}}
    await upload(link)
    link.text("TRAIN_JOB_START::centroid")
    for _ in range(20):
        link.text("PROGRESS_REPORT::" + json.dumps(payload))
        link.text("PROGRESS_REPORT::" + json.dumps(json.dumps(payload)))
        await asyncio.sleep(0.1)
    failed(link)


async def malformed(o, link):
    """Every kind of message, damaged."""
    await upload(link)
    for text in ("PROGRESS_REPORT::" + "[" * 9000, "INFERENCE_PROGRESS::{", "AUTH_CHALLENGE::", "::", "", "FS_INFO_RESPONSE::[]",
                 "JOB_PROGRESS::{\"epoch\":[]}", "\ufffd\x00\x01\x1b[2J", "TRAIN_JOB_END::" + "x" * 50_000, "TRAIN_JOB_ERROR::",
                 "JOB_ACCEPTED::", "JOB_REJECTED::x", "JOB_COMPLETE::{", "JOB_FAILED::[]", "FILE_META::x.zip:many:", "FILE_META::"):
        link.text(text)
        await asyncio.sleep(0.05)
    trained(link)


async def vanish(o, link):
    """The link is closed as soon as the file is there."""
    await upload(link)
    await asyncio.sleep(0.1)
    link.channel.close()


TRICKS = {f"client_{f.__name__}": f for f in (
    harmless, name_that_leaves, slip, too_much, too_little, endless_file, no_archive, results_first, flood, report_that_calls,
    malformed, vanish)}
TRICKS["client_no_answer"] = TRICKS["client_bad_answer"] = None


async def run(o):
    """A worker of the first generation up to the open channel, then the trick."""
    door, reply = await worker.enter(o)
    say("ready", peer_id=door.peer, room=reply["room_id"], token=reply["token"],
        session=worker.session_string(reply["room_id"], reply["token"], door.peer))
    while (message := await door.receive()) is not None:
        if message.get("type") != "offer":
            continue
        if o.trick == "client_no_answer":
            say("outcome", state="silent")
        elif o.trick == "client_bad_answer":
            await door.send(type="answer", sender=door.peer, target=message["sender"], sdp="v=0\r\nnonsense\r\n")
            say("outcome", state="answered_badly")
        else:
            await answer(o, door, message)


async def answer(o, door, message):
    o.pc = wire.connection()

    @o.pc.on("datachannel")
    def opened(channel):
        asyncio.ensure_future(play(o, Link(channel)))

    sdp = await wire.answer(o.pc, message["sdp"])
    await door.send(type="answer", sender=door.peer, target=message["sender"], sdp=sdp)


async def play(o, link):
    await link.opened.wait()
    try:
        await TRICKS[o.trick](o, link)
        say("outcome", state="played")
    except InvalidStateError:  # the client has closed the channel
        say("outcome", state="cut_off")
