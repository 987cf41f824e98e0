"""Runs the stand-in for sleap-nn as workers do: its output, its ZMQ messages, its end (§2.9, §3.3)."""

import asyncio
import os
import signal

import zmq
import zmq.asyncio

from facts import say

PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)), "sleap-nn")
POLL_SECONDS = 0.05  # §2.9


class Program:
    """One run. The sockets are bound by the worker; its real ports, 9000 and 9001, allow one worker for each host."""

    def __init__(self, directory, progress=lambda text: None):
        self.directory, self.progress = directory, progress
        context = zmq.asyncio.Context.instance()
        self.control, self.events = context.socket(zmq.PUB), context.socket(zmq.SUB)
        self.control_port = self.control.bind_to_random_port("tcp://127.0.0.1")
        self.publish_port = self.events.bind_to_random_port("tcp://127.0.0.1")
        self.events.setsockopt_string(zmq.SUBSCRIBE, "")
        self.process = None

    def ports(self, plus=""):
        return [f"{plus}trainer_config.zmq.controller_port={self.control_port}",
                f"{plus}trainer_config.zmq.publish_port={self.publish_port}"]

    async def run(self, words, log):
        """log(text, redraw) gets lines with their end, and redrawn ones without; returns the exit status."""
        say("program", words=words)
        self.process = await asyncio.create_subprocess_exec(
            PROGRAM, *words, cwd=self.directory, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT, env={**os.environ, "PYTHONUNBUFFERED": "1"}, start_new_session=True)
        relay = asyncio.ensure_future(self._relay())
        rest = ""
        while data := await self.process.stdout.read(4096):
            rest += data.decode(errors="replace")
            while (at := min((i for i in (rest.find("\n"), rest.find("\r", 1)) if i >= 0), default=-1)) >= 0:
                redraw = rest[at] == "\r" or rest.startswith("\r")
                line, rest = (rest[:at], rest[at:]) if rest[at] == "\r" else (rest[:at + 1], rest[at + 1:])
                log(line.lstrip("\r"), redraw)
        if rest:
            log(rest + "\n", False)
        status = await self.process.wait()
        await asyncio.sleep(POLL_SECONDS)
        relay.cancel()
        self.control.close(0)
        self.events.close(0)
        say("program_ended", status=status)
        return status

    async def _relay(self):
        while True:
            self.progress(await self.events.recv_string())

    def publish(self, text):
        """§2.9: what a client sends is published as it is (§6 S12)."""
        say("published", text=text)
        self.control.send_string(text)

    def signal(self, number):
        if self.process and self.process.returncode is None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                pass

    def stop(self):
        self.signal(signal.SIGINT)  # §2.6: JOB_STOP, a checkpoint is saved

    async def cancel(self):
        self.signal(signal.SIGTERM)  # §2.6: JOB_CANCEL, SIGKILL after 5 s
        await asyncio.sleep(5)
        self.signal(signal.SIGKILL)
