"""``screener clinic sign``: a named clinician signs the content in use for this clinic, by its hash."""

from __future__ import annotations

from argparse import Namespace

from platformdirs import user_cache_path

from screener.cli.clinic.open_store import clinic_of, existing_store, unlocked
from screener.cli.content import chosen
from screener.cli.output import note, say
from screener.cli.prompts import ask
from screener.content.cache import load_cached
from screener.errors import ScreenerError
from screener.store.approval import approve
from screener.store.content_archive import content_hash

_WORD = "SIGNED"


def run(options: Namespace) -> int:
    """Ask who called the crisis lines, and for one word to sign with."""
    content = load_cached(*chosen(options.content, options.questionnaire), user_cache_path("screener") / "content")
    staff_store = unlocked(existing_store())
    clinic = clinic_of(staff_store.store)
    signed = content_hash(content)
    say(f"{content.questionnaire.title}, version {content.questionnaire.version}")
    say(f"Hash: {signed}")
    note("By signing, you say that you read these questions and rules, and that they may be used at this clinic.")
    lines = ask(f"Who called the crisis lines of {clinic.region}, and when?", str)
    ask(f"Type {_WORD} to sign as {staff_store.name}:", _same)
    approve(staff_store, signed, lines)
    say(f"Signed by {staff_store.name}. Every change of the content needs a new signature.")
    return 0


def _same(typed: str) -> None:
    if typed.strip() != _WORD:
        raise ScreenerError("Nothing was signed.")
