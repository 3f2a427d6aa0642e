"""What is sealed is opened by its key, at its place, as it was; or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.store.crypto import (
    SEALED_KEY,
    Cost,
    Unreadable,
    derive_key,
    new_key,
    new_pair,
    opener,
    public_key_of,
    seal,
    seal_to,
    unseal,
)

PLACE = b"screener/1|snapshot|1|"
QUICK = Cost(64, 1, 1)


@given(content=st.binary(max_size=2000), padded_to=st.sampled_from([1, 512, 8192]))
def test_what_was_sealed_is_opened_as_it_was(content: bytes, padded_to: int) -> None:
    key = new_key()
    assert unseal(seal(content, key, PLACE, padded_to=padded_to), key, PLACE) == content


@given(sizes=st.tuples(st.integers(0, 8188), st.integers(0, 8188)))
def test_the_length_shows_in_steps_only(sizes: tuple[int, int]) -> None:
    key = new_key()
    assert len({len(seal(bytes(size), key, PLACE, padded_to=8192)) for size in sizes}) == 1


@given(content=st.binary(min_size=1, max_size=200), bit=st.integers(0), data=st.data())
def test_nothing_is_opened_of_what_was_changed_or_cut_off(content: bytes, bit: int, data: st.DataObject) -> None:
    key = new_key()
    sealed = bytearray(seal(content, key, PLACE))
    bit %= 8 * len(sealed)
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Unreadable):
        unseal(bytes(sealed), key, PLACE)
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Unreadable):
        unseal(bytes(sealed[: data.draw(st.integers(0, len(sealed) - 1))]), key, PLACE)


def test_nothing_is_opened_with_another_key_or_at_another_place() -> None:
    key = new_key()
    sealed = seal(b"content", key, PLACE)
    for wrong_key in (new_key(), b"", key[:16]):
        with pytest.raises(Unreadable):
            unseal(sealed, wrong_key, PLACE)
    with pytest.raises(Unreadable):
        unseal(sealed, key, PLACE + b"2")


def test_the_same_content_never_looks_the_same_twice() -> None:
    key = new_key()
    assert len({seal(b"content", key, PLACE) for _ in range(50)}) == 50


def test_who_seals_to_a_public_key_cannot_open_it_again() -> None:
    secret, public = new_pair()
    sealed = seal_to(public, new_key(), PLACE)
    assert len(sealed) == SEALED_KEY
    with pytest.raises(Unreadable):
        opener(public)(sealed, PLACE)
    opened = opener(secret)
    assert len(opened(sealed, PLACE)) == 32
    with pytest.raises(Unreadable):
        opened(sealed, PLACE + b"2")
    with pytest.raises(Unreadable):
        opened(b"", PLACE)
    with pytest.raises(Unreadable):
        opener(new_pair()[0])(sealed, PLACE)


def test_a_public_key_goes_with_its_secret_key_alone() -> None:
    secret, public = new_pair()
    assert public_key_of(secret) == public != public_key_of(new_pair()[0])


def test_a_guess_at_a_passphrase_costs_what_it_must() -> None:
    """A quarter of a gigabyte, three times over; and the key that comes of it never changes."""
    assert (Cost().memory, Cost().passes, Cost().lanes) == (262_144, 3, 4)
    key = derive_key("four quiet grey geese", b"sixteen bytes!!!", Cost())
    assert key.hex() == "9c7359d54bcf155791ca1c362c92665a3dd4f52a2696828f4cf0e3767b474d13"


def test_a_passphrase_is_the_same_however_its_accents_are_typed() -> None:
    def key(passphrase: str, salt: bytes = bytes(16)) -> bytes:
        return derive_key(passphrase, salt, QUICK)

    assert key("caf\u00e9 au lait") == key("cafe\u0301 au lait")
    assert key("cafe au lait") != key("caf\u00e9 au lait")
    assert key("cafe au lait") != key("cafe au lait", b"another salt 16.")
