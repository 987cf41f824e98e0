"""Jobs and uploads that reach for more than is theirs (§6 S4, S5, S8, S10, S12)."""

import asyncio
import json

import packages
from wrong_at_worker import CHUNK, announce, chunks, finished, heard


async def name_that_leaves(o, link):
    """S4: FILE_META with a name that climbs."""
    data = packages.training("evil")
    announce(link, o.name, len(data))
    chunks(link, data)
    link.text("END_OF_FILE")


async def upload_that_leaves(o, link):
    """S5: only the directory is looked at."""
    await heard(link, "AUTH_CHALLENGE", 0.5)
    link.text(f"FILE_UPLOAD_START::{o.name}::100::{o.mount}::0")  # §2.8
    if (await heard(link, "FILE_UPLOAD_", 5) or "").startswith("FILE_UPLOAD_READY"):
        link.channel.send(packages.noise(100))
        link.text("FILE_UPLOAD_END")
        return (await heard(link, "FILE_UPLOAD_COMPLETE|FILE_UPLOAD_ERROR", 5) or "nothing").split("::")[0]
    return "refused"


async def structured(o, link):
    """S8: a job as it is given; waits for its end."""
    await heard(link, "AUTH_CHALLENGE", 0.5)
    link.text("JOB_SUBMIT::0a0a0a0a::" + json.dumps(o.spec))  # §2.6
    if (await heard(link, "JOB_ACCEPTED|JOB_REJECTED", 8) or "").startswith("JOB_REJECTED"):
        return "rejected"
    return (await heard(link, "JOB_COMPLETE|JOB_FAILED|JOB_REJECTED", 20) or "nothing").split("::")[0]


async def endless_file(o, link):
    """S10: a petabyte is announced; then it is seen whether anybody minds."""
    announce(link, "endless.zip", 1 << 50)
    for _ in range(20):
        if link.is_open:
            link.channel.send(packages.noise(CHUNK))
            await asyncio.sleep(0.005)
    return "refused" if await heard(link, "TRAIN_JOB_ERROR", 5) else "taken"


async def endless_upload(o, link):
    """S10: the same, to a mount (§2.8)."""
    link.text(f"FILE_UPLOAD_START::endless.slp::{1 << 50}::{o.mount}::0")
    reply = await heard(link, "FILE_UPLOAD_", 5) or ""
    return "taken" if reply.startswith("FILE_UPLOAD_READY") else "refused"


def calling(o):
    """S12: JSON that is a call for jsonpickle; disguised, it is a good command beside."""
    payload = {"py/reduce": [{"py/function": "os.mkdir"}, {"py/tuple": [o.target]}]}
    return json.dumps({**payload, "command": "stop"} if o.disguised else payload)


async def control_that_calls(o, link):
    """S12: while the training of a package runs."""
    data = packages.training("calls", labels="fake-slow.slp")
    announce(link, "calls.zip", len(data))
    chunks(link, data)
    link.text("END_OF_FILE")
    await heard(link, "Epoch 3")
    link.text("ZMQ_CTRL::" + calling(o))  # §2.3
    if await heard(link, "Epoch 9|TRAINING_JOBS_DONE") == "TRAINING_JOBS_DONE":
        return "done"
    link.text('ZMQ_CTRL::{"command": "stop"}')
    return await finished(link)


async def job_control_that_calls(o, link):
    """S12: while a structured training runs."""
    link.text("JOB_SUBMIT::0b0b0b0b::" + json.dumps(
        {"type": "train", "config_contents": [packages.config(o.labels_at_worker)], "labels_path": o.labels_at_worker}))
    await heard(link, "Epoch 3")
    link.text("CONTROL_COMMAND::" + calling(o))  # §2.6
    if not (await heard(link, "Epoch 9|JOB_COMPLETE") or "").startswith("JOB_COMPLETE"):
        link.text('CONTROL_COMMAND::{"command": "stop"}')
        await heard(link, "JOB_COMPLETE")
    return "done" if await heard(link, "INFERENCE_COMPLETE|INFERENCE_SKIPPED", 30) else "not_done"


TRICKS = {f.__name__: f for f in (
    name_that_leaves, upload_that_leaves, structured, endless_file, endless_upload, control_that_calls, job_control_that_calls)}
