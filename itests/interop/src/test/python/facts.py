"""What a stand-in observes: one line of JSON for each thing, on standard output."""

import json
import os

NAME = None
LONGEST_TEXT = 3000


def say(fact, **details):
    """Prints one fact in one write, so that the lines of several processes do not mix."""
    short = {key: value[:LONGEST_TEXT] if isinstance(value, str) else value for key, value in details.items()}
    os.write(1, (json.dumps({"peer": NAME, "fact": fact, **short}) + "\n").encode())
