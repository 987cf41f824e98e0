"""Who may enter which room of the old server (§1.2, §1.4, §1.10)."""

import base64
import json
import secrets
import time
import uuid

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

DAY = 86400


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Accounts:
    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.signed_in = {}  # id token -> user name
        self.users = {}  # user id -> name
        self.rooms = {}  # room id -> {"token", "owner", "members", "name", "expires_at"}
        self.tokens = {}  # slp_... -> {"room_id", "worker_name", "revoked", "expires_at"}
        self.account_keys = {}  # slp_acct_... -> user id
        self.public_keys = {}  # key id -> {"user_id", "public_key", "device_name"}
        self.invites = {}

    def sign_in(self):
        name, token = str(uuid.uuid4()), secrets.token_urlsafe(48)
        self.signed_in[token] = name
        return {"id_token": token, "username": name}

    def add(self, name):
        user = "github-" + secrets.token_hex(4)
        self.users[user] = name
        return user

    def create_room(self, owner, name="", days=30):
        # §1.10: eight characters, and a token of six (§6 S20)
        room_id, token = secrets.token_hex(4), secrets.token_hex(3)
        self.rooms[room_id] = {"token": token, "owner": owner, "members": {owner}, "name": name,
                               "expires_at": time.time() + days * DAY}
        return {"room_id": room_id, "token": token, "room_token": token, "name": name,
                "expires_at": self.rooms[room_id]["expires_at"]}

    def create_token(self, room_id, worker_name, days=7):
        token = "slp_" + secrets.token_urlsafe(24)  # §1.2: 32 URL-safe characters
        self.tokens[token] = {"room_id": room_id, "worker_name": worker_name, "revoked": False,
                              "expires_at": time.time() + days * DAY}
        return {"token_id": token, "room_id": room_id, "worker_name": worker_name,
                "expires_at": self.tokens[token]["expires_at"]}

    def create_account_key(self, user):
        key = "slp_acct_" + secrets.token_urlsafe(24)
        self.account_keys[key] = user
        return key

    def create_device_key(self, user):
        """§2.5: an Ed25519 key whose public half workers get; returns the private one."""
        private = Ed25519PrivateKey.generate()
        public = private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        key_id = secrets.token_hex(8)
        self.public_keys[key_id] = {"user_id": user, "key_id": key_id, "public_key": encoded(public), "device_name": "laptop"}
        return encoded(private.private_bytes(serialization.Encoding.Raw, serialization.PrivateFormat.Raw,
                                             serialization.NoEncryption()))

    def jwt(self, user):
        """§1.2: RS256, iss = aud = "sleap-rtc", seven days."""
        now = int(time.time())
        head = encoded(json.dumps({"alg": "RS256", "typ": "JWT"}).encode())
        body = encoded(json.dumps({"iss": "sleap-rtc", "aud": "sleap-rtc", "sub": user, "username": self.users[user],
                                   "iat": now, "exp": now + 7 * DAY}).encode())
        signature = self.key.sign(f"{head}.{body}".encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{head}.{body}.{encoded(signature)}"

    def user_of(self, jwt):
        """Whose this is; None if it is not ours or no longer good."""
        try:
            head, body, signature = jwt.split(".")
            self.key.public_key().verify(decoded(signature), f"{head}.{body}".encode(), padding.PKCS1v15(), hashes.SHA256())
            claims = json.loads(decoded(body))
            return claims["sub"] if claims["exp"] > time.time() and claims["sub"] in self.users else None
        except (ValueError, InvalidSignature):
            return None

    def admit(self, message):
        """Room, annotations and refusal, with the alternatives in the server's order (§1.2)."""
        if message.get("api_key", "").startswith("slp_acct_"):
            return self._member(self.account_keys.get(message["api_key"]), message, "account key",
                                {"_account_key_id": message["api_key"]})
        if "api_key" in message:
            return self._token(message["api_key"])
        if "jwt" in message:
            return self._member(self.user_of(message["jwt"]), message, "JWT", {})
        if "id_token" in message:
            return self._legacy(message)
        return refused("No authentication provided. Use api_key, jwt, or id_token.")

    def _token(self, key):
        token = self.tokens.get(key)
        if token is None:
            return refused("Invalid API key")
        if token["revoked"]:
            return refused("Token revoked")
        if token["expires_at"] < time.time():
            return refused("Token expired")
        # §1.3, §6 S15: the whole key is put into what every peer sees
        return token["room_id"], {"_worker_name": token["worker_name"], "_token_id": key}, None

    def _member(self, user, message, how, marks):
        if user is None:
            return refused("JWT validation failed" if how == "JWT" else "Invalid API key")
        if not message.get("room_id"):
            return refused(f"room_id required for {how} auth")
        room = self.rooms.get(message["room_id"])
        if room is None:
            return refused("Room not found")
        if user not in room["members"]:
            return refused("No access to this room")
        return message["room_id"], marks, None

    def _legacy(self, message):
        if message["id_token"] not in self.signed_in:
            return None, None, {"error": "Invalid token"}  # §1.4: a bad Cognito token only, without a type
        if not all(message.get(field) for field in ("peer_id", "room_id", "token")):
            return refused("Missing required fields during registration.")
        room = self.rooms.get(message["room_id"])
        if room is None:
            return refused("Room not found")
        if room["token"] != message["token"]:
            return refused("Invalid token")
        if room["expires_at"] < time.time():
            return refused("Room expired")
        return message["room_id"], {}, None


def refused(reason):
    return None, None, {"type": "error", "reason": reason}  # §1.4
