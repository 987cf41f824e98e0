"""Asks a worker for its files with each word of §2.7, and checks each field of what it answers.

Each check is said as a fact: {"fact": "checked", "name": NAME, "wrong": "" or what was not as it must be}.
"""

import asyncio
import json
import os
import traceback

import client_listings
import client_projects
import client_searches
import furniture
from client_jobs import StructuredRun
from facts import say

PATIENCE = 40
CHECKS = {f.__name__: f for f in (*client_listings.CHECKS, *client_searches.CHECKS, *client_projects.CHECKS)}
SLOW = {f.__name__: f for f in client_searches.SLOW}


class FilesRun(StructuredRun):
    """Options beside the client's: checks (names; else all but the slow ones)."""

    async def job(self):
        self.info = await self.document("FS_GET_INFO", "FS_INFO_RESPONSE::")
        # The worker's disk is this one, and nobody else has a hand in it.
        self.place = furniture.furnish(os.path.join(self.info["mounts"][0]["path"], "furniture"))
        wrong = 0
        for name in getattr(self.o, "checks", list(CHECKS)):
            problem = await self.check({**CHECKS, **SLOW}[name])
            wrong += bool(problem)
            say("checked", name=name, wrong=problem)
        return "wrong" if wrong else "done"

    async def check(self, function):
        try:
            await asyncio.wait_for(function(self, self.place), PATIENCE)
            return ""
        except (AssertionError, LookupError, ValueError, TypeError, OSError, asyncio.TimeoutError):
            return traceback.format_exc()[-1500:]

    async def answer(self, question, *wanted):
        """The first answer of these kinds, or an error, whichever is first."""
        self.link.text(question)
        return await self.reply("FS_ERROR::", *wanted)

    async def document(self, question, kind):
        answer = await self.answer(question, kind)
        assert answer.startswith(kind), answer
        return json.loads(answer[len(kind):])

    async def error(self, question, *kinds):
        """§2.7: FS_ERROR::<CODE>::<message>; returns the code."""
        answer = await self.answer(question, *kinds)
        name, code, message = answer.split("::", 2)
        assert name == "FS_ERROR" and message.strip(), answer
        return code
