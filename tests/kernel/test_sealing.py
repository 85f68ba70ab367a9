"""Sealed values: they open with the key of the person, at their own place, and nowhere else."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clausette.kernel.sealing import KeyDestroyed, KeyMissing, Keyring, Spot, Unreadable, sealed_length

WHO, ROW = UUID(int=1), UUID(int=2)
SPOT = Spot("participants_eligibilityreason", ROW, "sealed")
RING = Keyring({WHO: b"k" * 32, UUID(int=9): None})


@settings(max_examples=30)
@given(st.text(max_size=200))
def test_what_is_sealed_opens_the_same_and_never_twice_alike(text: str) -> None:
    sealed = RING.seal(WHO, SPOT, text)
    assert RING.unseal(WHO, SPOT, memoryview(sealed)) == text
    assert RING.seal(WHO, SPOT, text) != sealed
    assert len(sealed) == sealed_length(len(text.encode()))


def test_the_length_of_a_short_word_says_nothing() -> None:
    assert len({len(RING.seal(WHO, SPOT, word)) for word in ("", "RSA", "AVIS_MOTIVE", "x" * 63)}) == 1


@pytest.mark.parametrize(
    "elsewhere",
    [Spot("participants_other", ROW, "sealed"), Spot(SPOT.table, uuid4(), "sealed"), Spot(SPOT.table, ROW, "note")],
)
def test_a_value_moved_to_another_place_does_not_open(elsewhere: Spot) -> None:
    with pytest.raises(Unreadable):
        RING.unseal(WHO, elsewhere, RING.seal(WHO, SPOT, "RSA"))


@pytest.mark.parametrize("at", [0, 5, 20, -1])
def test_one_byte_altered_refuses_the_whole(at: int) -> None:
    sealed = bytearray(RING.seal(WHO, SPOT, "RSA"))
    sealed[at] ^= 1
    with pytest.raises(Unreadable):
        RING.unseal(WHO, SPOT, bytes(sealed))


@pytest.mark.parametrize("short", [b"", b"\x01", b"\x01" + b"n" * 12])
def test_a_value_cut_short_is_unreadable(short: bytes) -> None:
    with pytest.raises(Unreadable):
        RING.unseal(WHO, SPOT, short)


def test_the_key_of_another_opens_nothing() -> None:
    other = Keyring({WHO: b"o" * 32})
    with pytest.raises(Unreadable):
        other.unseal(WHO, SPOT, RING.seal(WHO, SPOT, "RSA"))


def test_a_key_absent_and_a_key_destroyed_are_told_apart() -> None:
    with pytest.raises(KeyDestroyed):
        RING.unseal(UUID(int=9), SPOT, b"")
    with pytest.raises(KeyMissing) as raised:
        RING.unseal(uuid4(), SPOT, b"")
    assert not isinstance(raised.value, KeyDestroyed)
