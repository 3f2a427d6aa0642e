"""Kill a program in the middle of its writing."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable


def killed(write: Callable[[str, int], None], location: str, chance: random.Random, most: int) -> list[str]:
    """Return the lines that a program wrote to its pipe until it was killed, ``most`` or a few more.

    ``write`` takes the location of the store and the pipe, and does not end by itself.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            write(location, writing)
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading) as output:
        lines = [line for _, line in zip(range(chance.randrange(1, most)), output, strict=False)]
        for _ in range(chance.randrange(50_000)):
            pass  # So that the kill comes at any point of a write.
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return lines + output.read().splitlines()
