"""What lies in a mount when a worker's files are asked for. Sizes are those that the checks expect."""

import os

import packages
import projects

FOLDERS = ["Alpha", "beta"]
FILES = [("zebra.bin", 10), ("Ant.bin", 20), ("bee.bin", 30)] + [(f"frame_{n:02}.png", n) for n in range(40)]
OLD = "/home/me/data"


def place(path, size):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(packages.noise(size, path))
    return path


def furnish(mount):
    """Makes the tree; returns the paths that questions are about."""
    many = os.path.join(mount, "many")
    for name in FOLDERS:
        os.makedirs(os.path.join(many, name))
    for name, size in FILES:
        place(os.path.join(many, name), size)
    videos = os.path.join(mount, "store/videos")
    for name in ("day1/arena.mp4", "day2/barn.mp4"):
        place(os.path.join(videos, name), 1000)
    # What a search is for: the same name in three depths, others like it, more than 20 of one kind
    for name, size in (("Courtship.slp", 1000), ("a/courtship.slp", 1050), ("a/b/c/d/courtship.slp", 500),
                       ("a/b/c/d/e/courtship.slp", 1000), ("courtship_of_two.slp", 1000), ("courtshlp.slp", 1000)):
        place(os.path.join(mount, "search", name), size)
    for n in range(25):
        place(os.path.join(mount, f"search/crowd/crowded_{n:02}.dat"), 5)
    with open(place(os.path.join(mount, "store/flies.zip"), 0), "wb") as file:
        file.write(packages.training("flies"))
    place(os.path.join(mount, "projects/beside.mp4"), 1000)
    return {
        "mount": mount, "many": many, "videos": videos, "search": os.path.join(mount, "search"),
        "package": os.path.join(mount, "store/flies.zip"),
        "moved": projects.write(os.path.join(mount, "projects/moved.slp"),
                                [OLD + "/day1/arena.mp4", OLD + "/day2/barn.mp4", "."]),
        "mixed": projects.write(os.path.join(mount, "projects/mixed.pkg.slp"),
                                [OLD + "/day1/arena.mp4", "beside.mp4", ".", "C:\\data\\gone.mp4"])}
