"""A clock for programs that run on their own: it stands where a test puts it, for all programs that were given it.

Only the time of day is moved. How long something takes is measured as always.
"""

from __future__ import annotations

import datetime
import mmap
import shutil
import struct
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

_LIBRARY = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
static volatile long *at;
__attribute__((constructor)) static void begin(void) {
    int file = open(getenv("INJECTED_CLOCK"), O_RDONLY | O_CLOEXEC);
    at = mmap(NULL, sizeof(long), PROT_READ, MAP_SHARED, file, 0);
    if (at == MAP_FAILED) abort();
}
int clock_gettime(clockid_t clock, struct timespec *now) {
    if (clock == CLOCK_REALTIME) { now->tv_sec = *at; now->tv_nsec = 0; return 0; }
    int (*usual)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
    return usual(clock, now);
}
int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    now->tv_sec = *at; now->tv_usec = 0; return 0;
}
time_t time(time_t *now) { if (now) *now = *at; return *at; }
"""


class InjectedClock:
    """``environment`` gives it to a program and to all that this one starts."""

    def __init__(self, folder: Path, day: datetime.date) -> None:
        """Build it in a folder. Skip the test where programs cannot be given a clock."""
        compiler = shutil.which("cc")
        if not compiler or sys.platform != "linux":
            pytest.skip("No compiler of C for Linux is here, and without it a program has the clock of the machine.")
        self._first = day
        library, place = folder / "clock.so", folder / "clock"
        command = [compiler, "-shared", "-fPIC", "-x", "c", "-", "-o", str(library), "-ldl"]
        subprocess.run(command, input=_LIBRARY, text=True, check=True)
        place.write_bytes(bytes(8))
        with place.open("r+b") as file:
            self._at = mmap.mmap(file.fileno(), 8)
        self.environment: Mapping[str, str] = {"LD_PRELOAD": str(library), "INJECTED_CLOCK": str(place)}
        self.says("00:00")

    def says(self, time: str, *, days_later: int = 0) -> None:
        """Put it to a time of day, on the first day or so many days later."""
        day = self._first + datetime.timedelta(days=days_later)
        moment = datetime.datetime.combine(day, datetime.time.fromisoformat(time), datetime.UTC)
        self._at[:] = struct.pack("@q", int(moment.timestamp()))
