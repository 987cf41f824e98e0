"""Worker's files for G3 clients: mounts, listing, search, uploads (§2.7, §2.8)."""

import hashlib
import json
import os
import time

import worker_search
from facts import say
from worker_projects import Projects

PAGE = 20  # §2.7


class Files:
    def __init__(self, o):
        self.o = o
        self.mount = os.path.realpath(o.mount) if hasattr(o, "mount") else None
        self.cache = {}  # §2.8: by content, in memory only
        self.projects = Projects()
        self.used = None  # §2.7: what the next OUTPUT_DIR starts
        self.receiving = None  # §2.8: one session for the whole worker
        self.announced = None

    def mounts(self):
        return [{"path": self.mount, "label": "lab"}] if self.mount else []

    def inside(self, path):
        """§2.7: links and dots are resolved before the test."""
        real = os.path.realpath(path)
        return self.mount is not None and (real + "/").startswith(self.mount + "/")

    def takes(self, name):
        return self.projects.takes(name) or name in (
            "FS_GET_INFO", "FS_GET_MOUNTS", "FS_LIST_DIR", "FS_RESOLVE", "USE_WORKER_PATH", "FILE_UPLOAD_CHECK",
            "FILE_UPLOAD_START", "FILE_UPLOAD_END")

    async def take(self, link, name, rest):
        if self.projects.takes(name):
            self.projects.take(link, name, rest)
            return
        {"FS_GET_INFO": self.info, "FS_GET_MOUNTS": self.tell_mounts, "FS_LIST_DIR": self.list,
         "FS_RESOLVE": self.resolve, "USE_WORKER_PATH": self.use, "FILE_UPLOAD_CHECK": self.check, "FILE_UPLOAD_START": self.start,
         "FILE_UPLOAD_END": self.end}[name](link, rest)

    def info(self, link, rest):
        link.text("FS_INFO_RESPONSE::" + json.dumps(
            {"worker_id": "stand-in", "working_dir": os.getcwd(), "mounts": self.mounts()}))

    def tell_mounts(self, link, rest):
        link.text("FS_MOUNTS_RESPONSE::" + json.dumps(self.mounts()))

    def list(self, link, rest):
        path, _, offset = rest.partition("::")
        if not self.inside(path):
            link.text("FS_ERROR::ACCESS_DENIED::Path not within configured mounts")
            return
        if not os.path.isdir(path):
            link.text(f"FS_ERROR::PATH_NOT_FOUND::{path}")
            return
        # §2.7: directories first, without regard to case; 20 to a page; a directory has size 0
        found = sorted(os.scandir(path), key=lambda e: (not e.is_dir(), e.name.lower()))
        at = int(offset or 0)
        entries = [{"name": e.name, "type": "directory" if e.is_dir() else "file",
                    "size": 0 if e.is_dir() else e.stat().st_size, "modified": e.stat().st_mtime}
                   for e in found[at:at + PAGE]]
        link.text("FS_LIST_RESPONSE::" + json.dumps({"path": path, "entries": entries, "total_count": len(found),
                                                     "has_more": at + PAGE < len(found)}))

    def resolve(self, link, rest):
        pattern, size, depth, label, *_ = rest.split("::") + ["", "", "", ""]
        if worker_search.too_broad(pattern):
            link.text("FS_ERROR::PATTERN_TOO_BROAD::Pattern must have at least 3 other characters")
        elif label not in ("", "all", "lab"):
            link.text(f"FS_ERROR::MOUNT_NOT_FOUND::{label}")
        else:
            outcome = worker_search.search([mount["path"] for mount in self.mounts()], pattern,
                                           int(size) if size else None, int(depth or worker_search.DEPTH))
            outcome.update(getattr(self.o, "outcome", {}))
            link.text("FS_RESOLVE_RESPONSE::" + json.dumps(outcome))

    def use(self, link, rest):
        if not rest:
            link.text("WORKER_PATH_ERROR::Path is required")
        elif not self.inside(rest):
            link.text("WORKER_PATH_ERROR::Path not within configured mounts")
        elif not os.path.exists(rest):
            link.text(f"WORKER_PATH_ERROR::File not found: {rest}")
        else:
            self.used = rest
            link.text(f"WORKER_PATH_OK::{rest}")
            if rest.endswith(".slp"):
                self.projects.check(link, rest)

    def check(self, link, rest):
        digest, name = rest.split("::", 1)
        known = self.cache.get(digest)
        if known and os.path.exists(known):
            link.text(f"FILE_UPLOAD_CACHE_HIT::{known}")
        else:
            link.text("FILE_UPLOAD_READY")

    def start(self, link, rest):
        # names may hold anything, so the four fields are taken from the right
        name, size, directory, below = rest.rsplit("::", 3)
        if not self.inside(directory):
            link.text("FILE_UPLOAD_ERROR::Destination not within configured mounts")
            return
        if below == "1":
            directory = os.path.join(directory, "sleap_rtc_downloads")
        os.makedirs(directory, exist_ok=True)
        path = os.path.join(directory, name)  # §6 S5: only the directory was looked at
        self.receiving = {"path": path, "size": int(size), "parts": [], "count": 0, "link": link, "told": 0.0}
        link.text("FILE_UPLOAD_READY")

    def chunk(self, data):
        upload = self.receiving
        upload["parts"].append(data)
        upload["count"] += len(data)
        if time.monotonic() - upload["told"] > 0.5:  # §2.8: at most every 500 ms
            upload["told"] = time.monotonic()
            upload["link"].text(f"FILE_UPLOAD_PROGRESS::{upload['count']}::{upload['size']}")

    def end(self, link, rest):
        upload, self.receiving = self.receiving, None
        if upload is None:
            link.text("FILE_UPLOAD_ERROR::No upload in progress")
            return
        data = b"".join(upload["parts"])
        if len(data) != upload["size"]:
            link.text(f"FILE_UPLOAD_ERROR::Size mismatch: expected {upload['size']}, got {len(data)}")
            return
        with open(upload["path"], "wb") as file:
            file.write(data)
        digest = hashlib.sha256(data).hexdigest()
        self.cache[digest] = os.path.normpath(upload["path"])
        say("stored", path=os.path.normpath(upload["path"]), sha256=digest, size=len(data))
        link.text(f"FILE_UPLOAD_COMPLETE::{upload['path']}")
