"""Runs stand-ins as processes of their own, without waiting for Python to start each time.

Reads one JSON object for each line of standard input:

  {"start": NAME, "play": "server|worker|client|wrong|person|gui|hostile_client|hostile_worker", ...options}   starts a stand-in
  {"signal": NAME, "number": 15}                                      sends it a signal

and prints what the stand-ins observe, then {"peer": NAME, "fact": "ended", "status": N} for each that ends. The end
of standard input ends all of them.
"""

import asyncio
import json
import os
import select
import signal
import sys
import traceback
from types import SimpleNamespace

import client
import facts
import gui
import hostile_client
import hostile_worker
import person
import server
import worker
import wrong

PLAYS = {"server": server.run, "worker": worker.run, "client": client.run, "wrong": wrong.run,
         "person": person.run, "gui": gui.run, "hostile_client": hostile_client.run, "hostile_worker": hostile_worker.run}
children = {}


def play(name, options):
    """In the child: one stand-in from its first to its last moment."""
    facts.NAME = name
    status = 0
    try:
        os.chdir(options.pop("directory", "."))
        asyncio.run(PLAYS[options.pop("play")](SimpleNamespace(**options)))
    except (KeyboardInterrupt, SystemExit):
        pass
    except BaseException:
        facts.say("broken", trace=traceback.format_exc()[-2500:])
        status = 1
    os._exit(status)


def start(name, options):
    pid = os.fork()
    if pid == 0:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.setpgid(0, 0)
        play(name, options)
    children[pid] = name


def reap():
    while children:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        facts.NAME = children.pop(pid)
        facts.say("ended", status=os.waitstatus_to_exitcode(status))


def send(name, number):
    for pid, child in children.items():
        if child == name:
            os.kill(pid, number)


def command(line):
    words = json.loads(line)
    if "start" in words:
        start(words.pop("start"), words)
    else:
        send(words["signal"], words["number"])


def main():
    awake, ring = os.pipe()
    for end in (awake, ring):
        os.set_blocking(end, False)
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    signal.set_wakeup_fd(ring)
    rest = b""
    while True:
        ready, _, _ = select.select([0, awake], [], [])
        if awake in ready:
            os.read(awake, 4096)
            reap()
        if 0 in ready:
            read = os.read(0, 65536)
            if not read:
                break
            *lines, rest = (rest + read).split(b"\n")
            for line in lines:
                command(line)
    for pid in children:
        for end in (os.kill, os.killpg):
            try:
                end(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass


if __name__ == "__main__":
    sys.exit(main())
