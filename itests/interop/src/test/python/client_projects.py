"""Worker paths, and videos of projects (§2.7)."""

import json
import os
import time

import furniture
import projects
from hold import equal, fields

USED = ("WORKER_PATH_OK::", "WORKER_PATH_ERROR::")
WRITTEN = ("FS_WRITE_SLP_OK::", "FS_WRITE_SLP_ERROR::")
ARENA, BARN = furniture.OLD + "/day1/arena.mp4", furniture.OLD + "/day2/barn.mp4"


def words(name, **document):
    return f"{name}::" + json.dumps(document)


async def worker_path(run, place):
    # §2.7: WORKER_PATH_OK::<path>
    equal(await run.answer("USE_WORKER_PATH::" + place["package"], *USED), "WORKER_PATH_OK::" + place["package"])


async def worker_path_refused(run, place):
    # §2.7: the texts that clients look for
    for path, text in (("", "Path is required"), ("/etc/passwd", "Path not within configured mounts"),
                       ("/etc/no-such-file", "Path not within configured mounts"),
                       (place["mount"] + "/.." * 20 + "/etc/passwd", "Path not within configured mounts"),
                       (place["many"] + "/gone.zip", "File not found: " + place["many"] + "/gone.zip")):
        answer = await run.answer("USE_WORKER_PATH::" + path, *USED)
        assert answer.startswith("WORKER_PATH_ERROR::" + text), answer


async def videos(run, place):
    # §2.7: FS_CHECK_VIDEOS_RESPONSE::{"slp_path","total_videos","missing":[{"filename","original_path"}],"accessible","embedded"}
    equal(await run.answer("USE_WORKER_PATH::" + place["mixed"], *USED), "WORKER_PATH_OK::" + place["mixed"])
    answer = await run.reply("FS_CHECK_VIDEOS_RESPONSE::")
    document = json.loads(answer.split("::", 1)[1])
    fields(document, slp_path=str, total_videos=int, missing=list, accessible=int, embedded=int)
    equal(document, {"slp_path": place["mixed"], "total_videos": 4, "accessible": 1, "embedded": 1, "missing": [
        {"filename": "arena.mp4", "original_path": ARENA}, {"filename": "gone.mp4", "original_path": "C:\\data\\gone.mp4"}]})


async def videos_of_no_project(run, place):
    # §2.7: [,"error"]
    path = os.path.join(place["mount"], "projects/text.slp")
    with open(path, "w") as file:
        file.write("no project")
    equal(await run.answer("USE_WORKER_PATH::" + path, *USED), "WORKER_PATH_OK::" + path)
    document = json.loads((await run.reply("FS_CHECK_VIDEOS_RESPONSE::")).split("::", 1)[1])
    fields(document, slp_path=str, total_videos=int, missing=list, accessible=int, embedded=int, error=str)
    assert document["slp_path"] == path and document["error"], document


async def scan(run, place):
    # §2.7: FS_SCAN_DIR_RESPONSE::{"directory","found":{name: path}}
    directory = place["videos"] + "/day1"
    document = await run.document(words("FS_SCAN_DIR", directory=directory, filenames=["arena.mp4", "barn.mp4", "day1"]),
                                  "FS_SCAN_DIR_RESPONSE::")
    fields(document, directory=str, found=dict)
    equal(document, {"directory": directory, "found": {"arena.mp4": directory + "/arena.mp4"}})


async def scan_refused(run, place):
    for directory, code in (("/etc", "ACCESS_DENIED"), (place["many"] + "/gone", "PATH_NOT_FOUND")):
        equal(await run.error(words("FS_SCAN_DIR", directory=directory, filenames=["passwd"]), "FS_SCAN_DIR_RESPONSE::"), code)
    for bad in ("{", "[]", "", json.dumps({"filenames": ["x"]}), json.dumps({"directory": [], "filenames": []}),
                json.dumps({"directory": place["many"], "filenames": ["../many/Ant.bin"]})):
        equal(await run.error("FS_SCAN_DIR::" + bad, "FS_SCAN_DIR_RESPONSE::"), "INVALID_REQUEST")


async def prefix(run, place):
    # §2.7: FS_PREFIX_PROPOSAL::{"old_prefix","new_prefix","would_resolve":[{"original","resolved"}],"would_not_resolve":[…]}
    others = [BARN, furniture.OLD + "/day3/gone.mp4", "/home/me/database/day2/barn.mp4"]
    document = await run.document(
        words("FS_RESOLVE_WITH_PREFIX", original_path=ARENA, new_path=place["videos"] + "/day1/arena.mp4", other_missing=others),
        "FS_PREFIX_PROPOSAL::")
    fields(document, old_prefix=str, new_prefix=str, would_resolve=list, would_not_resolve=list)
    equal(document, {"old_prefix": furniture.OLD, "new_prefix": place["videos"], "would_not_resolve": others[1:],
                     "would_resolve": [{"original": BARN, "resolved": place["videos"] + "/day2/barn.mp4"}]})


async def prefix_tells_nothing(run, place):
    """§6 S6: it answered whether any path exists."""
    for new in ("/etc/shadow", "/etc/shadow-that-is-not"):
        equal(await run.error(words("FS_RESOLVE_WITH_PREFIX", original_path="/x/" + os.path.basename(new), new_path=new,
                                    other_missing=[]), "FS_PREFIX_PROPOSAL::"), "ACCESS_DENIED")
    others = ["/x/" + "../" * 20 + "etc/passwd", "/x/" + "../" * 20 + "etc/no-passwd"]
    document = await run.document(words("FS_RESOLVE_WITH_PREFIX", original_path="/x/Ant.bin", new_path=place["many"] + "/Ant.bin",
                                        other_missing=others), "FS_PREFIX_PROPOSAL::")
    equal((document["would_resolve"], document["would_not_resolve"]), ([], others))
    for bad in ("{}", "{", "[]", ""):
        equal(await run.error("FS_RESOLVE_WITH_PREFIX::" + bad, "FS_PREFIX_PROPOSAL::"), "INVALID_REQUEST")
    for bad in ("{", "[]", ""):
        equal(await run.error("FS_APPLY_PREFIX::" + bad, "FS_PREFIX_APPLIED::"), "INVALID_REQUEST")


async def prefix_applied(run, place):
    # §2.7: FS_PREFIX_APPLIED::{"success":true}; does nothing on the worker
    before = os.listdir(os.path.dirname(place["moved"]))
    equal(await run.document('FS_APPLY_PREFIX::{"confirmed":true}', "FS_PREFIX_APPLIED::"), {"success": True})
    fields(await run.document('FS_APPLY_PREFIX::{"confirmed":false}', "FS_PREFIX_APPLIED::"), success=bool)
    equal(os.listdir(os.path.dirname(place["moved"])), before)


async def written(run, place):
    # §2.7: FS_WRITE_SLP_OK::{"output_path","videos_updated"}; default name resolved_<YYYYMMDD>_<orig>[.pkg].slp
    with open(place["mixed"], "rb") as file:
        before = file.read()
    folder, there = os.path.dirname(place["mixed"]), place["videos"] + "/day1/arena.mp4"
    for name, wanted in (("", f"resolved_{time.strftime('%Y%m%d')}_mixed.pkg.slp"), ("mine.slp", "mine.slp")):
        answer = await run.answer(words("FS_WRITE_SLP", slp_path=place["mixed"], output_dir=folder, filename_map={ARENA: there},
                                        **({"output_filename": name} if name else {})), *WRITTEN)
        assert answer.startswith(WRITTEN[0]), answer
        document = json.loads(answer.split("::", 1)[1])
        fields(document, output_path=str, videos_updated=int)
        equal(document, {"output_path": os.path.join(folder, wanted), "videos_updated": 1})
        # h5py reads it as SLEAP does
        equal(projects.videos(document["output_path"]), [there, "beside.mp4", ".", "C:\\data\\gone.mp4"])
    with open(place["mixed"], "rb") as file:
        equal(file.read() == before, True)


async def write_refused(run, place):
    # §2.7: FS_WRITE_SLP_ERROR::{"error"}; §6 S7: neither path nor name was looked at
    folder, there = os.path.dirname(place["moved"]), place["videos"] + "/day1/arena.mp4"
    good = {"slp_path": place["moved"], "output_dir": folder, "filename_map": {ARENA: there}, "output_filename": "other.slp"}
    before = sorted(os.listdir(folder))
    for change in ({"slp_path": "/etc/passwd"}, {"slp_path": place["many"] + "/gone.slp"}, {"output_dir": "/tmp"},
                   {"output_dir": folder + "/gone"}, {"output_filename": "../other.slp"}, {"output_filename": "/tmp/other.slp"},
                   {"output_filename": "moved.slp"}, {"output_filename": "other.sh"}, {"filename_map": {ARENA: "/etc/passwd"}},
                   {"slp_path": None}, {"filename_map": []}):
        answer = await run.answer(words("FS_WRITE_SLP", **{**good, **change}), *WRITTEN)
        assert answer.startswith(WRITTEN[1]), (change, answer)
        document = json.loads(answer.split("::", 1)[1])
        fields(document, error=str)
        assert document["error"].strip(), change
    equal(sorted(os.listdir(folder)), before)


CHECKS = (worker_path, worker_path_refused, videos, videos_of_no_project, scan, scan_refused, prefix, prefix_tells_nothing,
          prefix_applied, written, write_refused)
