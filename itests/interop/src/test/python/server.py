"""A stand-in for the old signalling server: what it does, and what it fails to prevent (§1, §6).

Options: ws, http (ports, 0 for any), ping (seconds; the server of 2025 and early 2026 sends none), people (names
that get a JWT, an account key, a room and a worker token, all of which are printed).
"""

import asyncio
import json
import secrets
import time

import websockets

import server_http
from facts import say
from server_accounts import Accounts

SIGNALS = ("offer", "answer", "candidate", "quit")


class Server:
    def __init__(self):
        self.accounts = Accounts()
        self.rooms = {}  # room id -> {"admin": peer id or None, "peers": {peer id: peer}}
        self.place = {}  # peer id -> room id

    # --- registration -------------------------------------------------------------------------------------------

    async def serve(self, socket):
        try:
            async for text in socket:
                try:
                    message = json.loads(text)
                except ValueError:
                    await tell(socket, type="error", code="INVALID_JSON", message="Invalid JSON")  # §1.4
                    continue
                await self.take(socket, message)
        except websockets.ConnectionClosed:
            pass
        finally:
            self.leave(socket)

    def leave(self, socket):
        """§1.8: the peer goes, so does an admin's office and an empty room; nobody is told."""
        for room_id, room in list(self.rooms.items()):
            for peer_id in [p for p, peer in room["peers"].items() if peer["socket"] is socket]:
                del room["peers"][peer_id]
                self.place.pop(peer_id, None)
                if room["admin"] == peer_id:
                    room["admin"] = None
                say("left", who=peer_id)
            if not room["peers"]:
                del self.rooms[room_id]

    async def register(self, socket, message):
        room_id, marks, refusal = self.accounts.admit(message)
        if refusal:
            say("turned_away", who=message.get("peer_id"), reason=str(refusal))
            await tell(socket, **refusal)
            return
        peer_id = message["peer_id"]
        room = self.rooms.setdefault(room_id, {"admin": None, "peers": {}})
        others = {p: peer["metadata"] for p, peer in room["peers"].items() if p != peer_id}
        metadata = {"tags": [], "properties": {}, **(message.get("metadata") or {}), **marks}  # §1.3: S15
        # §6 S14: an id that is in use is taken over
        room["peers"][peer_id] = {"socket": socket, "role": message.get("role", "peer"), "metadata": metadata,
                                  "connected_at": time.time()}
        self.place[peer_id] = room_id
        if message.get("is_admin"):
            if room["admin"] is None or room["admin"] == peer_id:
                room["admin"] = peer_id
            else:
                await tell(socket, type="admin_conflict", room_id=room_id, current_admin=room["admin"])  # §1.3
        say("entered", who=peer_id, room=room_id, role=message.get("role"), has_metadata="metadata" in message,
            fields=sorted(message))
        await tell(socket, type="registered_auth", room_id=room_id, token=message.get("token", ""), peer_id=peer_id,
                   admin_peer_id=room["admin"], peer_list=list(others), peer_metadata=others,
                   ice_servers=[], mesh_ice_servers=[])  # §1.3

    # --- routing (§1.5); §6 S13: whoever a message says it is from, that is believed ------------------------------

    async def take(self, socket, message):
        kind = message.get("type")
        if kind == "register":
            await self.register(socket, message)
        elif kind in SIGNALS:
            await self.forward(message.get("target"), message)  # verbatim, dropped if there is no such peer
        elif kind == "discover_peers":
            await self.discover(socket, message)
        elif kind == "update_metadata":
            await self.update(socket, message)
        elif kind in ("peer_message", "mesh_connect", "mesh_answer", "ice_candidate"):
            await self.pass_on(socket, kind, message)
        else:
            say("unknown_type", type=kind)
            await tell(socket, type="error", code="UNKNOWN_MESSAGE_TYPE", message=f"Unknown message type: {kind}")

    def peer(self, peer_id):
        return self.rooms.get(self.place.get(peer_id), {"peers": {}})["peers"].get(peer_id)

    async def forward(self, target, message):
        peer = self.peer(target)
        say("forwarded", type=message["type"], sender=message.get("sender"), target=target, found=bool(peer))
        if peer:
            await tell(peer["socket"], **message)

    async def pass_on(self, socket, kind, message):
        target = message.get("to_peer_id") or message.get("target_peer_id")
        peer = self.peer(target)
        if not peer:
            await tell(socket, type="error", code="PEER_NOT_FOUND", message=f"Peer not found: {target}")
            return
        if kind == "mesh_connect":
            message = {"type": "mesh_offer", "from_peer_id": message["from_peer_id"], "offer": message["offer"]}
        await tell(peer["socket"], **message)

    async def discover(self, socket, message):
        asker = message.get("from_peer_id")
        room = self.rooms.get(self.place.get(asker))
        if room is None:
            await tell(socket, type="error", code="NOT_IN_ROOM", message="Peer is not in a room")
            return
        wanted = message.get("filters") or {}
        found = [{"peer_id": p, "role": peer["role"], "metadata": peer["metadata"], "connected_at": peer["connected_at"]}
                 for p, peer in room["peers"].items() if p != asker and matches(peer, wanted)]
        await tell(socket, type="peer_list", to_peer_id=asker, peers=found, count=len(found))

    async def update(self, socket, message):
        peer = self.peer(message.get("peer_id"))
        if peer is None:
            await tell(socket, type="error", code="NOT_IN_ROOM", message="Peer is not in a room")
            return
        given = message.get("metadata") or {}
        # §1.5: properties are merged, every other key that the update does not name is lost
        peer["metadata"] = {**given, "properties": {**peer["metadata"].get("properties", {}), **given.get("properties", {})}}
        await tell(socket, type="metadata_updated", metadata=peer["metadata"])

    async def ping(self, seconds):
        while True:
            await asyncio.sleep(seconds)
            for room in list(self.rooms.values()):
                for peer in list(room["peers"].values()):
                    await tell(peer["socket"], type="ping")  # §1.8: only the newest server


def matches(peer, wanted):
    """§1.5: role equal, any tag, properties equal or compared."""
    if "role" in wanted and peer["role"] != wanted["role"]:
        return False
    if wanted.get("tags") and not set(wanted["tags"]) & set(peer["metadata"].get("tags", [])):
        return False
    properties = peer["metadata"].get("properties", {})
    return all(fits(properties.get(key), rule) for key, rule in (wanted.get("properties") or {}).items())


def fits(value, rule):
    if not isinstance(rule, dict):
        return value == rule
    if value is None:
        return False
    return all({"$gte": value >= bound, "$lte": value <= bound, "$eq": value == bound}[how] for how, bound in rule.items())


async def tell(socket, **message):
    try:
        await socket.send(json.dumps(message))
    except websockets.ConnectionClosed:
        pass


async def run(o):
    state = Server()
    sockets = await websockets.serve(state.serve, "127.0.0.1", getattr(o, "ws", 0), max_size=None)
    calls = await asyncio.start_server(lambda r, w: server_http.serve(state, r, w), "127.0.0.1", getattr(o, "http", 0))
    for person in getattr(o, "people", []):
        user = state.accounts.add(person)
        room = state.accounts.create_room(user, "room of " + person)
        token = state.accounts.create_token(room["room_id"], "gpubox")
        say("account", name=person, user_id=user, jwt=state.accounts.jwt(user), room=room["room_id"],
            room_token=room["token"], account_key=state.accounts.create_account_key(user),
            worker_token=token["token_id"], private_key=state.accounts.create_device_key(user))
    port = lambda server: server.sockets[0].getsockname()[1]
    say("ready", ws=f"ws://127.0.0.1:{port(sockets)}", http=f"http://127.0.0.1:{port(calls)}", nonce=secrets.token_hex(4))
    if getattr(o, "ping", 0):
        asyncio.ensure_future(state.ping(o.ping))
    await asyncio.Future()
