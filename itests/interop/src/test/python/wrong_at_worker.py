"""What a client does wrong on its channel (§2)."""

import asyncio
import secrets

import packages
from facts import say
from link import KEEP_ALIVE

CHUNK = 32 * 1024


def announce(link, name, size):
    link.text("OUTPUT_DIR::models")  # §2.2
    link.text(f"FILE_META::{name}:{size}:False")


def chunks(link, data, between=None):
    for at in range(0, len(data), CHUNK):
        link.channel.send(data[at:at + CHUNK])
        if between is not None:
            link.channel.send(between)


async def heard(link, pattern, seconds=20):
    """The first text that holds one of these; None if the channel closes or nothing comes."""
    try:
        while (message := await link.receive(seconds)) is not None:
            if isinstance(message, str) and any(word in message for word in pattern.split("|")):
                return message
    except asyncio.TimeoutError:
        pass
    return None


async def finished(link):
    """A training goes its way (§2.3)."""
    return "done" if await heard(link, "TRAINING_JOBS_DONE") else "not_done"


async def keep_alive_in_file(o, link):
    """§2.1: legal between any two chunks."""
    data = packages.training("alive", size=200_000)
    announce(link, "alive.zip", len(data))
    chunks(link, data, KEEP_ALIVE)
    link.text("END_OF_FILE")
    return await finished(link)


async def silence(o, link):
    """Opens a channel and never says a word."""
    say("open_and_silent")


async def silence_in_file(o, link):
    announce(link, "half.zip", 1_000_000)
    chunks(link, packages.noise(400_000))
    say("half_sent")


async def flood(o, link):
    """Texts that mean nothing, as fast as they go (§2.1: G3 logs and ignores them)."""
    link.quiet = True
    for number in range(40_000):
        if not link.is_open:
            return "closed"
        link.channel.send(f"NOTHING::{number}")
        if number % 200 == 199:
            await asyncio.sleep(0.001)


async def flood_of_requests(o, link):
    """§2.7, §2.6: each wants an answer, and none is read."""
    link.quiet = True
    for number in range(20_000):
        if not link.is_open:
            return "closed"
        link.channel.send("FS_GET_INFO")
        link.channel.send("JOB_SUBMIT::" + secrets.token_hex(4) + "::{}")
        if number % 100 == 99:
            await asyncio.sleep(0.001)


async def out_of_order(o, link):
    """The end before the beginning, and answers that nobody asked for."""
    for text in ("END_OF_FILE",  # §2.2: no file was announced
                 "FILE_UPLOAD_END",  # §2.8: no upload was begun
                 "JOB_CANCEL", "JOB_STOP", 'CONTROL_COMMAND::{"command":"stop"}',  # §2.6: no job runs
                 "AUTH_RESPONSE::missing", "AUTH_SUCCESS",  # §2.5: not asked; and the worker's word
                 "FS_APPLY_PREFIX::{\"confirmed\":true}",  # §2.7: nothing was proposed
                 'ZMQ_CTRL::{"command":"stop"}',  # §2.3
                 "TRAINING_JOBS_DONE", "INFERENCE_JOBS_DONE"):  # §2.3: the worker's words
        link.text(text)
    link.channel.send(packages.noise(1000))  # a chunk of nothing
    link.text("END_OF_FILE")


async def second_announcement(o, link):
    """§2.1: one file at a time; another one is announced in its middle."""
    announce(link, "one.zip", 100_000)
    chunks(link, packages.noise(50_000))
    announce(link, "two.zip", 100_000)
    chunks(link, packages.noise(100_000))
    link.text("END_OF_FILE")


async def too_much(o, link):
    """More bytes than were announced."""
    announce(link, "more.zip", 1000)
    chunks(link, packages.noise(2_000_000))
    link.text("END_OF_FILE")


async def too_little(o, link):
    announce(link, "less.zip", 1_000_000)
    chunks(link, packages.noise(1000))
    link.text("END_OF_FILE")


async def end_again(o, link):
    """§5 pain 31: a stray END_OF_FILE runs the last job again."""
    data = packages.training("again")
    announce(link, "again.zip", len(data))
    chunks(link, data)
    link.text("END_OF_FILE")
    await heard(link, "TRAINING_JOBS_DONE")
    await heard(link, "END_OF_FILE")
    link.text("END_OF_FILE")
    return "ran_again" if await heard(link, "TRAIN_JOB_START", 4) else "ran_once"


async def malformed(o, link):
    """Every kind of message, damaged."""
    bad = ["FILE_META::", "FILE_META::x", "FILE_META::x.zip:many:False", "FILE_META::x.zip:-1:False",
           "FILE_META::x.zip:1e9:False", "FILE_META:::::", "PACKAGE_TYPE::", "PACKAGE_TYPE::cook", "OUTPUT_DIR::",
           "JOB_SUBMIT", "JOB_SUBMIT::", "JOB_SUBMIT::x", "JOB_SUBMIT::x::", "JOB_SUBMIT::x::{", "JOB_SUBMIT::x::[]",
           "JOB_SUBMIT::x::null", "JOB_SUBMIT::x::" + "[" * 5000, 'JOB_SUBMIT::x::{"type":7}',
           'JOB_SUBMIT::x::{"type":"train","config_contents":{"a":1}}', 'JOB_SUBMIT::x::{"type":"track","data_path":[]}',
           'JOB_SUBMIT::x::{"type":"train","config_contents":["a: [b"],"max_epochs":1e400}',
           "FS_LIST_DIR", "FS_LIST_DIR::", "FS_LIST_DIR::/::-1", "FS_LIST_DIR::/::x", "FS_LIST_DIR::\x00::0",
           "FS_RESOLVE::", "FS_RESOLVE::*", "FS_RESOLVE::a::b::c::d", "FS_SCAN_DIR::{", "FS_SCAN_DIR::[]", "FS_WRITE_SLP::{}",
           "FS_RESOLVE_WITH_PREFIX::{}", "USE_WORKER_PATH::", "USE_WORKER_PATH::\x00",
           "FILE_UPLOAD_CHECK::", "FILE_UPLOAD_CHECK::zz::x", "FILE_UPLOAD_START::", "FILE_UPLOAD_START::x::y::z::q",
           "FILE_UPLOAD_START::x::-5::/tmp::0", "ZMQ_CTRL::", "ZMQ_CTRL::{", "CONTROL_COMMAND::", "CONTROL_COMMAND::[]",
           'CONTROL_COMMAND::{"command":{}}', "JOB_ID::", "INPUT_FILE::", "INPUT_FILE::../x", "AUTH_RESPONSE::", "::", "",
           "\ufffd\x00\x01", "x" * 60_000]
    for text in bad:
        if not link.is_open:
            return "closed"
        link.text(text)
        await asyncio.sleep(0.02)


async def large_text(o, link):
    """§2.6: longer than any message is announced to be (§1.7)."""
    link.channel.send("JOB_SUBMIT::x::" + "y" * (4 << 20))


async def large_chunk(o, link):
    announce(link, "large.zip", 8 << 20)
    link.channel.send(packages.noise(4 << 20))


TRICKS = {f.__name__: f for f in (
    keep_alive_in_file, silence, silence_in_file, flood, flood_of_requests, out_of_order, second_announcement, too_much,
    too_little, end_again, malformed, large_text, large_chunk)}
