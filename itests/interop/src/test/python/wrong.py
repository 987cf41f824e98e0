"""Stand-ins that break the rules, each by one named trick.

Options: trick, and those of a client (tricks at a worker), of a worker (tricks at a client) or ws and http (at a server).
The last fact is an outcome: "closed" by the other side, "quiet", or what the trick says.
"""

import client
import wrong_archives
import wrong_at_client
import wrong_at_server
import wrong_at_worker
import wrong_auth
import wrong_jobs
from facts import say


async def run(o):
    for name, value in client.DEFAULTS.items():
        setattr(o, name, getattr(o, name, value))
    if o.trick in wrong_at_client.TRICKS:
        await wrong_at_client.run(o)
    elif o.trick in wrong_at_server.TRICKS:
        say("outcome", state=await wrong_at_server.TRICKS[o.trick](o))
    else:
        await at_worker(o, {**wrong_at_worker.TRICKS, **wrong_archives.TRICKS, **wrong_auth.TRICKS, **wrong_jobs.TRICKS}[o.trick])


async def at_worker(o, trick):
    door, worker = await client.enter(o)
    if door is None:
        return
    pc, link = await client.connect(o, door, worker)
    if pc is None:
        say("outcome", state="no_connection")
        return
    o.pc = pc
    say("outcome", state=await trick(o, link) or await rest(link, o.patience))
    await pc.close()


async def rest(link, seconds):
    """What becomes of the connection when nothing more is said."""
    import asyncio
    try:
        while await link.receive(seconds) is not None:
            pass
        return "closed"
    except asyncio.TimeoutError:
        return "quiet"
