"""Write a summary to a file: private, never over another file, complete or not at all."""

from __future__ import annotations

import json
import os
import resource
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from screener.content.compiled import Content
from screener.document.formats import REGISTRY, TEXT_FORMATS, Format, render
from screener.document.model import Document
from screener.document.save import save, write
from screener.errors import ScreenerError
from tests.document.test_text import answered

REFERENCE = "K7QP-3MXD"


@pytest.fixture
def document(flight: Content) -> Document:
    return answered(flight, "Ämilie Example has a fear of flying")


@pytest.fixture
def open_umask() -> Iterator[None]:
    """Set the umask so that anybody may read and write new files."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("open_umask")
@pytest.mark.parametrize("format", TEXT_FORMATS)
def test_private(document: Document, tmp_path: Path, format: Format) -> None:
    """Check that only the owner can read a saved summary, for every umask of the process."""
    path = save(document, tmp_path, REFERENCE, format)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("format", TEXT_FORMATS)
def test_whole(document: Document, tmp_path: Path, format: Format) -> None:
    """Check that the file has the rendered format exactly, in UTF-8 with plain line ends, alone in its folder."""
    path = save(document, tmp_path, REFERENCE, format)
    assert path.read_bytes() == render(document, format).encode()
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("format", TEXT_FORMATS)
def test_the_name_says_nothing(document: Document, tmp_path: Path, format: Format) -> None:
    """Check that the name of the file has the reference and the audience, and nothing of the person or the answers."""
    path = save(document, tmp_path, REFERENCE, format)
    assert path.name == f"screener-{REFERENCE}-clinician{REGISTRY[format].suffix}"


def test_never_overwrites(document: Document, tmp_path: Path) -> None:
    """Check that an existing file is not changed, and that the message asks for another name."""
    path = save(document, tmp_path, REFERENCE)
    before = path.read_bytes()
    with pytest.raises(ScreenerError, match="exists already"):
        save(document, tmp_path, REFERENCE)
    with pytest.raises(ScreenerError, match="exists already"):
        write(path, "other")
    assert path.read_bytes() == before


@pytest.mark.parametrize("there", [True, False], ids=["to a file", "to nothing"])
def test_no_symbolic_link(tmp_path: Path, there: bool) -> None:
    """Check that a symbolic link with the same name is not followed."""
    target, link = tmp_path / "target", tmp_path / "link"
    if there:
        target.write_text("untouched")
    link.symlink_to(target)
    with pytest.raises(ScreenerError):
        write(link, "secret")
    assert target.exists() is there
    assert not there or target.read_text() == "untouched"


@pytest.mark.parametrize("where", ["missing", "file/inside", "x" * 300], ids=["missing", "a file", "too long"])
def test_no_folder(document: Document, tmp_path: Path, where: str) -> None:
    """Check that a folder that cannot be written to gives one sentence with the remedy, and no traceback."""
    (tmp_path / "file").write_text("")
    with pytest.raises(ScreenerError, match=r"^[^\n]* cannot be written: [^\n]*\. Choose another folder\.$"):
        save(document, tmp_path / where, REFERENCE)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser can write everywhere")
def test_unwritable_folder(document: Document, tmp_path: Path) -> None:
    """Check that a folder without write permission gives one sentence."""
    tmp_path.chmod(0o500)
    with pytest.raises(ScreenerError, match="Permission denied"):
        save(document, tmp_path, REFERENCE)


FULL_DISK = """
import resource, sys
from pathlib import Path
from screener.document.save import write
from screener.errors import ScreenerError
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    write(Path(sys.argv[1]), "x" * 100_000)
except ScreenerError as error:
    sys.exit(str(error))
"""


@pytest.mark.parametrize("room", [0, 1, 4096, 99_999])
def test_full_disk(tmp_path: Path, room: int) -> None:
    """Check that too little room for the file gives one sentence and leaves no part of it."""
    path = tmp_path / "summary.txt"
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, path, str(room)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert done.stderr == f"{path} could not be written in full: File too large. Choose another folder.\n"
    assert list(tmp_path.iterdir()) == []


def test_room_enough(tmp_path: Path) -> None:
    """Check that the same file is written with enough room, so that the test above fails for lack of room only."""
    path = tmp_path / "summary.txt"
    subprocess.run([sys.executable, "-c", FULL_DISK, path, "100000"], check=True, timeout=60)
    assert path.stat().st_size == 100_000
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 100_000


def test_text_that_cannot_be_encoded_leaves_nothing(tmp_path: Path) -> None:
    """Check that text that cannot be encoded leaves no file."""
    with pytest.raises(UnicodeEncodeError):
        write(tmp_path / "summary.txt", "fine so far \ud800")
    assert list(tmp_path.iterdir()) == []


def test_formats_agree(document: Document) -> None:
    """Check that every format has the answers."""
    words = "has a fear of flying"
    assert words in render(document, "text")
    assert words in render(document, "markdown")
    assert words in render(document, "html")
    assert words in json.dumps(json.loads(render(document, "json")))
