"""Searches (§2.7)."""

import os
import time

from hold import equal, fields

FOUND = "FS_RESOLVE_RESPONSE::"
MOST = 20  # §2.7


async def search(run, pattern, more=""):
    """§2.7: FS_RESOLVE_RESPONSE::{"candidates":[…],"truncated","timeout","search_time_ms"}; best first, ties by path."""
    document = await run.document(f"FS_RESOLVE::{pattern}{more}", FOUND)
    for ours in ("deeper", "skipped", "unavailable"):  # what was not seen; there only if there is something to tell
        document.pop(ours, None)
    fields(document, candidates=list, truncated=bool, timeout=bool, search_time_ms=(int, float))
    assert 0 <= document["search_time_ms"] < 60_000, document
    for candidate in document["candidates"]:
        fields(candidate, path=str, name=str, size=int, modified=float, match_type=str, score=(int, float))
        status = os.stat(candidate["path"])
        equal((candidate["name"], candidate["size"]), (os.path.basename(candidate["path"]), status.st_size))
        assert abs(candidate["modified"] - status.st_mtime) < 0.01, candidate
    order = [(-candidate["score"], candidate["path"]) for candidate in document["candidates"]]
    equal(order, sorted(order))
    return document


def scores(document, place):
    """What was found below the place, with its kind and its points before the depth is taken off (0.1 for each separator)."""
    return {os.path.relpath(c["path"], place["search"]): (c["match_type"], round(c["score"] + 0.1 * c["path"].count("/"), 3))
            for c in document["candidates"]}


async def exact(run, place):
    # §2.7: exact (case-insensitive) 100 points; depth ≤ 5, so that one lies too deep
    document = await search(run, "COURTSHIP.slp")
    equal({name: score for name, score in scores(document, place).items() if score[0] == "exact"},
          {"Courtship.slp": ("exact", 100), "a/courtship.slp": ("exact", 100)})
    equal((document["truncated"], document["timeout"]), (False, False))


async def only_the_base_name(run, place):
    # §2.7: only the base name of the pattern is used
    for pattern in ("/home/me/there/courtship.slp", "C:\\data\\courtship.slp", "../../courtship.slp"):
        assert "Courtship.slp" in scores(await search(run, pattern), place), pattern


async def size(run, place):
    # §2.7: +20 for identical size, +10 within 10 %
    found = scores(await search(run, "courtship.slp", "::1000"), place)
    equal((found["Courtship.slp"], found["a/courtship.slp"]), (("exact", 120), ("exact", 110)))


async def depth(run, place):
    # The place of the search is two directories below its mount
    for deepest, wanted in ((0, set()), (2, {"Courtship.slp"}), (3, {"Courtship.slp", "a/courtship.slp"})):
        found = scores(await search(run, "courtship.slp", f"::::{deepest}"), place)
        equal({name for name, score in found.items() if score[0] == "exact"}, wanted)


async def wildcard(run, place):
    # §2.7: fnmatch 50; at most 20 results. Ours says honestly that there are more
    document = await search(run, "crowded_[01]?.d*")
    equal((len(document["candidates"]), document["truncated"]), (MOST, False))
    document = await search(run, "crowded_*.dat")
    equal((len(document["candidates"]), document["truncated"]), (MOST, True))
    equal(set(scores(document, place).values()), {("wildcard", 50)})


async def substring(run, place):
    # §2.7: contains 25, with the size 45
    equal(scores(await search(run, "SHIP_of", "::1000"), place), {"courtship_of_two.slp": ("substring", 45)})


async def spelling(run, place):
    # Beyond §2.7, where "fuzzy" is no type: below any of its points
    kind, score = scores(await search(run, "courtship.slp"), place)["courtshlp.slp"]
    assert kind == "fuzzy" and score < 25, (kind, score)


async def label(run, place):
    # §2.7: the last three fields optional or empty; label "all"
    for more in ("::::::lab", "::::::all", "::::::", "::::", "::"):
        assert "Courtship.slp" in scores(await search(run, "courtship.slp", more), place), more
    equal(await run.error("FS_RESOLVE::courtship.slp::::::other", FOUND), "MOUNT_NOT_FOUND")


async def nothing(run, place):
    document = await search(run, "qqqqqqqqqqqqqqqq.xyz")
    equal((document["candidates"], document["truncated"], document["timeout"]), ([], False, False))


async def search_refused(run, place):
    # §2.7: patterns with wildcards need ≥ 3 other characters
    for broad in ("*", "*ab", "??[ab]", "x*?y", "*" * 300):
        equal(await run.error("FS_RESOLVE::" + broad, FOUND), "PATTERN_TOO_BROAD")
    for bad in ("", "::1000", "courtship.slp::-1", "courtship.slp::many", "courtship.slp::::-1", "n" * 10_000):
        equal(await run.error("FS_RESOLVE::" + bad, FOUND), "INVALID_REQUEST")


async def late(run, place):
    """A mount whose disk is slow: what was found until then (§2.7: 10 s; this worker is set to less)."""
    started = time.monotonic()
    document = await search(run, "courtship.slp")
    equal(document["timeout"], True)
    assert time.monotonic() - started < 30 and document["search_time_ms"] >= 1000, document
    assert "Courtship.slp" in scores(document, place), document


CHECKS = (exact, only_the_base_name, size, depth, wildcard, substring, spelling, label, nothing, search_refused)
SLOW = (late,)
