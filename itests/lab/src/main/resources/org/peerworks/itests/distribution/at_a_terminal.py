"""Runs a command at a terminal of its own, and types when something is to be read.

at_a_terminal.py [TEXT KEYS]... -- COMMAND...

Prints what the terminal showed and ends as the command did.
"""
import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time

PATIENCE = 100

words = sys.argv[1:]
split = words.index("--")
steps, command = words[:split], words[split + 1:]
steps = list(zip(steps[::2], steps[1::2]))

pid, terminal = pty.fork()
if pid == 0:
    os.execvp(command[0], command)
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))

seen = b""
shown = b""
deadline = time.monotonic() + PATIENCE
while True:
    if steps and steps[0][0].encode() in seen:
        seen = b""
        # As a person, who reads before typing.
        time.sleep(0.3)
        os.write(terminal, steps.pop(0)[1].encode().decode("unicode_escape").encode())
    ready = select.select([terminal], [], [], 0.1)[0]
    if ready:
        try:
            data = os.read(terminal, 65536)
        except OSError:
            data = b""
        if not data:
            break
        seen += data
        shown += data
    if time.monotonic() > deadline:
        os.kill(pid, 9)
        shown += b"\n(no end)\n"
        break
sys.stdout.buffer.write(shown)
sys.stdout.flush()
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) & 0xff)
