"""Structured jobs of G3, client's side (§2.5, §2.6, §2.8)."""

import asyncio
import hashlib
import json
import secrets
import time

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import packages
from client_package import Conversation
from facts import say
from worker_auth import plain, psk_value, raw

CHUNK_UP = 64 * 1024  # §2.1
SILENCE_SECONDS = 600  # §2.6, §3.5: the CLI gives up if no recognised JOB_* message arrives
KNOWN = ("JOB_ACCEPTED::", "JOB_LOG::", "JOB_PROGRESS::", "JOB_COMPLETE::", "JOB_FAILED::")
AFTER_COMPLETE_SECONDS = 10  # how long an announced-by-nothing inference may take to begin


def auth_value(o, nonce):
    """§2.5: Ed25519 whenever there is a private key, else the room's secret, else missing."""
    if o.private_key:
        return plain(Ed25519PrivateKey.from_private_bytes(raw(o.private_key)).sign(nonce.encode()))
    return psk_value(o.secret, nonce) if o.secret else "missing"


class StructuredRun(Conversation):
    """Options beside the client's: spec (more fields of the job), directory_at_worker (else the first mount),
    models_at_worker (model paths), upload (False: labels_at_worker is there already), no_auth_wait."""

    async def run(self):
        o = self.o
        # §1.7: a worker that wants it sends its challenge at once; nothing tells when it does not
        try:
            first = await self.link.receive(getattr(o, "auth_wait", 1.0))
        except asyncio.TimeoutError:
            first = ""
        if first is None:
            return "closed"
        if first.startswith("AUTH_CHALLENGE::") and o.answer_auth:
            self.link.text("AUTH_RESPONSE::" + auth_value(o, first.split("::", 1)[1]))
            verdict = await self.reply("AUTH_SUCCESS", "AUTH_FAILURE")
            if verdict != "AUTH_SUCCESS":
                return "not_authenticated"
        try:
            return await self.job()
        except ConnectionError:
            return "closed"

    async def reply(self, *wanted, seconds=30):
        """§2.8: waits 30 s for each reply."""
        while True:
            message = await self.link.receive(seconds)
            if message is None:
                raise ConnectionError
            if isinstance(message, str) and message.startswith(wanted):
                return message

    async def job(self):
        o = self.o
        self.link.text("FS_GET_INFO")
        info = json.loads((await self.reply("FS_INFO_RESPONSE::", "FS_ERROR::")).partition("::")[2])
        place = getattr(o, "directory_at_worker", None) or info["mounts"][0]["path"]
        labels = getattr(o, "labels_at_worker", None) or await self.upload(place)
        if labels is None:
            return "upload_refused"
        if o.task == "train":
            spec = {"type": "train", "labels_path": labels, "model_types": [c.removesuffix(".yaml") for c in o.configs],
                    "config_contents": [packages.config(labels, c.removesuffix(".yaml")) for c in o.configs]}
        else:
            spec = {"type": "track", "data_path": labels, "model_paths": getattr(o, "models_at_worker", [])}
        spec.update(getattr(o, "spec", {}))
        spec = {key: value for key, value in spec.items() if value is not None}
        self.link.text(f"JOB_SUBMIT::{secrets.token_hex(4)}::" + json.dumps(spec))
        return await self.follow(spec)

    async def upload(self, place):
        o = self.o
        data = packages.noise(o.size, o.labels)
        self.link.text(f"FILE_UPLOAD_CHECK::{hashlib.sha256(data).hexdigest()}::{o.labels}")
        answer = await self.reply("FILE_UPLOAD_")
        if answer.startswith("FILE_UPLOAD_CACHE_HIT::"):
            return answer.split("::", 1)[1]
        self.link.text(f"FILE_UPLOAD_START::{o.labels}::{len(data)}::{place}::{getattr(o, 'below', 1)}")
        if not (await self.reply("FILE_UPLOAD_")).startswith("FILE_UPLOAD_READY"):
            return None
        started = time.perf_counter()
        if not await self.link.chunks(data, CHUNK_UP, self.dies()):
            raise ConnectionError
        self.link.text("FILE_UPLOAD_END")
        end = await self.reply("FILE_UPLOAD_COMPLETE::", "FILE_UPLOAD_ERROR::")
        say("stored_there", bytes=len(data), seconds=time.perf_counter() - started)
        return end.split("::", 1)[1] if end.startswith("FILE_UPLOAD_COMPLETE::") else None

    async def follow(self, spec):
        """§2.6: one JOB_COMPLETE for each model; then, for a training, what becomes of the inference. Option silence:
        seconds without a JOB_… message until it gives up."""
        o = self.o
        deadline = time.monotonic() + getattr(o, "silence", SILENCE_SECONDS)
        models, state = len(spec.get("config_contents", [])) + len(spec.get("config_paths", [])) or 1, None
        while True:
            try:
                left = max(0.001, deadline - time.monotonic())
                message = await self.link.receive(AFTER_COMPLETE_SECONDS if state else left)
            except asyncio.TimeoutError:
                if not state:
                    return "gave_up"
                say("no_word_about_inference")
                return state
            if message is None:
                return state or "closed"
            self.cancel_here(message)
            if self.file(message):
                continue
            if message.startswith(KNOWN):
                deadline = time.monotonic() + getattr(o, "silence", SILENCE_SECONDS)
            if message.startswith("JOB_REJECTED::"):
                return "rejected"
            if message.startswith("JOB_FAILED::"):
                if spec["type"] == "track":
                    return "failed"
                state = "failed"  # §2.6: what becomes of the inference is still told
            if message.startswith("JOB_COMPLETE::"):
                models -= 1
                state = state or (None if models else "done")
                if spec["type"] == "track":
                    return "done"
            if message.startswith("INFERENCE_BEGIN::"):
                state = None
            if message.startswith(("INFERENCE_COMPLETE::", "INFERENCE_SKIPPED::")):
                return state or "done"
            if message.startswith("INFERENCE_FAILED::"):
                return "inference_failed"
