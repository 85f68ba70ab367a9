"""The social security number is found; what looks like it passes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.kernel.nir import find_nir, has_valid_key


def key(body: str) -> str:
    number = int(body.replace("2A", "19").replace("2B", "18"))
    return f"{97 - number % 97:02d}"


@st.composite
def bodies(draw: st.DrawFn) -> str:
    department = draw(
        st.one_of(st.integers(1, 95).map("{:02d}".format), st.sampled_from(["2A", "2B", "97", "99"]))
    )
    return (
        f"{draw(st.sampled_from('12'))}{draw(st.integers(0, 99)):02d}{draw(st.integers(1, 12)):02d}"
        f"{department}{draw(st.integers(1, 999)):03d}{draw(st.integers(1, 999)):03d}"
    )


@pytest.mark.parametrize(
    "text",
    [
        "185057800608491",
        "1 85 05 78 006 084 91",
        "1 85 05 78 006 084 / 91",
        "1.85.05.78.006.084.91",
        "1-85-05-78-006-084-91",
        "1850578006084 91",
        "185 057 800 608 491",
        "1 8 5 0 5 7 8 0 0 6 0 8 4 9 1",
        "n° sécu:185057800608491.",
        "NIR185057800608491",
        "１８５０５７８００６０８４９１",
        "1\u202f85\u202f05\u202f78\u202f006\u202f084\u202f91",
        "Tél 06 12 34 56 78, sécu 1 85 05 78 006 084 91, voir lundi",
    ],
)
def test_certain(text: str) -> None:
    finding = find_nir(text)
    assert finding is not None
    assert finding.certainty == "certain"
    assert "retirez-le" in finding.sentence
    assert text[finding.start] in "1１"


@pytest.mark.parametrize("department", ["2A", "2B", "2a", "2b"])
def test_corsica(department: str) -> None:
    body = f"18505{department}006084"
    finding = find_nir(f"voir {body}{key(body.upper())} merci")
    assert finding is not None
    assert (finding.certainty, finding.start) == ("certain", 5)


@given(bodies())
def test_all_built_numbers_are_found(body: str) -> None:
    finding = find_nir(f"a {body}{key(body)} b")
    assert finding is not None
    assert (finding.certainty, finding.start, finding.end) == ("certain", 2, 17)
    spaced = f"{body[0]} {body[1:3]} {body[3:5]} {body[5:7]} {body[7:10]} {body[10:]} {key(body)}"
    found = find_nir(spaced)
    assert found is not None
    assert found.certainty == "certain"


@given(bodies())
def test_thirteen_are_possible(body: str) -> None:
    finding = find_nir(f"dossier {body}")
    assert finding is not None
    assert finding.certainty == "possible"
    assert "confirmez" in finding.sentence


@given(bodies(), st.integers(1, 96))
def test_wrong_key_is_not_certain(body: str, shift: int) -> None:
    wrong = f"{(int(key(body)) + shift - 1) % 97 + 1:02d}"
    assert find_nir(f"{body}{wrong}") is None


@pytest.mark.parametrize(
    "text",
    [
        "SIRET 73282932000074",
        "SIRET 732 829 320 00074 et 356 000 000 00048",
        "06 12 34 56 78",
        "+33 6 12 34 56 78 / 06.12.34.56.78",
        "0033 6 12 34 56 78",
        "FR76 3000 6000 0112 3456 7890 189",
        "FR7630006000011234567890189",
        "BIC AGRIFRPP, IBAN FR14 2004 1010 0505 0001 3M02 606",
        "550e8400-e29b-41d4-a716-446655440000",
        "marché 2026-0123-45, lot 3, 1 234 567,89 €",
        "99999 26 12345",
        "185057800608492",  # key off by one
        "9850578006084",  # thirteen, no sex digit
        "",
        "aucun chiffre",
        "1850578006084912",  # sixteen
    ],
)
def test_passes(text: str) -> None:
    assert find_nir(text) is None


def test_certain_wins_over_possible() -> None:
    finding = find_nir("1850578006084 puis le vrai : 2 69 05 49 588 157 80")
    assert finding is not None
    assert finding.certainty == "certain"


def test_key() -> None:
    assert has_valid_key("185057800608491")
    assert not has_valid_key("185057800608490")
    assert not has_valid_key("1850578006084")
    assert not has_valid_key("18505780A608491")


@given(st.text(alphabet="0123456789AB -./", max_size=300))
def test_never_fails(text: str) -> None:
    find_nir(text)


def test_long_text_is_quick() -> None:
    assert find_nir("06 12 " * 20_000) is None
    assert find_nir("2A" * 50_000) is None
    assert find_nir("1" * 100_000) is None


def test_a_true_iban_passes_even_when_it_ends_like_a_number() -> None:
    account = "30004000" + "185057800608491"
    letters = "152700"  # FR00, moved to the end
    check = f"{98 - int(account + letters) % 97:02d}"
    groups = [account[n : n + 4] for n in range(0, 23, 4)]
    assert find_nir(f"IBAN FR{check} {' '.join(groups)}") is None
    wrong = f"{int(check) % 96 + 2:02d}"
    found = find_nir(f"IBAN FR{wrong} {' '.join(groups)}")
    assert found is not None
    assert found.certainty == "certain"
