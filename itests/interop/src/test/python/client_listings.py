"""Mounts and directories (§2.7)."""

import os

import furniture
from hold import equal, fields

LIST = "FS_LIST_RESPONSE::"
PAGE = 20  # §2.7
NAMES = furniture.FOLDERS + sorted((name for name, _ in furniture.FILES), key=str.lower)


async def info(run, place):
    # §2.7: FS_INFO_RESPONSE::{"worker_id","working_dir","mounts":[{"path","label"}]}
    document = await run.document("FS_GET_INFO", "FS_INFO_RESPONSE::")
    fields(document, worker_id=str, working_dir=str, mounts=list)
    assert document["worker_id"] and os.path.isdir(document["working_dir"]), document
    for mount in document["mounts"]:
        fields(mount, path=str, label=str)
        equal(os.path.realpath(mount["path"]), mount["path"])
    equal([mount["label"] for mount in document["mounts"]], ["lab"])


async def mounts(run, place):
    # §2.7: FS_MOUNTS_RESPONSE::[{"path","label"}]
    equal(await run.document("FS_GET_MOUNTS", "FS_MOUNTS_RESPONSE::"), run.info["mounts"])


async def listing(run, place):
    # §2.7: FS_LIST_RESPONSE::{"path","entries":[{"name","type","size","modified"}],"total_count","has_more"}
    many, seen = place["many"], []
    for offset in range(0, len(NAMES), PAGE):
        page = await run.document(f"FS_LIST_DIR::{many}::{offset}", LIST)
        fields(page, path=str, entries=list, total_count=int, has_more=bool)
        equal((page["path"], page["total_count"]), (many, len(NAMES)))
        equal(page["has_more"], offset + PAGE < len(NAMES))
        equal(len(page["entries"]), min(PAGE, len(NAMES) - offset))
        seen += page["entries"]
    # §2.7: directories first, case-insensitive by name
    equal([entry["name"] for entry in seen], NAMES)
    for entry in seen:
        fields(entry, name=str, type=str, size=int, modified=float)
        status = os.stat(os.path.join(many, entry["name"]))
        folder = entry["name"] in furniture.FOLDERS
        equal(entry["type"], "directory" if folder else "file")
        equal(entry["size"], 0 if folder else status.st_size)  # §2.7: directory size 0
        assert abs(entry["modified"] - status.st_mtime) < 0.01, (entry, status.st_mtime)


async def listing_without_offset(run, place):
    for question in (f"FS_LIST_DIR::{place['many']}", f"FS_LIST_DIR::{place['many']}::"):
        page = await run.document(question, LIST)
        equal([entry["name"] for entry in page["entries"]], NAMES[:PAGE])


async def listing_beyond_the_end(run, place):
    for offset in (len(NAMES), len(NAMES) + 1, 1_000_000, 2**31 - 1):
        page = await run.document(f"FS_LIST_DIR::{place['many']}::{offset}", LIST)
        equal((page["entries"], page["total_count"], page["has_more"]), ([], len(NAMES), False))


async def listing_through_links_and_dots(run, place):
    # §2.7: resolved (symlinks, "..") before the mount test
    link = os.path.join(place["mount"], "link")
    os.symlink(place["many"], link)
    for path in (link, place["many"] + "/Alpha/../../many/"):
        equal((await run.document(f"FS_LIST_DIR::{path}::0", LIST))["path"], place["many"])
    for way in (run.info["mounts"][0]["path"] + "/../..", place["many"] + "/../../../../"):
        equal(await run.error(f"FS_LIST_DIR::{way}::0", LIST), "ACCESS_DENIED")


async def listing_refused(run, place):
    # §2.7: ACCESS_DENIED, PATH_NOT_FOUND, INVALID_REQUEST
    equal(await run.error("FS_LIST_DIR::/etc::0", LIST), "ACCESS_DENIED")
    equal(await run.error("FS_LIST_DIR::/not-there-at-all::0", LIST), "ACCESS_DENIED")
    equal(await run.error(f"FS_LIST_DIR::{place['many']}/gone::0", LIST), "PATH_NOT_FOUND")
    for bad in (f"{place['many']}/Ant.bin::0", f"{place['many']}::-1", f"{place['many']}::99999999999", "::0", "", "a\nb::0"):
        equal(await run.error("FS_LIST_DIR::" + bad, LIST), "INVALID_REQUEST")


CHECKS = (info, mounts, listing, listing_without_offset, listing_beyond_the_end, listing_through_links_and_dots, listing_refused)
