"""Videos of projects, worker's side (§2.7)."""

import json
import os
import time

import projects
from facts import say


class Projects:
    """The words about projects that lie in a mount. §6 S6, S7: nobody looks whether they do."""

    def takes(self, name):
        return name in ("FS_SCAN_DIR", "FS_WRITE_SLP", "FS_RESOLVE_WITH_PREFIX", "FS_APPLY_PREFIX")

    def take(self, link, name, rest):
        {"FS_SCAN_DIR": self.scan, "FS_WRITE_SLP": self.write, "FS_RESOLVE_WITH_PREFIX": self.propose,
         "FS_APPLY_PREFIX": self.apply}[name](link, json.loads(rest))

    def check(self, link, path):
        """§2.7: what follows WORKER_PATH_OK for a .slp."""
        try:
            lost, accessible, embedded = projects.missing(path)
            reply = {"slp_path": path, "total_videos": len(lost) + accessible + embedded,
                     "missing": [{"filename": name.replace("\\", "/").rsplit("/", 1)[-1], "original_path": name} for name in lost],
                     "accessible": accessible, "embedded": embedded}
        except (OSError, KeyError) as e:
            reply = {"slp_path": path, "total_videos": 0, "missing": [], "accessible": 0, "embedded": 0, "error": str(e)}
        link.text("FS_CHECK_VIDEOS_RESPONSE::" + json.dumps(reply))

    def scan(self, link, ask):
        found = {name: path for name in ask["filenames"]
                 if os.path.isfile(path := os.path.join(ask["directory"], name))}
        link.text("FS_SCAN_DIR_RESPONSE::" + json.dumps({"directory": ask["directory"], "found": found}))

    def write(self, link, ask):
        path = ask["slp_path"]
        base = os.path.basename(path)
        ending = ".pkg.slp" if base.endswith(".pkg.slp") else ".slp"
        # §2.7: resolved_<YYYYMMDD>_<orig>[.pkg].slp
        name = ask.get("output_filename") or f"resolved_{time.strftime('%Y%m%d')}_{base.removesuffix(ending)}{ending}"
        copy = os.path.join(ask["output_dir"], name)
        try:
            changed = projects.rewrite(path, copy, ask["filename_map"])
        except OSError as e:
            link.text("FS_WRITE_SLP_ERROR::" + json.dumps({"error": str(e)}))
            return
        say("copied", path=copy, videos=projects.videos(copy))
        link.text("FS_WRITE_SLP_OK::" + json.dumps({"output_path": copy, "videos_updated": changed}))

    def propose(self, link, ask):
        old, new = ask["original_path"].split("/"), ask["new_path"].split("/")
        while len(old) > 1 and len(new) > 1 and old[-1] == new[-1]:
            old.pop()
            new.pop()
        before, after = "/".join(old), "/".join(new)
        moved = {path: after + path[len(before):] for path in ask["other_missing"] if path.startswith(before + "/")}
        would = [{"original": path, "resolved": there} for path, there in moved.items() if os.path.isfile(there)]
        known = [move["original"] for move in would]
        link.text("FS_PREFIX_PROPOSAL::" + json.dumps(
            {"old_prefix": before, "new_prefix": after, "would_resolve": would,
             "would_not_resolve": [path for path in ask["other_missing"] if path not in known]}))

    def apply(self, link, ask):
        link.text("FS_PREFIX_APPLIED::" + json.dumps({"success": True}))  # §2.7: does nothing
