"""What tests let other processes do, which they then kill, starve or read from."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]


def told(program: str, *arguments: object) -> Any:
    """What one of these programs says, as JSON, when it has come to its end."""
    command = [sys.executable, "-m", f"{__name__}.{program}", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return json.loads(done.stdout)


def started(program: str, *arguments: object) -> subprocess.Popen[str]:
    """One of these programs, while it runs."""
    command = [sys.executable, "-m", f"{__name__}.{program}", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
