"""Stand-ins that break the rules, each by one named trick."""

from facts import say


async def run(o):
    say("outcome", state="unknown_trick")
