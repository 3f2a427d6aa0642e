"""The command ``screener``."""

from __future__ import annotations

import sys

from screener.hardening import hold_descriptors, install_excepthook, leave_no_core


def main() -> None:
    """Run the command line and end the process with its exit code."""
    hold_descriptors()
    install_excepthook()
    leave_no_core()
    from screener.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
