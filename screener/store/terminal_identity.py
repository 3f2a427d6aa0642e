"""What a terminal keeps beside the store: the key with which it signs, and the clinic that it knows.

Both lie in the state folder of its account. Whoever writes into the store cannot write them.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import Any

from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.store.clinic import Clinic, key_exchanged_message
from screener.store.signature import SECRET, Signer, new_signer


class TerminalIdentity:
    """``clinic_file`` is the file that describes the clinic which this terminal knows; ``None``: it remembers none."""

    def __init__(self, signer: Signer | None = None, clinic_file: Path | None = None) -> None:
        self.signer = signer or new_signer()
        self._clinic_file = clinic_file
        self.may_lag = False
        """Whether a store may have the clinic as this terminal knew it earlier, as an outbox does for a while."""

    @property
    def copies(self) -> Path | None:
        """The file that lists the copies which were saved on this machine; ``None``: nothing is remembered here."""
        file = self._clinic_file
        return file.with_name(file.name.replace("clinic-", "copies-", 1)) if file else None

    def recognise(self, clinic: Clinic | None, keys: Collection[bytes] = ()) -> None:
        """Raise ``ScreenerError`` where this is not the clinic that this terminal knows, or one that nobody signed.

        What the clinic signed later is taken over; ``keys`` are those that it signed with, as ``signing_keys`` returns
        them.
        """
        own_clinic = self._own_clinic()
        if clinic is None:
            if own_clinic:
                raise ScreenerError(
                    _("This terminal belongs to a clinic, and its store has none any more. Ask whoever looks after it.")
                )
        elif not own_clinic:
            clinic.require_signature()
            self.know(clinic)
        elif own_clinic["digest"] != clinic.digest.hex():
            if self.may_lag and clinic.digest.hex() in own_clinic.get("earlier", ()):
                return
            same_keys = [own_clinic["public"], own_clinic["recovery"]] == [
                clinic.public.hex(),
                clinic.recovery.hex(),
            ]
            if not own_clinic["signing"]:
                # An older format knew no signatures. Staff who unlock here vouch for the key of the new ones.
                if not same_keys:
                    raise ScreenerError(key_exchanged_message())
                return
            is_own_clinic = own_clinic["signing"] in {clinic.signing.hex(), *(key.hex() for key in keys)}
            if not is_own_clinic or own_clinic["serial"] >= clinic.serial:
                raise ScreenerError(key_exchanged_message())
            clinic.require_signature()
            self.know(clinic)

    def know(self, clinic: Clinic, *, anew: bool = False) -> None:
        """Remember the clinic; staff who unlock vouch for it. One that was set up ``anew`` follows no other."""
        own_clinic = self._own_clinic()
        if self._clinic_file is None or own_clinic.get("digest") == clinic.digest.hex():
            return
        earlier = [*own_clinic.get("earlier", ()), own_clinic["digest"]] if own_clinic and not anew else []
        described = {
            "signing": clinic.signing.hex(),
            "serial": clinic.serial,
            "digest": clinic.digest.hex(),
            "public": clinic.public.hex(),
            "recovery": clinic.recovery.hex(),
            "earlier": earlier,
        }
        with suppress(OSError):  # A terminal that may not write there knows nothing at its next start either.
            replacement = self._clinic_file.with_suffix(f".{os.getpid()}")
            replacement.write_text(json.dumps(described), "utf-8")
            replacement.replace(self._clinic_file)

    def forget(self) -> None:
        """Know no clinic any more."""
        if self._clinic_file:
            self._clinic_file.unlink(missing_ok=True)

    def _own_clinic(self) -> dict[str, Any]:
        try:
            own_clinic = json.loads(self._clinic_file.read_text("utf-8")) if self._clinic_file else {}
        except (OSError, ValueError, RecursionError):
            return {}
        fields = {"signing", "serial", "digest", "public", "recovery"}
        return own_clinic if isinstance(own_clinic, dict) and own_clinic.keys() >= fields else {}


def identity_in(folder: Path, location: str, terminal: str) -> TerminalIdentity:
    """Return the identity of a terminal by its name, for the store at a location; make its key at the first use."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        secret = _secret(folder / f"terminal-{_short(terminal)}.key")
    except OSError:
        return TerminalIdentity()
    return TerminalIdentity(Signer(secret), folder / f"clinic-{_short(location)}.json")


def _secret(path: Path) -> bytes:
    """Return the key in a file. Of two programs that make it at once, the first one wins."""
    if not path.exists():
        fresh = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.write(descriptor, new_signer().secret)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        with suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    secret = path.read_bytes()
    if len(secret) != SECRET:
        path.unlink()
        return _secret(path)
    return secret


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
