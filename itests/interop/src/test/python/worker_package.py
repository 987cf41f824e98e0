"""The package protocol, worker's side (§2.2, §2.3): G1 whole; G2 and G3 kept it."""

import os
import io
import re
import stat
import time
import zipfile

import packages
from facts import say
from link import Incoming
from program import Program

CHUNK_DOWN = 32 * 1024  # §2.1


class PackageJobs:
    """What one worker does with packages. §5 pain 31: in G2 and G3 type and directory outlive their client."""

    def __init__(self, o):
        self.options = o
        self.sticky = o.generation != "G1"
        self.began = None
        self.reset()

    def reset(self):
        self.kind, self.output, self.incoming = "train", "models", None
        self.unpacked, self.program, self.gui = None, None, False

    def text(self, message):
        """Takes a message of the upload; returns False if it is none of these."""
        name, _, rest = message.partition("::")
        if name == "PACKAGE_TYPE":
            self.kind = rest
        elif name == "OUTPUT_DIR":
            self.output = rest
        elif name == "FILE_META":
            self.incoming = Incoming.announced(message)
            self.gui = self.incoming.hint.lower() == "true"  # §2.2
        else:
            return False
        return True

    def chunk(self, data):
        if self.incoming:
            self.began = self.began or time.perf_counter()
            self.incoming.parts.append(data)

    def store(self):
        """§2.2: the name is believed (§6 S4), the size is not checked, the archive goes into the current directory."""
        incoming, self.incoming = self.incoming, None
        if incoming is None:
            say("stray_end")  # §2.2: IndexError, the message is lost
            return
        if self.began:
            say("received", bytes=sum(map(len, incoming.parts)), seconds=time.perf_counter() - self.began)
            self.began = None
        data = incoming.data()
        path = os.path.join(os.getcwd(), incoming.name)
        with open(path, "wb") as file:
            file.write(data)
        say("stored", path=os.path.normpath(path))
        self.open(incoming.name, data)

    def open(self, name, data):
        if not zipfile.is_zipfile(io.BytesIO(data)):
            return
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                self.unpack(archive, entry)
        self.unpacked = os.path.join(os.getcwd(), os.path.basename(name).removesuffix(".zip"))

    def unpack(self, archive, entry):
        if getattr(self.options, "naive_unpacker", False):
            # §6 S11: what an unpacker that trusts names does; Python's own skips them
            target = os.path.normpath(os.path.join(os.getcwd(), entry.filename))
            if stat.S_ISLNK(entry.external_attr >> 16):
                os.makedirs(os.path.dirname(target), exist_ok=True)
                os.symlink(archive.read(entry), target)
            elif not entry.is_dir():
                os.makedirs(os.path.dirname(target), exist_ok=True)
                with open(target, "wb") as file:
                    file.write(archive.read(entry))
                say("unpacked", path=target)
        elif not (entry.filename.startswith("/") or ".." in entry.filename.split("/")):
            archive.extract(entry, os.getcwd())

    async def finish(self, link):
        """END_OF_FILE."""
        self.store()
        await self.work(link)

    async def use(self, link, path):
        """§2.7: the package lies here already."""
        say("used", path=path)
        with open(path, "rb") as file:
            self.open(path, file.read())
        await self.work(link)

    async def work(self, link):
        if not self.unpacked:
            return
        if self.kind == "track":
            await self.track(link)
        else:
            await self.train(link)
        if not self.sticky:
            self.reset()

    def script(self, name):
        path = os.path.join(self.unpacked, name)
        if not os.path.exists(path):
            say("no_script", path=path)
            return None
        with open(path) as file:
            return file.read()

    def log(self, link, prefix=""):
        def send(text, redraw):
            # §2.3: complete lines with their end; redrawn ones as \r and text
            if prefix:
                link.text(prefix + text.rstrip("\n"))
            else:
                link.text("\r" + text.rstrip("\n") if redraw else text)
        return send

    async def train(self, link):
        script = self.script("train-script.sh")
        if script is None:
            return
        for config in packages.trained_names(script):
            stem = os.path.splitext(config)[0]
            link.text(f"TRAIN_JOB_START::{stem}")  # §2.3
            self.program = Program(self.unpacked, lambda text: self.gui and link.text("PROGRESS_REPORT::" + text))
            status = await self.program.run(
                ["train", "--config-name", config, "--config-dir", ".", "trainer_config.ckpt_dir=models",
                 "trainer_config.run_name=" + stem, *self.program.ports()], self.log(link))  # §3.3
            link.text(f"TRAIN_JOB_END::{stem}" if status == 0 else f"TRAIN_JOB_ERROR::{stem}::{status}")
        link.text("TRAINING_JOBS_DONE")
        # §2.3, §3.3: zips and sends also if every job failed
        name = "trained_" + os.path.basename(self.unpacked) + ".zip"
        await self.send(link, name, packages.packed(os.path.join(self.unpacked, self.output)))

    async def track(self, link):
        script = self.script("track-script.sh")
        words = script and packages.track_words(script)
        if not words:
            return  # §2.2, §5 pain 4: the client gets nothing at all
        link.text("INFERENCE_START")
        link.text("INFERENCE_JOB_START::inference")
        self.program = Program(self.unpacked)
        status = await self.program.run(["track", *words], self.log(link, "TRACK_LOG:"))  # §6 S9: unchanged
        link.text("INFERENCE_JOB_END::inference" if status == 0 else f"INFERENCE_JOB_ERROR::inference::{status}")
        # §2.3: the first match of *.predictions.slp; predictions.slp is none
        found = sorted(name for name in os.listdir(self.unpacked) if re.fullmatch(r".*\.predictions\.slp", name))
        if status == 0 and found:
            with open(os.path.join(self.unpacked, found[0]), "rb") as file:
                await self.send(link, found[0], file.read())
        link.text("INFERENCE_JOBS_DONE")

    async def send(self, link, name, data):
        link.text(f"FILE_META::{name}:{len(data)}:{self.output}")
        await link.chunks(data, CHUNK_DOWN)
        link.text("END_OF_FILE")
