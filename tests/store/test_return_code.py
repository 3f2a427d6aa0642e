"""Keys that people carry: four words, and a sheet of paper."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mnemonic import Mnemonic

from screener.errors import ScreenerError
from screener.store.crypto import Cost
from screener.store.recovery_key import format_recovery_key, parse_recovery_key
from screener.store.return_code import WORDS, NotACode, code_words, new_code, normalise_code, tag_and_key
from tests.strategies import HERE

# The return code


def test_a_return_code_is_four_words_of_two_thousand() -> None:
    """Forty-four bits, as many as before; no two words begin with the same four letters."""
    assert len(set(code_words())) == len({word[:4] for word in code_words()}) == 2**11
    words = {word for _ in range(2000) for word in new_code().split()}
    assert len(words) > 1900
    assert words <= set(code_words())
    assert all(word.isascii() and word.islower() and 3 <= len(word) <= 8 for word in words)
    assert len({new_code() for _ in range(100)}) == 100


UNFIT = {
    heading: frozenset(words.split())
    for heading, _, words in (
        part.partition("\n") for part in (HERE / "store" / "unfit_words.txt").read_text("ascii").split("\n\n")
    )
}
"""Why a word is unfit, and the words."""
NEVER = (
    "abuse alcohol blood bomb cancer die drug dumb fat gun idiot kill knife pill poison razor sick suffer ugly useless"
)


@pytest.mark.parametrize("reason", UNFIT)
def test_no_word_of_a_return_code_is_unfit_for_patients(reason: str) -> None:
    """No violence, death, drug, insult, illness, fear, faith or family; one spelling for all readers of English."""
    assert not UNFIT[reason] & set(code_words())
    assert not any(word in NEVER.split() for word in code_words())
    assert set(NEVER.split()) <= frozenset().union(*UNFIT.values())


def test_every_word_of_the_list_before_is_kept_or_named_with_its_reason() -> None:
    """Nobody dropped a word by accident, and the new words have the lengths of the old ones."""
    before = set(Mnemonic("english").wordlist)
    assert before - set(code_words()) <= frozenset().union(*UNFIT.values())
    assert all(3 <= len(word) <= 8 for word in code_words())


@pytest.mark.parametrize("code", ["abuse gun knife razor", "Suffer, useless. PILL / vapor"])
def test_codes_of_the_list_before_stay_valid(code: str) -> None:
    assert normalise_code(code) == " ".join(re.findall("[a-z]+", code.lower()))


@given(chance=st.randoms(use_true_random=False))
def test_a_return_code_is_understood_however_it_is_written(chance: random.Random) -> None:
    code = new_code()
    typed = chance.choice([" ", "  ", "-", " - ", ", ", ".", "_", "/", " 2. ", "\n", "\u2013", "\u00a0"]).join(
        chance.choice([str.upper, str.title, str])(w) for w in code.split()
    )
    assert normalise_code(f" {typed}\n") == code


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ("", "4 words"),
        ("able about above", "4 words"),
        ("able about above absent abuse", "4 words"),
        ("able abuot above absent", "word 2"),
        ("able about above \u0430bsent", "word 4"),
        ("able able able bale", "word 4"),
    ],
)
def test_what_is_no_return_code_is_refused_with_the_word_that_is_wrong(typed: str, complaint: str) -> None:
    with pytest.raises(NotACode, match=complaint):
        normalise_code(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("able vapour about above", "vapor"), ("bananna able about above", "banana"), ("able abuot about above", "about")],
)
def test_a_near_miss_gets_a_suggestion(typed: str, meant: str) -> None:
    """A word that is nearly one is not taken for it, but the person need not guess what is wrong."""
    with pytest.raises(NotACode, match=f'Did you mean "{meant}"'):
        normalise_code(typed)


def test_what_finds_a_response_does_not_open_it() -> None:
    tag, key = tag_and_key(new_code(), bytes(16), Cost(64, 1, 1))
    assert (len(tag), len(key)) == (16, 32)
    assert tag not in key
    assert len(new_code().split()) == WORDS


# The recovery key


@given(secret=st.binary(min_size=32, max_size=32))
def test_a_key_on_paper_is_read_again_however_it_is_typed(secret: bytes) -> None:
    """Also with zero for O, one for I and eight for B, which look alike on paper and are not used."""
    paper = format_recovery_key(secret)
    groups = paper.split()
    assert len(groups) == 14
    assert {len(group) for group in groups} == {4}
    assert not set(paper) & set("0189")
    lookalikes = str.maketrans("OIB", "018")
    for typed in (paper, paper.lower(), paper.replace(" ", ""), paper.replace(" ", "-"), paper.translate(lookalikes)):
        assert parse_recovery_key(typed) == secret


@given(secret=st.binary(min_size=32, max_size=32), data=st.data())
def test_one_wrong_missing_or_additional_letter_is_noticed(secret: bytes, data: st.DataObject) -> None:
    """It must not open nothing, years later, without a word why."""
    paper = format_recovery_key(secret).replace(" ", "")
    place = data.draw(st.integers(0, len(paper) - 1))
    letter = data.draw(
        st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567!").filter(lambda candidate: candidate != paper[place])
    )
    for typed in (paper[:place] + letter + paper[place + 1 :], paper[:place] + paper[place + 1 :], paper + letter):
        with pytest.raises(ScreenerError, match="letter is wrong"):
            parse_recovery_key(typed)
