"""An archive of the content that a response was given under, so that it reads the same in ten years."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from screener.content.cache import load_cached, read_by_load
from screener.content.compiled import Content
from screener.errors import ScreenerError
from screener.file_text import reading_archive
from screener.i18n.gettext import _
from screener.store.crypto import Unreadable
from screener.store.decoding import MOST_BYTES, decoding


def content_hash(content: Content) -> str:
    """Return the hash that identifies this version of questionnaire and ruleset."""
    return hashlib.sha256(f"{content.questionnaire_hash} {content.ruleset_hash}".encode()).hexdigest()


def pack(folder: Path, questionnaire: str) -> bytes:
    """Pack the files of a questionnaire and its rules into a ZIP archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(read_by_load(folder, questionnaire)):
            archive.writestr(zipfile.ZipInfo(path.relative_to(folder).as_posix()), path.read_bytes())
    return packed.getvalue()


def unpack(packed: bytes, questionnaire: str, hash: str, cache_folder: Path) -> Content:
    """Return the content of a hash; ``cache_folder`` holds the contents that were checked before.

    Raise ``ScreenerError`` if this version of the program cannot read it, or it differs from the packed content.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        try:
            with decoding(), zipfile.ZipFile(io.BytesIO(packed)) as archive:
                if sum(member.file_size for member in archive.infolist()) > MOST_BYTES:
                    raise ValueError("too large")
                archive.extractall(folder)
        except Unreadable:
            raise ScreenerError(_("The questions that this response was given under cannot be read.")) from None
        with reading_archive():
            content = load_cached(folder, questionnaire, cache_folder)
    if content_hash(content) != hash:
        raise ScreenerError(_("The questions kept with this response are not those that it was given under."))
    return content
