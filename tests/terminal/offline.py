"""``screener`` where whatever would reach a network, or start another program, ends it with a code of its own."""

from __future__ import annotations

import os
import sys
from socket import AF_INET, AF_INET6
from typing import Any

REACHED_OUT = 99
_REFUSED = (
    "socket.bind",
    "socket.connect",
    "socket.getaddrinfo",
    "socket.gethostby",
    "socket.getnameinfo",
    "socket.sendto",
    "socket.sendmsg",
    "subprocess.Popen",
    "os.exec",
    "os.posix_spawn",
    "os.system",
)


def shut() -> None:
    """From now on nothing leaves this process but by its files and its terminal."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_REFUSED) or (event == "socket.__new__" and arguments[1] in (AF_INET, AF_INET6)):
        os.write(2, f"{event} {arguments}\n".encode())
        os._exit(REACHED_OUT)


if __name__ == "__main__":
    shut()
    from screener.__main__ import main

    main()
