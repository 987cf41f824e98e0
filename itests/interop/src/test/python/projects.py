"""Projects, as far as their videos go: the published .slp format 1.2, read and written with h5py."""

import json
import os
import shutil

EMPTY = {"version": "2.0.0", "skeletons": [], "nodes": [], "videos": [], "tracks": [], "suggestions": [],
         "negative_anchors": {}, "provenance": {}}


def write(path, videos):
    """A project without frames; a video called "." has its images inside."""
    import h5py
    import numpy
    with h5py.File(path, "w") as file:
        metadata = file.create_group("metadata")
        metadata.attrs["format_id"] = 1.2
        metadata.attrs["json"] = json.dumps(EMPTY).encode()
        rows = [json.dumps({"filename": name, "backend": {"filename": name, "grayscale": False, "bgr": True,
                                                          "dataset": f"video{n}/video" if name == "." else "",
                                                          "input_format": "channels_last"}})
                for n, name in enumerate(videos)]
        file.create_dataset("videos_json", data=rows, dtype=h5py.string_dtype())
        for name in ("tracks_json", "suggestions_json", "frames", "instances", "points", "pred_points"):
            file.create_dataset(name, shape=(0,), dtype="f8")
        for n, name in enumerate(videos):
            if name == ".":
                images = file.create_dataset(f"video{n}/video", shape=(1,), dtype=h5py.vlen_dtype("i1"))
                images[0] = numpy.frombuffer(b"\x89PNG", dtype="i1")
                images.attrs["format"] = "png"
                file.create_dataset(f"video{n}/frame_numbers", data=[0])
    return path


def videos(path):
    """The file names of its videos, in order; "." for images inside."""
    import h5py
    with h5py.File(path, "r") as file:
        return [json.loads(row)["backend"]["filename"] for row in file["videos_json"][()]]


def rewrite(path, copy, renamed):
    """A copy with other names of videos; returns how many have changed."""
    import h5py
    shutil.copyfile(path, copy)
    changed = 0
    with h5py.File(copy, "r+") as file:
        rows = file["videos_json"]
        for n, row in enumerate(rows[()]):
            video = json.loads(row)
            new = renamed.get(video["backend"]["filename"])
            if new:
                video["filename"] = video["backend"]["filename"] = new
                rows[n] = json.dumps(video)
                changed += 1
    return changed


def missing(path):
    """Those videos that cannot be read here, beside the numbers of those that can and of those inside."""
    names = videos(path)
    outside = [name for name in names if name != "."]
    lost = [name for name in outside if not os.path.isfile(os.path.join(os.path.dirname(path), name))]
    return lost, len(outside) - len(lost), len(names) - len(outside)
