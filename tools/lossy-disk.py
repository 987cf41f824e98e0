"""A disk that forgets what was not synced, as one does when its power is cut.

lossy-disk.py DIRECTORY: mounts an empty file system in memory there and prints 'ready'. Then it takes lines:

    cut SEED TARGET   writes to the new directory TARGET what would be found after a power cut now, prints 'done'

Of a file that is what it was at its last fsync, and any of the pages that were written since. Of names that is what
directories had at the last fsync of any of them, and any number of the changes after it in their order, as a file system
with a journal has it. Whatever follows from SEED alone is chosen by it. Ends with standard input.

Needs root, /dev/fuse and Debian's python3-fusepy. Tests start it; kill what writes to it before a cut.
"""
import errno
import os
import random
import stat
import sys
import threading
import time

import fusepy as fuse

PAGE = 4096


class Node:
    def __init__(self, mode):
        self.mode = mode
        self.content = bytearray()
        self.synced = b""
        self.unsynced = []  # (offset, bytes) of writes, (length, None) of truncations
        self.entries = {}
        self.target = ""
        self.links = 1
        self.changed = time.time()


class Lossy(fuse.Operations):
    def __init__(self):
        self.root = Node(stat.S_IFDIR | 0o755)
        self.changes = []  # of names: lists of (directory, name, node or None), each list at once
        self.durable = {self.root: {}}  # names that will be there
        self.guard = threading.Lock()

    def __call__(self, operation, *arguments):
        with self.guard:
            return super().__call__(operation, *arguments)

    def find(self, path):
        node = self.root
        for name in filter(None, path.split("/")):
            node = node.entries.get(name)
            if node is None:
                raise fuse.FuseOSError(errno.ENOENT)
        return node

    def place(self, path):
        parent, name = path.rsplit("/", 1)
        return self.find(parent), name

    def change(self, *names):
        for directory, name, node in names:
            if node is None:
                directory.entries.pop(name, None)
            else:
                directory.entries[name] = node
            directory.changed = time.time()
        self.changes.append(names)

    def add(self, path, node):
        directory, name = self.place(path)
        self.change((directory, name, node))
        return node

    # Names

    def getattr(self, path, handle=None):
        node = self.find(path)
        size = len(node.content) if not node.target else len(node.target)
        return {
            "st_mode": node.mode, "st_nlink": node.links, "st_size": size, "st_uid": os.getuid(), "st_gid": os.getgid(),
            "st_ino": id(node), "st_blocks": (size + 511) // 512,
            "st_mtime": node.changed, "st_ctime": node.changed, "st_atime": node.changed,
        }

    def readdir(self, path, handle):
        return [".", "..", *self.find(path).entries]

    def mkdir(self, path, mode):
        self.add(path, Node(stat.S_IFDIR | mode))

    def create(self, path, mode, info=None):
        self.add(path, Node(stat.S_IFREG | mode))
        return 0

    def symlink(self, path, target):
        node = Node(stat.S_IFLNK | 0o777)
        node.target = target
        self.add(path, node)

    def readlink(self, path):
        return self.find(path).target

    def link(self, path, existing):
        node = self.find(existing)
        node.links += 1
        self.add(path, node)

    def unlink(self, path):
        directory, name = self.place(path)
        self.find(path).links -= 1
        self.change((directory, name, None))

    def rmdir(self, path):
        if self.find(path).entries:
            raise fuse.FuseOSError(errno.ENOTEMPTY)
        self.unlink(path)

    def rename(self, old, new):
        node = self.find(old)
        (directory, name), (target, called) = self.place(old), self.place(new)
        self.change((directory, name, None), (target, called, node))

    def chmod(self, path, mode):
        node = self.find(path)
        node.mode = stat.S_IFMT(node.mode) | mode

    def chown(self, path, uid, gid):
        self.find(path)

    def utimens(self, path, times=None):
        node = self.find(path)
        node.changed = times[1] if times else time.time()

    def statfs(self, path):
        return {"f_bsize": PAGE, "f_frsize": PAGE, "f_blocks": 1 << 22, "f_bfree": 1 << 22, "f_bavail": 1 << 22, "f_namemax": 255}

    # Content

    def open(self, path, flags):
        self.find(path)
        return 0

    def read(self, path, size, offset, handle):
        return bytes(self.find(path).content[offset:offset + size])

    def write(self, path, data, offset, handle):
        node = self.find(path)
        self.put(node.content, offset, data)
        for start in range(0, len(data), PAGE):
            node.unsynced.append((offset + start, data[start:start + PAGE]))
        node.changed = time.time()
        return len(data)

    def truncate(self, path, length, handle=None):
        node = self.find(path)
        self.cut_to(node.content, length)
        node.unsynced.append((length, None))
        node.changed = time.time()

    @staticmethod
    def put(content, offset, data):
        if offset > len(content):
            content.extend(bytes(offset - len(content)))
        content[offset:offset + len(data)] = data

    @staticmethod
    def cut_to(content, length):
        del content[length:]
        content.extend(bytes(length - len(content)))

    # What lasts

    def fsync(self, path, only_data, handle):
        node = self.find(path)
        node.synced = bytes(node.content)
        node.unsynced = []

    def fsyncdir(self, path, only_data, handle):
        directory = self.find(path)
        last = max((i for i, names in enumerate(self.changes) if any(n[0] is directory for n in names)), default=-1)
        for names in self.changes[:last + 1]:
            self.apply(self.durable, names)
        del self.changes[:last + 1]

    @staticmethod
    def apply(tree, names):
        for directory, name, node in names:
            entries = tree.setdefault(directory, {})
            if node is None:
                entries.pop(name, None)
            else:
                entries[name] = node

    def cut(self, seed, target):
        chance = random.Random(seed)
        tree = {directory: dict(entries) for directory, entries in self.durable.items()}
        for names in self.changes[:chance.randint(0, len(self.changes))]:
            self.apply(tree, names)
        self.write_out(tree, self.root, target, chance)

    def write_out(self, tree, directory, target, chance):
        os.mkdir(target)
        for name, node in sorted(tree.get(directory, {}).items()):
            path = os.path.join(target, name)
            if stat.S_ISDIR(node.mode):
                self.write_out(tree, node, path, chance)
            elif stat.S_ISLNK(node.mode):
                os.symlink(node.target, path)
            else:
                content = bytearray(node.synced)
                likely = chance.choice([0, 0.5, 1])
                for offset, data in node.unsynced:
                    if chance.random() < likely:
                        self.cut_to(content, offset) if data is None else self.put(content, offset, data)
                with open(path, "wb") as file:
                    file.write(content)
                os.chmod(path, stat.S_IMODE(node.mode))


def serve(disk, directory):
    print("ready", flush=True)
    for line in sys.stdin:
        word, seed, target = line.rstrip("\n").split(" ", 2)
        assert word == "cut", line
        with disk.guard:
            disk.cut(int(seed), target)
        print("done", flush=True)
    os.system(f"umount -l '{directory}'")


def main():
    directory = os.path.abspath(sys.argv[1])
    disk = Lossy()
    disk.init = lambda path: threading.Thread(target=serve, args=(disk, directory), daemon=True).start()
    fuse.FUSE(disk, directory, foreground=True, nothreads=True, big_writes=True, default_permissions=True, fsname="lossy")


main()
