"""What a peer does wrong at the signalling server (§1, §6 S13 to S16, S20)."""

import asyncio
import json

import websockets

from door import Door, ask, sign_in
from facts import say


async def answer(socket, seconds=3):
    """The next message that is no ping; "closed" or "nothing"."""
    try:
        while True:
            message = json.loads(await asyncio.wait_for(socket.recv(), seconds))
            if message.get("type") != "ping":
                say("signal", type=message.get("type"), message=json.dumps(message))
                return message
    except asyncio.TimeoutError:
        return {"type": "nothing"}
    except websockets.ConnectionClosed as end:
        return {"type": "closed", "code": end.rcvd.code if end.rcvd else None}


async def unregistered(o):
    """S13: never registered, yet discovers, changes and speaks as a peer that is there."""
    async with websockets.connect(o.ws) as socket:
        await socket.send(json.dumps({"type": "discover_peers", "from_peer_id": o.victim, "filters": {}}))
        found = await answer(socket)
    async with websockets.connect(o.ws) as socket:
        await socket.send(json.dumps({"type": "update_metadata", "peer_id": o.victim,
                                      "metadata": {"tags": ["gone"], "properties": {"status": "evil"}}}))
        updated = await answer(socket)
    async with websockets.connect(o.ws) as socket:
        await socket.send(json.dumps({"type": "peer_message", "from_peer_id": o.victim, "to_peer_id": o.victim,
                                      "payload": {"evil": True}}))
        await answer(socket, 0.5)
    say("seen", discover=found.get("type"), update=updated.get("type"))
    return "succeeded" if found.get("type") == "peer_list" or updated.get("type") == "metadata_updated" else "refused"


async def impersonate(o):
    """S13: registered as oneself, speaks as another."""
    peer, proof = await sign_in(o.http)
    door = await Door.open(o.ws, peer)
    reply = await door.register(room_id=o.room, token=o.token, id_token=proof, role="client", metadata={"tags": [], "properties": {}})
    if not reply or reply.get("type") != "registered_auth":
        return "not_registered"
    await door.send(type="update_metadata", peer_id=o.victim, metadata={"tags": ["gone"], "properties": {"status": "evil"}})
    first = await answer(door.socket)
    return "succeeded" if first.get("type") == "metadata_updated" else "refused"


async def take_over(o):
    """S14: registers the id of a peer that is there."""
    _, proof = await sign_in(o.http)
    door = await Door.open(o.ws, o.victim)
    reply = await door.register(room_id=o.room, token=o.token, id_token=proof, role="worker",
                                metadata={"tags": ["sleap-rtc"], "properties": {}})
    return "succeeded" if reply and reply.get("type") == "registered_auth" else "refused"


async def look_for_keys(o):
    """S15: what a peer is told about others."""
    peer, proof = await sign_in(o.http)
    how = {"api_key": o.api_key} if hasattr(o, "api_key") else {"jwt": o.jwt} if hasattr(o, "jwt") else {"id_token": proof}
    door = await Door.open(o.ws, peer)
    told = [await door.register(room_id=o.room, token=o.token, role="client", metadata={"tags": [], "properties": {}}, **how)]
    await door.send(type="discover_peers", from_peer_id=peer, filters={})
    told.append(await answer(door.socket))
    if hasattr(o, "jwt"):
        told.append((await ask(o.http, "GET", f"/api/rooms/{o.room}/workers", bearer=o.jwt))[1])
    text = json.dumps(told)
    secret = o.wanted[-20:]  # the beginning of a key may say which key it is
    return "succeeded" if secret in text else "refused"


async def delete_peer(o):
    """S16: without any proof."""
    status, _ = await ask(o.http, "POST", "/delete-peer", {"peer_id": o.victim})
    again, _ = await ask(o.http, "POST", "/delete-peers-and-room", {"peer_id": o.victim})
    return "succeeded" if 200 in (status, again) else "refused"


async def delete_room(o):
    status, _ = await ask(o.http, "POST", "/delete-peers-and-room", {"room_id": o.room})
    return "succeeded" if status == 200 else "refused"


async def guess(o):
    """S20: room tokens, one after the other, on one address."""
    refused = 0
    for number in range(o.tries):
        peer, proof = await sign_in(o.http) if number == 0 else (peer, proof)
        door = await Door.open(o.ws, peer)
        reply = await door.register(room_id=o.room, token="%06x" % number, id_token=proof)
        await door.close()
        reason = json.dumps(reply)
        if reply and ("rate" in reason.lower() or "too many" in reason.lower() or "later" in reason.lower()):
            return "limited"
        refused += 1
    return "unlimited"


async def sign_in_often(o):
    """S20: no rate limits."""
    for _ in range(o.tries):
        status, _ = await ask(o.http, "POST", "/anonymous-signin")
        if status == 429:
            return "limited"
    return "unlimited"


async def guess_invites(o):
    """S20: codes of invitations, by somebody with an account."""
    for number in range(o.tries):
        status, _ = await ask(o.http, "POST", "/api/auth/rooms/join", {"invite_code": "%08X" % number}, o.jwt)
        if status == 429:
            return "limited"
    return "unlimited"


async def any_site(o):
    """S20: a page of any site asks with the browser's help."""
    def headers():
        import urllib.request
        request = urllib.request.Request(o.http + "/anonymous-signin", method="POST", data=b"", headers={"Origin": "https://evil.example"})
        with urllib.request.urlopen(request, timeout=10) as reply:
            return reply.headers.get("Access-Control-Allow-Origin")
    allowed = await asyncio.get_running_loop().run_in_executor(None, headers)
    return "allowed" if allowed in ("*", "https://evil.example") else "refused"


async def wrong_credentials(o):
    """§1.2, §1.4: each alternative, wrong."""
    peer, proof = await sign_in(o.http)
    ways = {"token": {"room_id": o.room, "token": "wrong1", "id_token": proof},
            "room": {"room_id": "nowhere1", "token": "wrong1", "id_token": proof},
            "id_token": {"room_id": o.room, "token": o.token, "id_token": "x.y.z"},
            "jwt": {"room_id": o.room, "token": "", "jwt": "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm4ifQ."},
            "api_key": {"room_id": o.room, "token": "", "api_key": "slp_" + "A" * 32},
            "account_key": {"room_id": o.room, "token": "", "api_key": "slp_acct_" + "A" * 32},
            "nothing": {"room_id": o.room, "token": o.token}}
    entered = []
    for name, how in ways.items():
        door = await Door.open(o.ws, peer)
        reply = await door.register(**how)
        say("tried", way=name, reply=json.dumps(reply))
        if reply and reply.get("type") == "registered_auth":
            entered.append(name)
        await door.close()
    return "entered with " + ", ".join(entered) if entered else "refused"


async def noise(o):
    """Frames that are no messages."""
    for frame in ("{", "[]", "null", "7", '"x"', "{}", '{"type":7}', '{"type":"register"}', "[" * 4000, "{\"a\":" * 4000,
                  '{"type":"register","peer_id":"' + "x" * 100_000 + '"}', b"\x00\x01", "x" * 2_000_000):
        try:
            async with websockets.connect(o.ws, max_size=None) as socket:
                await socket.send(frame)
                await answer(socket, 0.3)
        except websockets.ConnectionClosed:
            pass
    return "sent"


TRICKS = {f.__name__: f for f in (unregistered, impersonate, take_over, look_for_keys, delete_peer, delete_room, guess,
                                  guess_invites, sign_in_often, any_site, wrong_credentials, noise)}
