"""The HTTP calls of the old server, as far as its peers need them (§1.10)."""

import json
import secrets
import time
from urllib.parse import urlsplit

from facts import say


class Refused(Exception):
    def __init__(self, status, detail):
        super().__init__(detail)
        self.status, self.detail = status, detail


async def serve(server, reader, writer):
    try:
        line = (await reader.readline()).decode("latin-1").split()
        if len(line) < 2:
            return
        headers = {}
        while (header := (await reader.readline()).decode("latin-1").strip()):
            key, _, value = header.partition(":")
            headers[key.lower()] = value.strip()
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        try:
            status, document = 200, call(server, line[0], line[1], headers.get("authorization", ""), json.loads(body or b"{}"))
        except Refused as refusal:
            status, document = refusal.status, {"detail": refusal.detail}  # §1.10: FastAPI's form
        say("called", call=f"{line[0]} {line[1]}", status=status)
        text = json.dumps(document).encode()
        # §6 S20: any page of any site may read the answer
        writer.write(f"HTTP/1.1 {status} -\r\nContent-Type: application/json\r\nAccess-Control-Allow-Origin: *\r\n"
                     f"Content-Length: {len(text)}\r\nConnection: close\r\n\r\n".encode() + text)
        await writer.drain()
    finally:
        writer.close()


def call(server, method, target, authorization, body):
    accounts = server.accounts
    path = urlsplit(target).path
    bearer = authorization[len("Bearer "):]

    def user():
        found = accounts.user_of(bearer) or accounts.account_keys.get(bearer)
        if not found:
            raise Refused(401, "Invalid or expired token")
        return found

    words = path.strip("/").split("/")
    if (method, path) == ("GET", "/health"):
        return {"status": "healthy", "timestamp": time.time(), "version": "2.0"}
    if (method, path) == ("POST", "/anonymous-signin"):
        return accounts.sign_in()
    if (method, path) == ("POST", "/create-room"):
        if bearer not in accounts.signed_in:
            raise Refused(401, "Invalid token")
        return accounts.create_room(accounts.signed_in[bearer])
    if (method, path) == ("POST", "/delete-peer"):
        return delete(server, lambda peer_id, room_id: peer_id == body.get("peer_id"))  # §6 S16: no questions asked
    if (method, path) == ("POST", "/delete-peers-and-room"):
        accounts.rooms.pop(body.get("room_id"), None)
        return delete(server, lambda peer_id, room_id: room_id == body.get("room_id") or peer_id == body.get("peer_id"))
    if words[:2] == ["api", "auth"]:
        return account(accounts, method, words[2:], body, user())
    if words[:2] == ["api", "rooms"] and words[3:] == ["authorized-keys"]:
        if bearer not in accounts.tokens and bearer not in accounts.account_keys:
            raise Refused(401, "Invalid API key")
        return {"authorized_keys": [{"username": accounts.users[key["user_id"]], **key}
                                    for key in accounts.public_keys.values()]}
    if words[:2] == ["api", "rooms"] and words[3:] == ["workers"]:
        user()
        peers = server.rooms.get(words[2], {"peers": {}})["peers"]
        found = [{"peer_id": p, "connected_at": peer["connected_at"], "token_id": peer["metadata"].get("_token_id"),
                  "account_key_id": peer["metadata"].get("_account_key_id"),
                  "worker_name": peer["metadata"].get("_worker_name")}
                 for p, peer in peers.items() if peer["role"] == "worker"]  # §6 S15
        return {"workers": found, "count": len(found)}
    raise Refused(404, "Not Found")


def delete(server, which):
    for room_id, room in list(server.rooms.items()):
        for peer_id in [p for p in room["peers"] if which(p, room_id)]:
            del room["peers"][peer_id]
            server.place.pop(peer_id, None)
            say("deleted", who=peer_id)
    return {"status": "deleted"}


def account(accounts, method, words, body, user):
    if (method, words) == ("GET", ["rooms"]):
        return {"rooms": [{"room_id": room_id, "name": room["name"], "expires_at": room["expires_at"],
                           "role": "owner" if room["owner"] == user else "member"}
                          for room_id, room in accounts.rooms.items() if user in room["members"]]}
    if (method, words) == ("POST", ["rooms"]):
        return accounts.create_room(user, body.get("name", ""), body.get("expires_in_days") or 36500)
    if (method, words) == ("POST", ["token"]):
        return accounts.create_token(body["room_id"], body["worker_name"], body.get("expires_in_days", 7))
    if (method, words) == ("POST", ["account-keys"]):
        return {"key_id": accounts.create_account_key(user), "name": body.get("name", ""), "created_at": time.time()}
    if (method, words) == ("POST", ["public-keys"]):
        key_id = secrets.token_hex(8)
        accounts.public_keys[key_id] = {"user_id": user, "key_id": key_id, "public_key": body["public_key"],
                                        "device_name": body.get("device_name", "")}
        return {**accounts.public_keys[key_id], "registered_at": time.time()}
    if method == "POST" and words[0] == "rooms" and words[2:] == ["invite"]:
        code = secrets.token_hex(4).upper()
        accounts.invites[code] = words[1]
        return {"invite_code": code, "room_id": words[1], "expires_in_seconds": 3600}
    if (method, words) == ("POST", ["rooms", "join"]):
        room_id = accounts.invites.get(body.get("invite_code", "").upper())  # §6 S20: good again and again
        if room_id is None:
            raise Refused(404, "Invite not found")
        accounts.rooms[room_id]["members"].add(user)
        return {"room_id": room_id}
    raise Refused(404, "Not Found")
