"""Reads a .slp file with h5py, following SLEAP's format, and prints what is in it as JSON."""
import hashlib
import json
import math
import sys

import h5py


def text(value):
    return value.decode("utf-8") if isinstance(value, bytes) else str(value)


def documents(file, name):
    return [json.loads(text(row)) for row in file[name][:]] if len(file[name]) else []


def coordinate(value, shift):
    return None if math.isnan(value) else float(value) + shift


def points(rows, start, end, shift):
    return [
        [coordinate(row["x"], shift), coordinate(row["y"], shift), bool(row["visible"]), bool(row["complete"])]
        + ([float(row["score"])] if "score" in rows.dtype.names else [])
        for row in rows[int(start) : int(end)]
    ]


def video(file, document):
    backend = document["backend"]
    if backend["filename"] != ".":
        return {"filename": backend["filename"]}
    images = file[backend["dataset"]]
    numbers = file[backend["dataset"].split("/")[0] + "/frame_numbers"][:].tolist() if len(images) else []
    source = json.loads(text(file[backend["dataset"].split("/")[0] + "/source_video"].attrs["json"]))
    return {
        "filename": source["backend"]["filename"],
        "format": text(images.attrs["format"]),
        "images": {
            str(number): hashlib.sha256(bytes(row.astype("u1")).rstrip(b"\0")).hexdigest()
            for number, row in zip(numbers, images[:])
        },
    }


def main(path):
    with h5py.File(path, "r") as file:
        metadata = json.loads(text(file["metadata"].attrs["json"]))
        format_id = float(file["metadata"].attrs["format_id"])
        shift = -0.5 if format_id < 1.1 else 0.0
        names = [node["name"] for node in metadata["nodes"]]
        instances = file["instances"][:]
        user, predicted = file["points"][:], file["pred_points"][:]
        frames = []
        for frame in file["frames"][:]:
            found = {"video": int(frame["video"]), "frame": int(frame["frame_idx"]), "user": [], "predicted": []}
            for i in range(int(frame["instance_id_start"]), int(frame["instance_id_end"])):
                row = instances[i]
                assert row["frame_id"] == frame["frame_id"], "instance of another frame"
                one = {"skeleton": int(row["skeleton"]), "track": int(row["track"])}
                bounds = row["point_id_start"], row["point_id_end"], shift
                if row["instance_type"] == 1:
                    one["points"] = points(predicted, *bounds)
                    one["score"] = float(row["score"])
                    one["tracking_score"] = float(row["tracking_score"]) if format_id >= 1.2 else 0.0
                    found["predicted"].append(one)
                else:
                    one["points"] = points(user, *bounds)
                    found["user"].append(one)
            frames.append(found)
        print(
            json.dumps(
                {
                    "skeletons": [[names[node["id"]] for node in s["nodes"]] for s in metadata["skeletons"]],
                    "videos": [video(file, document) for document in documents(file, "videos_json")],
                    "tracks": [track[1] for track in documents(file, "tracks_json")],
                    "suggestions": [[int(s["video"]), s["frame_idx"]] for s in documents(file, "suggestions_json")],
                    "frames": frames,
                }
            )
        )


main(sys.argv[1])
