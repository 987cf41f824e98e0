"""A worker's search for a file by its name (§2.7)."""

import fnmatch
import os
import time

DEPTH, SECONDS, MOST, PLAIN = 5, 10, 20, 3  # §2.7


def points(name, wanted, size, found):
    """§2.7: what kind of match it is, and its points before the depth; None if it is none."""
    low, name = wanted.lower(), name.lower()
    if name == low:
        kind, score = "exact", 100.0
    elif any(c in wanted for c in "*?["):
        kind, score = "wildcard", 50.0
        if not fnmatch.fnmatchcase(name, low):
            return None
    elif low in name:
        kind, score = "substring", 25.0
    else:
        return None
    if size is not None:
        score += 20 if found == size else 10 if abs(found - size) <= 0.1 * size else 0
    return kind, score


def too_broad(wanted):
    """§2.7: with wildcards, three others are wanted."""
    return any(c in wanted for c in "*?[") and len([c for c in wanted if c not in "*?[]"]) < PLAIN


def search(mounts, pattern, size, depth):
    """§2.7: only the base name counts; mounts are real paths."""
    wanted, started = os.path.basename(pattern.replace("\\", "/")), time.monotonic()
    found, late = [], False
    for mount in mounts:
        for place, folders, names in os.walk(mount):
            if place[len(mount):].count("/") >= depth:
                folders.clear()
            late = late or time.monotonic() - started > SECONDS
            if late:
                break
            for name in names:
                path = os.path.join(place, name)
                status = os.stat(path)
                if match := points(name, wanted, size, status.st_size):
                    found.append({"path": path, "name": name, "size": status.st_size, "modified": status.st_mtime,
                                  "match_type": match[0], "score": match[1] - 0.1 * path.count("/")})
    found.sort(key=lambda candidate: (-candidate["score"], candidate["path"]))
    # §2.7: "truncated" is in practice always false
    return {"candidates": found[:MOST], "truncated": False, "timeout": late,
            "search_time_ms": (time.monotonic() - started) * 1000}
