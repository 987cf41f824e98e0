"""Jobs from the worker's own directories (G2, §2.4): JOB_ID and INPUT_FILE. Nothing is streamed back."""

import os

from facts import say


class SharedJobs:
    def __init__(self, o):
        self.o = o
        self.job = None

    def takes(self, name):
        return name in ("JOB_ID", "INPUT_FILE")

    async def take(self, link, name, rest, packages):
        if name == "JOB_ID":
            self.job = rest
            return
        inputs, output = getattr(self.o, "input", None), getattr(self.o, "output", None)
        if "/" in rest or "\\" in rest or ".." in rest:
            link.text(f"FILE_NOT_FOUND::{rest}::Invalid filename {rest}")
            return
        path = os.path.realpath(os.path.join(inputs or "/nonexistent", rest))
        if not inputs or not os.path.isfile(path) or os.path.dirname(path) != os.path.realpath(inputs):
            link.text(f"FILE_NOT_FOUND::{rest}::File does not exist")
            return
        link.text(f"FILE_EXISTS::{rest}")
        place = os.path.join(output, "jobs", self.job)
        os.makedirs(place, exist_ok=True)
        link.text(f"JOB_OUTPUT_PATH::{place}")
        await self.run(link, path, place, packages)

    async def run(self, link, path, place, packages):
        quiet = Silenced(link)
        with open(path, "rb") as file:
            data = file.read()
        packages.text(f"FILE_META::{os.path.basename(path)}:{len(data)}:")
        packages.chunk(data)
        home = os.getcwd()
        os.chdir(place)
        try:
            await packages.finish(quiet)
        finally:
            os.chdir(home)
        if quiet.errors or not quiet.done:
            link.text(f"JOB_FAILED::{self.job}::{quiet.errors or 'no script'}")
        else:
            link.text("TRAINING_COMPLETE")
        say("shared_done", job=self.job, errors=quiet.errors)


class Silenced:
    """Takes what the package protocol would send; logs still reach the client."""

    def __init__(self, link):
        self.link, self.errors, self.done = link, [], False

    def text(self, message):
        if "_ERROR::" in message:
            self.errors.append(message)
        elif message in ("TRAINING_JOBS_DONE", "INFERENCE_JOBS_DONE"):
            self.done = True

    async def chunks(self, data, size):
        return True
