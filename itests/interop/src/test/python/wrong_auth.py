"""Ways around the authentication of a channel (§2.5, §6 S1 to S3)."""

import asyncio
import json
import secrets

import packages
from client_jobs import auth_value
from facts import say
from link import Link
from wrong_at_worker import heard


def job(o):
    """A job that needs no files of anybody."""
    return f"JOB_SUBMIT::{secrets.token_hex(4)}::" + json.dumps(
        {"type": "train", "config_contents": [packages.config(getattr(o, "labels_at_worker", "labels.slp"))],
         "labels_path": getattr(o, "labels_at_worker", None), "run_name": getattr(o, "run_name", "s1")})


async def job_verdict(link):
    reply = await heard(link, "JOB_ACCEPTED|JOB_REJECTED", 4)
    return "closed" if reply is None and not link.is_open else (reply or "nothing").split("::")[0]


async def before_authentication(o, link):
    """S1: the challenge is not answered at all."""
    await heard(link, "AUTH_CHALLENGE", 5)
    link.text(job(o))
    return await job_verdict(link)


async def after_failure(o, link):
    """S1: a wrong answer, then the job all the same."""
    await heard(link, "AUTH_CHALLENGE", 5)
    link.text("AUTH_RESPONSE::" + "A" * 86)
    await heard(link, "AUTH_FAILURE", 5)
    link.text(job(o))
    return await job_verdict(link)


async def without_credentials(o, link):
    """S2 (somebody else with this label was let in before) and S3 (role in the offer): no challenge comes."""
    challenge = await heard(link, "AUTH_CHALLENGE", 2)
    say("challenged", yes=challenge is not None)
    link.text(job(o))
    return await job_verdict(link)


async def second_channel(o, link):
    """S2: another channel of that label, beside the one on which the secret was proved."""
    challenge = await heard(link, "AUTH_CHALLENGE", 5)
    link.text("AUTH_RESPONSE::" + auth_value(o, challenge.split("::")[1]))
    await heard(link, "AUTH_SUCCESS", 5)
    other = Link(o.pc.createDataChannel(link.channel.label))
    await other.opened.wait()
    return await without_credentials(o, other)


async def replayed_answer(o, link):
    """§2.5: the answer to another nonce."""
    await heard(link, "AUTH_CHALLENGE", 5)
    o.private_key = None
    link.text("AUTH_RESPONSE::" + auth_value(o, "A" * 43))
    verdict = await heard(link, "AUTH_SUCCESS|AUTH_FAILURE", 5)
    return verdict or ("closed" if not link.is_open else "nothing")


async def two_answers(o, link):
    """§2.5: wrong, then right, to one challenge."""
    challenge = await heard(link, "AUTH_CHALLENGE", 5)
    link.text("AUTH_RESPONSE::" + "A" * 43)
    await asyncio.sleep(0.2)
    link.text("AUTH_RESPONSE::" + auth_value(o, challenge.split("::")[1]))
    link.text(job(o))
    return await job_verdict(link)


TRICKS = {f.__name__: f for f in (
    before_authentication, after_failure, without_credentials, second_channel, replayed_answer, two_answers)}
