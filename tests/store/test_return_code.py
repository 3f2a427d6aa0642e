"""Keys that people carry: four words, and a sheet of paper."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.errors import ScreenerError
from screener.store.crypto import Cost
from screener.store.recovery_key import format_recovery_key, parse_recovery_key
from screener.store.return_code import WORDS, NotACode, new_code, normalise_code, tag_and_key

# The return code


def test_a_return_code_is_four_words_of_two_thousand() -> None:
    """Forty-four bits, none of them from a list that is shorter than it says."""
    words = {word for _ in range(2000) for word in new_code().split()}
    assert len(words) > 1900
    assert all(word.isascii() and word.islower() and 3 <= len(word) <= 8 for word in words)
    assert len({new_code() for _ in range(100)}) == 100


@given(chance=st.randoms(use_true_random=False))
def test_a_return_code_is_understood_however_it_is_written(chance: random.Random) -> None:
    code = new_code()
    typed = chance.choice([" ", "  ", "-", " - "]).join(
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
