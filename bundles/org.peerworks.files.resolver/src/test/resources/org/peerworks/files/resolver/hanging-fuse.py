"""Mounts a file system that says hello and then answers nothing (Linux FUSE kernel protocol 7).

hanging-fuse.py DIRECTORY: prints 'ready', hangs until standard input ends, then lets go.
Needs root and /dev/fuse; nothing else.
"""
import ctypes
import os
import select
import struct
import sys

INIT = 26
directory = os.fsencode(sys.argv[1])
libc = ctypes.CDLL(None, use_errno=True)
device = os.open("/dev/fuse", os.O_RDWR)
options = f"fd={device},rootmode=40000,user_id={os.getuid()},group_id={os.getgid()},allow_other"
if libc.mount(b"peerworks-test", directory, b"fuse.hanging", 6, options.encode()) != 0:
    sys.exit("cannot mount: " + os.strerror(ctypes.get_errno()))
try:
    request = os.read(device, 1 << 20)
    length, opcode, unique = struct.unpack_from("<IIQ", request)
    assert opcode == INIT, opcode
    major, minor, readahead, flags = struct.unpack_from("<IIII", request, 40)
    body = struct.pack("<IIIIHHIIHHI7I", 7, 31, readahead, 0, 16, 12, 65536, 1, 0, 0, 0, *[0] * 7)
    os.write(device, struct.pack("<IiQ", 16 + len(body), 0, unique) + body)
    print("ready", flush=True)
    while True:
        readable, _, _ = select.select([sys.stdin, device], [], [])
        if sys.stdin in readable:
            break
        os.read(device, 1 << 20)  # and no answer
finally:
    os.close(device)  # whoever waits gets an error now
    libc.umount2(directory, 2)
