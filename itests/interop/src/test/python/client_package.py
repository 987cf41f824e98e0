"""The package protocol, client's side (§2.2, §2.3)."""

import asyncio
import os
import re
import signal

import packages
from facts import say
from link import Incoming

CHUNK_UP = {"train": 32 * 1024, "track": 64 * 1024}  # §2.1: 32 KiB for the training client of G1


class Conversation:
    """What all kinds of runs share: files that come, the moment to cancel, the end."""

    def __init__(self, o, link):
        self.o, self.link = o, link
        self.incoming = None
        self.cancelled = False

    def dies(self):
        """Vanishes without a word at a certain byte of its upload."""
        def each(sent):
            if self.o.vanish_at is not None and sent >= self.o.vanish_at:
                say("vanished", sent=sent)
                os.kill(os.getpid(), signal.SIGKILL)
        return each

    def file(self, message):
        """True if the message belongs to a file that comes."""
        if isinstance(message, bytes):
            if self.incoming:
                self.incoming.parts.append(message)
            else:
                say("stray_chunk", size=len(message))
            return True
        if message.startswith("FILE_META::"):
            self.incoming = Incoming.announced(message)
            return True
        if message == "END_OF_FILE":
            incoming, self.incoming = self.incoming, None
            if incoming:
                path = os.path.join(self.o.out, os.path.basename(incoming.name))
                os.makedirs(self.o.out, exist_ok=True)
                with open(path, "wb") as file:
                    file.write(incoming.data())
            return True
        return False

    def cancel_here(self, message):
        if self.o.cancel_at and not self.cancelled and isinstance(message, str) and re.search(self.o.cancel_at, message):
            self.cancelled = True
            self.link.text(self.o.cancel)


class PackageRun(Conversation):
    """G1, and what later clients do with packages."""

    async def run(self):
        o, train = self.o, self.o.task == "train"
        stem = getattr(o, "stem", "labels.v001")
        if train:
            folder = o.folder is not False
            data, name = packages.training(stem, o.labels, o.size, o.configs, folder), stem + ".zip"
        else:
            # §2.2: flat, and always of this name; a folder on request
            data = packages.tracking(o.labels, o.size, getattr(o, "output", "predictions.slp"), "track_package" if o.folder else "")
            name = "track_package.zip"
        if not train or o.package_type:
            self.link.text("PACKAGE_TYPE::" + (o.package_type or "track"))  # one that never got it assumes train
            await asyncio.sleep(0.1)
        self.link.text("OUTPUT_DIR::" + ("models" if train else "."))
        await asyncio.sleep(0.1)
        # §2.2: True or False from the trainer, false from track
        self.link.text(f"FILE_META::{name}:{len(data)}:{getattr(o, 'gui', 'True') if train else 'false'}")
        await asyncio.sleep(0)
        if not await self.link.chunks(data, CHUNK_UP[o.task], self.dies()):
            return "broken"
        self.link.text("END_OF_FILE")
        return await (self.trained() if train else self.tracked())

    async def trained(self):
        """§2.3: start, log, end for each configuration; all done; then the file."""
        errors, done = [], False
        while (message := await self.link.receive()) is not None:
            self.cancel_here(message)
            if self.file(message):
                if message == "END_OF_FILE" and done:
                    return "failed" if errors else "done"
            elif message.startswith("TRAIN_JOB_ERROR::"):
                errors.append(message)
            elif message == "TRAINING_JOBS_DONE":
                done = True
        return "closed"

    async def tracked(self):
        """§2.3: the file comes before INFERENCE_JOBS_DONE."""
        failed = False
        while (message := await self.link.receive()) is not None:
            self.cancel_here(message)
            if self.file(message):
                continue
            if message.startswith(("INFERENCE_JOB_ERROR::", "INFERENCE_ERROR::")):
                failed = True
            if message == "INFERENCE_JOBS_DONE" or message.startswith("INFERENCE_ERROR::"):
                return "failed" if failed else "done"
        return "closed"
