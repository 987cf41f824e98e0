"""The hello of the protocol `peerworks`, both sides, by its manual (docs/protocol.md)."""

import base64
import json
import os
import re
import struct

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

LABEL = "peerworks"


def text(data):
    return base64.b64encode(data).decode()


def fingerprints(pc):
    """Of the own certificate and of the other side's, as in a=fingerprint."""
    found = [re.search(r"a=fingerprint:(\S+) (\S+)", description.sdp)
             for description in (pc.localDescription, pc.remoteDescription)]
    return [f"{match[1].lower()} {match[2].upper()}".encode() for match in found]


class Proof:
    """One side of a hello."""

    def __init__(self, key=None):
        self.key = key or Ed25519PrivateKey.generate()
        self.public = self.key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        self.nonce = os.urandom(32)

    def sign(self, role, nonces, keys, prints):
        fields = [b"peerworks hello proof", role, struct.pack(">H", 1), struct.pack(">H", 1), *nonces, *keys, *prints]
        return text(self.key.sign(b"".join(struct.pack(">H", len(field)) + field for field in fields)))

    def hello(self):
        return json.dumps({"type": "hello", "program": "stand-in", "name": "eve", "versions": ["1"],
                           "nonce": text(self.nonce), "key": text(self.public)})

    def client_proof(self, pc, theirs):
        own, other = fingerprints(pc)
        nonces, keys = ((mine, base64.b64decode(theirs[name])) for mine, name in ((self.nonce, "nonce"), (self.public, "key")))
        return json.dumps({"type": "proof", "proof": self.sign(b"client", nonces, keys, (own, other))})

    def worker_hello(self, pc, theirs):
        own, other = fingerprints(pc)
        nonces, keys = ((base64.b64decode(theirs[name]), mine) for mine, name in ((self.nonce, "nonce"), (self.public, "key")))
        return json.dumps({"type": "hello", "version": 1, "program": "stand-in", "nonce": text(self.nonce),
                           "key": text(self.public), "proof": self.sign(b"worker", nonces, keys, (other, own))})


WELCOME = json.dumps({
    "type": "welcome", "caller": "ed25519:" + "0" * 64, "operator": False, "abilities": ["seal", "control", "files", "submitted"],
    "limits": {"openRequests": 64, "subscriptions": 64, "transfers": 4, "fileBytes": 1 << 36, "messageBytes": 4 << 20}})


def frame(transfer, offset, data, kind=1):
    """A piece of a file."""
    return struct.pack(">B3xIQ", kind, transfer, offset) + data
