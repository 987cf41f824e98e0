"""Hostile input, made up from a seed: good messages that are damaged, bytes, floods, the wrong order.

An input is what is sent at once: (kind, [messages]); a message is a text or bytes.
"""

import json
import random

HOSTILE = ["", "\x00", "\ufffd", "😀", "\u202e", "../../../../etc/passwd", "/etc/passwd", "::", ":", "%s%n", "{}", "[]", "null", "-1",
           "0", "1e400", "9" * 30, "NaN", "a" * 300, "a" * 5000, "*", "\r\n", "KEEP_ALIVE", "'; rm -rf x; '", "${jndi:x}", "~/x"]
VALUES = [None, True, False, 0, -1, 1, 0.5, 2**31, 2**63 - 1, 2**63, -2**63, 1e308, [], {}, [[]], [None] * 50, {"a": {"b": {}}}]


class Generator:
    """Inputs of one side of one protocol."""

    def __init__(self, seed, good, pieces=(), gentle=False):
        """good: texts or documents (dict) that the other side takes; pieces: beginnings of its words; gentle: mostly what
        does not end a connection at once, for sides that come once only."""
        self.random = random.Random(seed)
        self.good, self.pieces = list(good), list(pieces)
        self.kinds = [self.damaged] * 8 + [self.strange] * 6 + [self.as_it_is] * 5 + [self.binary] * 3 + [self.garbage] * 2 + [
            self.flood, self.oversized, self.unfinished]
        if gentle:
            self.kinds += [self.strange] * 20 + [self.as_it_is] * 30

    def input(self):
        kind = self.random.choice(self.kinds)
        messages = kind()
        return kind.__name__, messages if isinstance(messages, list) else [messages]

    def pick(self):
        message = self.random.choice(self.good)
        return dict(message) if isinstance(message, dict) else message

    def text(self, message):
        return json.dumps(message, ensure_ascii=self.random.random() < 0.8) if isinstance(message, dict) else message

    def as_it_is(self):
        """A good message, at a moment that is not its own."""
        return self.text(self.pick())

    def value(self):
        return self.random.choice(HOSTILE if self.random.random() < 0.5 else VALUES)

    def strange(self):
        """Good but for a field or two."""
        message = self.pick()
        for _ in range(self.random.choice((1, 1, 2))):
            message = self.changed(message) if isinstance(message, dict) else self.spliced(message)
        return self.text(message)

    def changed(self, message):
        message = dict(message)
        name = self.random.choice(list(message) or ["x"])
        inner = message.get(name)
        if isinstance(inner, dict) and inner and self.random.random() < 0.8:
            message[name] = self.changed(inner)
        elif self.random.random() < 0.2:
            message.pop(name, None)
        else:
            message[name] = self.value()
        return message

    def spliced(self, message):
        """One field of a text with separators."""
        fields = message.split("::")
        fields[self.random.randrange(len(fields))] = str(self.random.choice(HOSTILE))
        return "::".join(fields)

    def damaged(self):
        """Cut, doubled, with other characters."""
        message = self.text(self.pick())
        at = self.random.randrange(len(message) + 1)
        way = self.random.randrange(6)
        if way == 0:
            return message[:at]
        if way == 1:
            return message[:at] + self.random.choice(HOSTILE) + message[at:]
        if way == 2:
            return message[at:] + message[:at]
        if way == 3:
            return message + message
        if way == 4:
            return message[:at] + chr(self.random.choice((self.random.randrange(32), self.random.randrange(0x80, 0xd800)))) + message[at + 1:]
        return self.random.choice(self.pieces or [message]) + self.random.choice(HOSTILE) + message[at:]

    def binary(self):
        """Bytes: none of a frame, a frame of nothing, the length of a header, keep-alives."""
        size = self.random.choice((0, 1, 9, 10, 11, 15, 16, 17, 100, 1016, 16_000))
        data = bytearray(self.random.randbytes(size))
        if size >= 16 and self.random.random() < 0.7:
            data[0:8] = bytes((1, 0, 0, 0, 0, 0, 0, self.random.randrange(4)))
            if self.random.random() < 0.5:
                data[8:16] = bytes(8)
        return b"KEEP_ALIVE" if self.random.random() < 0.1 else bytes(data)

    def garbage(self):
        length = self.random.choice((1, 3, 50, 2000))
        return "".join(chr(self.random.choice((self.random.randrange(128), self.random.randrange(0xd800)))) for _ in range(length))

    def flood(self):
        """Many at once, so that none is answered before the last has come."""
        message = self.as_it_is() if self.random.random() < 0.7 else b"x" * 100
        return [message] * self.random.choice((100, 300))

    def oversized(self):
        size = self.random.choice((9_000, 65_536, 200_000, 300_000))
        if self.random.random() < 0.3:
            return bytes(size)
        message = self.text(self.pick())
        return message + self.random.choice((" ", "x", "[", "\\u0000", "{\"a\":")) * (size // 4)

    def unfinished(self):
        """Parts of a text that never end, or that end what never began."""
        part = "+" + "x" * self.random.choice((0, 10, 600, 60_000))
        return [part] * self.random.choice((1, 3, 20)) + (["=" + "x"] if self.random.random() < 0.5 else [])
