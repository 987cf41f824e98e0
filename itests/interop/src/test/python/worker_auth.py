"""Channel authentication of G3, worker's side (§2.5), with its three holes (§6 S1 to S3)."""

import asyncio
import base64
import hashlib
import hmac
import os

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from door import ask
from facts import say

PATIENCE_SECONDS = 10  # §2.5


def plain(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def raw(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def psk_value(secret, nonce):
    """§2.5: HMAC-SHA256 of the decoded nonce under the decoded secret."""
    return plain(hmac.new(raw(secret), raw(nonce), hashlib.sha256).digest())


class Gate:
    def __init__(self, o):
        self.o = o
        self.secret = getattr(o, "secret", None)
        self.nonces = {}
        self.passed = set()  # §6 S2: labels, and never cleared

    async def challenge(self, link, role):
        if not self.secret and not getattr(self.o, "authorized_keys", False):
            return
        label = link.channel.label
        if role == "client" or (self.secret and label in self.passed):
            say("challenge_skipped", label=label, role=role)  # §6 S3, S2
            return
        await link.opened.wait()
        self.nonces[link] = plain(os.urandom(32))
        link.text("AUTH_CHALLENGE::" + self.nonces[link])
        await asyncio.sleep(PATIENCE_SECONDS)
        if link in self.nonces:
            del self.nonces[link]
            link.text("AUTH_FAILURE::timeout")

    def take(self, link, message):
        """True if the message is spent: an answer, or anything while a PSK challenge is open. §6 S1: in Ed25519 mode
        other messages come through before and after."""
        if message.startswith("AUTH_RESPONSE::") and link in self.nonces:
            nonce, value = self.nonces.pop(link), message.split("::", 1)[1]
            asyncio.ensure_future(self.judge(link, nonce, value))
            return True
        return bool(self.secret) and link in self.nonces

    async def judge(self, link, nonce, value):
        if value == "missing":
            link.text("AUTH_FAILURE::missing")
        elif await self.good(nonce, value):
            self.passed.add(link.channel.label)
            link.text("AUTH_SUCCESS")
        else:
            link.text("AUTH_FAILURE::invalid")
            if self.secret:
                self.nonces[link] = nonce  # stays shut

    async def good(self, nonce, value):
        if self.secret:
            return hmac.compare_digest(psk_value(self.secret, nonce), value)
        _, document = await ask(self.o.http, "GET", f"/api/rooms/{self.o.room}/authorized-keys", bearer=self.o.api_key)
        for key in document.get("authorized_keys", []):
            try:
                # §2.5: the signature is over the nonce's letters
                Ed25519PublicKey.from_public_bytes(raw(key["public_key"])).verify(raw(value), nonce.encode())
                return True
            except (InvalidSignature, ValueError):
                pass
        return False
