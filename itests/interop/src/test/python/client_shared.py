"""Jobs from the worker's own directories, client's side (G2, §2.4). There is no cancel."""

from client_package import Conversation


class SharedRun(Conversation):
    """shared: bare name of the archive in the worker's input directory."""

    async def run(self):
        if self.o.task == "track":
            self.link.text("PACKAGE_TYPE::track")
        self.link.text("JOB_ID::" + getattr(self.o, "job", "job-1"))
        self.link.text("INPUT_FILE::" + self.o.shared)
        while (message := await self.link.receive()) is not None:
            if self.file(message):
                continue
            if message == "TRAINING_COMPLETE":
                return "done"
            if message.startswith(("JOB_FAILED::", "FILE_NOT_FOUND::")):
                return "failed"
        return "closed"
