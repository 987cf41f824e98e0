"""Uploads between programs out of the archives and Python stand-ins, against aiortc alone.

interop-upload.py DIRECTORY SESSION MIB ROUNDS   DIRECTORY has client-home; SESSION is of a worker with a mount
"""

import json
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
NURSERY = HERE.parent / "itests/interop/src/test/python/nursery.py"
LIMIT = 0.9
CHUNK = 64 << 10


class StandIns:
    """Starts stand-ins, and reads what they observe."""

    def __init__(self):
        self.process = subprocess.Popen(["/usr/bin/python3", NURSERY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.count = 0

    def start(self, play, directory, **options):
        self.count += 1
        name = f"{play}-{self.count}"
        self.say({"start": name, "play": play, "directory": str(directory), "ws": os.environ["SLEAP_RTC_SIGNALING_WS"],
                  "http": os.environ["SLEAP_RTC_SIGNALING_HTTP"], **options})
        return name

    def say(self, words):
        print(json.dumps(words), file=self.process.stdin, flush=True)

    def expect(self, name, kind):
        for line in self.process.stdout:
            fact = json.loads(line)
            if fact["peer"] == name and fact["fact"] == kind:
                return fact
            if fact["peer"] == name and fact["fact"] in ("ended", "broken"):
                sys.exit(f"The stand-in '{name}' ended without '{kind}': {fact}")
        sys.exit("The stand-ins have ended.")

    def end(self, name):
        self.say({"signal": name, "number": 9})
        self.expect(name, "ended")


def aiortc(size):
    done = subprocess.run(["/usr/bin/python3", HERE / "transfer-aiortc.py", str(size), str(CHUNK)],
                          capture_output=True, text=True, check=True)
    return size / float(done.stdout)


def to_our_worker(stand_ins, work, session, size, number):
    """Until the worker says that the file is there; each file is another one, since it knows them by their hash."""
    client = stand_ins.start("client", work, generation="G3", session=session, task="train", labels=f"labels-{number}.slp",
                             size=size, spec={"type": "none"}, auth_wait=0.2)
    fact = stand_ins.expect(client, "stored_there")
    stand_ins.expect(client, "ended")
    shutil.rmtree(work / "mount")
    (work / "mount").mkdir()
    return fact["bytes"] / fact["seconds"]


def to_python_worker(stand_ins, work, package):
    """From its first piece to its end."""
    place = work / f"python-worker-{stand_ins.count}"
    place.mkdir()
    worker = stand_ins.start("worker", place, generation="G1")
    session = stand_ins.expect(worker, "ready")["session"]
    client = subprocess.Popen(
        [work / "client-home/bin/peerworks", "client-train", "-s", session, "-p", package], cwd=place,
        env={**os.environ, "PEERWORKS_DATA": str(work / "client")}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    fact = stand_ins.expect(worker, "received")
    client.kill()
    client.communicate()
    stand_ins.end(worker)
    shutil.rmtree(place)
    return fact["bytes"] / fact["seconds"]


def packed(path, size):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("train-script.sh", "sleap-nn train --config-name centroid.yaml --config-dir .\n")
        archive.writestr("centroid.yaml", "data_config:\n  train_labels_path: [labels.slp]\nmodel_config: {}\ntrainer_config: {}\n")
        archive.writestr("labels.slp", random.Random(7).randbytes(size))
    return path


def main(work, session, mib, rounds):
    work, size = pathlib.Path(work), int(mib) << 20
    package = packed(work / "upload.zip", size)
    stand_ins = StandIns()
    rates = {"aiortc to aiortc": [], "Python client to our worker": [], "our client to Python worker": []}
    for number in range(int(rounds)):
        rates["aiortc to aiortc"].append(aiortc(size))
        rates["Python client to our worker"].append(to_our_worker(stand_ins, work, session, size, number))
        rates["our client to Python worker"].append(to_python_worker(stand_ins, work, package))
    print(f"{mib} MiB over loopback, two processes, medians of {rounds} rounds")
    medians = []
    for name, values in rates.items():
        medians.append(statistics.median(values))
        print(f"  {name:30} {medians[-1] / 1e6:7.1f} MB/s  ({', '.join(f'{value / 1e6:.1f}' for value in values)})")
    for bar, rate in (("upload-vs-aiortc", medians[1]), ("upload-to-aiortc", medians[2])):
        ratio = rate / medians[0]
        print(f"bar {bar} {ratio:.2f} {LIMIT} {'met' if ratio >= LIMIT else 'missed'}")
    stand_ins.process.stdin.close()
    stand_ins.process.wait()


main(*sys.argv[1:])
