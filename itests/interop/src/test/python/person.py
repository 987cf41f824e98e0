"""A person with an account: logs in on the server's page as `login` has it (§1.10, §4.1), makes a room, a worker token, an
account key and a device key, and prints all of them.

Options: http, username, password.
"""

import http.cookiejar
import re
import secrets
import urllib.parse
import urllib.request

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from door import call
from facts import say
from worker_auth import plain


class Browser:
    """Cookies, and the forms of a page."""

    def __init__(self, base):
        self.base = base
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def open(self, path, fields=None):
        body = None if fields is None else urllib.parse.urlencode(fields).encode()
        with self.opener.open(self.base + path, body, timeout=20) as reply:
            return reply.read().decode()

    def submit(self, page, action, filled):
        form = page[page.index(f'action="{action}"'):]
        form = form[:form.index("</form>")]
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))
        return self.open(action, {**hidden, **filled})


def log_in(base, username, password):
    state = secrets.token_urlsafe(24)
    status, document = call(base, "GET", "/api/auth/cli/poll?state=" + state)  # §4.1: then polls
    assert status == 202, document
    browser = Browser(base)
    page = browser.open("/?cli_state=" + state)  # §4.1: login opens this
    page = browser.submit(page, "/login", {"username": username, "password": password})
    browser.submit(page, "/api/auth/cli/deposit", {})
    status, document = call(base, "GET", "/api/auth/cli/poll?state=" + state)  # §1.10: one-shot
    assert status == 200, document
    return document


async def run(o):
    login = log_in(o.http, o.username, o.password)
    jwt = login["jwt"]

    def made(path, body):
        status, document = call(o.http, "POST", path, body, jwt)  # §1.10
        assert status < 300, (path, status, document)
        return document

    room = made("/api/auth/rooms", {"name": "room of " + o.username, "expires_in_days": 30})
    token = made("/api/auth/token", {"room_id": room["room_id"], "worker_name": "gpubox", "expires_in_days": 7})
    account_key = made("/api/auth/account-keys", {"name": "laptop"})
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    raw = private.private_bytes(serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption())
    made("/api/auth/public-keys", {"public_key": plain(public), "device_name": "laptop"})  # §2.5: raw, base64url
    say("account", name=o.username, user_id=login["user"]["user_id"], jwt=jwt, room=room["room_id"],
        room_token=room["room_token"], worker_token=token["token_id"], account_key=account_key["key_id"],
        private_key=plain(raw))
