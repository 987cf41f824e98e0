"""The way into a room: sign-in and registration of the three generations, and offers and answers (§1)."""

import asyncio
import base64
import json
import urllib.error
import urllib.request

import websockets

from facts import say


def call(base, method, path, body=None, bearer=None):
    """One HTTP call (§1.10); returns status and document."""
    request = urllib.request.Request(base + path, method=method, data=None if body is None else json.dumps(body).encode())
    request.add_header("Content-Type", "application/json")
    if bearer:
        request.add_header("Authorization", "Bearer " + bearer)
    try:
        with urllib.request.urlopen(request, timeout=20) as reply:
            return reply.status, json.loads(reply.read() or b"null")
    except urllib.error.HTTPError as refusal:
        text = refusal.read().decode(errors="replace")
        try:
            return refusal.code, json.loads(text)
        except ValueError:
            return refusal.code, {"detail": text}


async def ask(base, method, path, body=None, bearer=None):
    status, document = await asyncio.get_running_loop().run_in_executor(None, call, base, method, path, body, bearer)
    if status >= 300:
        say("refused", call=method + " " + path, status=status, detail=str(document))
    return status, document


async def sign_in(http):
    """§1.10: POST /anonymous-signin gives a name and its proof."""
    _, document = await ask(http, "POST", "/anonymous-signin")
    return document["username"], document["id_token"]


def session_string(room, token, peer):
    """§1.9: Python's default JSON, keys in this order, base64url with padding."""
    text = json.dumps({"r": room, "t": token, "p": peer})
    return "sleap-session:" + base64.urlsafe_b64encode(text.encode()).decode()


def read_session(text):
    """§1.9: any spacing, padded or not."""
    encoded = text.split(":", 1)[1]
    found = json.loads(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
    return found["r"], found["t"], found["p"]


class Door:
    """One WebSocket to the signalling server."""

    def __init__(self, socket, peer):
        self.socket, self.peer = socket, peer
        self.pings = 0

    @classmethod
    async def open(cls, url, peer):
        return cls(await websockets.connect(url, open_timeout=20, max_size=None), peer)

    async def send(self, **message):
        await self.socket.send(json.dumps(message))

    async def receive(self, seconds=None):
        """The next message; None once the server has closed. §1.8: a ping needs no reply."""
        while True:
            try:
                message = json.loads(await asyncio.wait_for(self.socket.recv(), seconds))
            except websockets.ConnectionClosed as end:
                say("door_closed", code=end.rcvd.code if end.rcvd else None)
                return None
            if message.get("type") == "ping":
                self.pings += 1
                continue
            say("signal", type=message.get("type"), message=json.dumps(message))
            return message

    async def register(self, **how):
        """§1.2, §1.3: exactly one registered_auth, possibly after admin_conflict; or an error (§1.4)."""
        await self.send(type="register", peer_id=self.peer, **how)
        while True:
            reply = await self.receive(20)
            if reply is None or reply.get("type") == "registered_auth" or "error" in (reply.get("type"), *reply):
                say("registered", ok=bool(reply) and reply.get("type") == "registered_auth",
                    ping_count=self.pings, reply=json.dumps(reply))
                return reply

    async def close(self):
        await self.socket.close()
