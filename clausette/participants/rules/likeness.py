"""Are two records the same person? A score out of 100 with its reasons, for a person to decide; nothing is automatic.

Source: practice of the trade (MODEL §3: one person, once) and of record linkage: agreement is weighed field by field
(Fellegi and Sunter, « A Theory for Record Linkage », 1969). The weights are ours: a name alone never makes a pair
(homonyms), nor do a birth date and a last name (twins); an e-mail or a telephone shared by two people adds little.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clausette.kernel.text import search_key
from clausette.participants.rules.sounds import sound_of

LIKELY = 70
"""From this score a pair is proposed."""
VERY_LIKELY = 90

PARTICLES = frozenset(
    {
        "de", "du", "des", "d", "la", "le", "les", "l", "von", "van", "der", "den", "el", "al", "ben", "bin", "ibn",
        "epouse", "ep", "nee", "veuve", "vve",
    }
)  # fmt: skip
NO_FIRST_NAME = frozenset({"sans prenom", "sp", "x", "xx", "inconnu", "non renseigne"})


class Reason(StrEnum):
    """Why two records look alike; kept as codes, told in French."""

    SAME_NAMES = "same_names"
    SWAPPED = "swapped"
    PART_OF_NAME = "part_of_name"
    SAME_SOUND = "same_sound"
    ONE_LETTER = "one_letter"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    SAME_BIRTH = "same_birth"
    DAY_MONTH = "day_month"
    ONE_DIGIT = "one_digit"
    SAME_EMAIL = "same_email"
    SAME_PHONE = "same_phone"
    SAME_COMMUNE = "same_commune"


TOLD = {
    Reason.SAME_NAMES: "même nom et même prénom",
    Reason.SWAPPED: "nom et prénom inversés",
    Reason.PART_OF_NAME: "l'un porte une partie du nom de l'autre",
    Reason.SAME_SOUND: "noms qui se prononcent de la même façon",
    Reason.ONE_LETTER: "noms qui diffèrent d'une lettre",
    Reason.FIRST_NAME: "même prénom",
    Reason.LAST_NAME: "même nom",
    Reason.SAME_BIRTH: "même date de naissance",
    Reason.DAY_MONTH: "jour et mois de naissance inversés",
    Reason.ONE_DIGIT: "dates de naissance qui diffèrent d'un chiffre",
    Reason.SAME_EMAIL: "même adresse électronique",
    Reason.SAME_PHONE: "même téléphone",
    Reason.SAME_COMMUNE: "même commune",
}
WEIGHTS = {
    Reason.SAME_NAMES: 55, Reason.SWAPPED: 52, Reason.PART_OF_NAME: 46, Reason.SAME_SOUND: 45, Reason.ONE_LETTER: 42,
    Reason.FIRST_NAME: 25, Reason.LAST_NAME: 10, Reason.SAME_BIRTH: 40, Reason.DAY_MONTH: 33, Reason.ONE_DIGIT: 29,
    Reason.SAME_EMAIL: 15, Reason.SAME_PHONE: 15, Reason.SAME_COMMUNE: 6,
}  # fmt: skip
_CONTACTS = (Reason.SAME_EMAIL, Reason.SAME_PHONE)


def name_words(text: str) -> tuple[str, ...]:
    """Return the words of a name as keys, without particles: « De La Fontaine-Œuvrard » → fontaine, oeuvrard.

    A name made of particles alone keeps them (« Le »); one that says that there is none has no word.
    """
    key = search_key(text)
    if key in NO_FIRST_NAME:
        return ()
    words = key.split()
    return tuple(word for word in words if word not in PARTICLES) or tuple(words)


def sound_key(last_name: str, first_name: str) -> str:
    """Return the sounds of all the words of a name in one order: the same when last and first name are swapped."""
    return " ".join(sorted(sound_of(word) for word in (*name_words(last_name), *name_words(first_name))))


def contact_email(text: str) -> str:
    """Return an e-mail as it is compared: trimmed, lower case; « » for none."""
    return text.strip().casefold()


def contact_phone(text: str) -> str:
    """Return a telephone as it is compared: its digits, the French prefix 33 as 0 (« +33 6 12… » → « 0612… »)."""
    digits = re.sub(r"[^0-9]", "", text)
    if re.match(r"\s*(?:\+|00)\s*33", text):
        return "0" + digits.removeprefix("00").removeprefix("33").removeprefix("0")
    return digits


@dataclass(frozen=True, slots=True)
class Described:
    """One record as it is compared. `email`, `phone`: marks of what was normalised, « » when unknown."""

    last: tuple[str, ...]
    first: tuple[str, ...]
    birth_date: date
    email: str = ""
    phone: str = ""
    commune: str = ""


def described(
    last_name: str, first_name: str, birth_date: date, *, email: str = "", phone: str = "", commune: str = ""
) -> Described:
    """Return a record as it is compared, from what was typed."""
    return Described(
        name_words(last_name), name_words(first_name), birth_date, email, phone, search_key(commune)
    )


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two records look alike (0 to 100), and why."""

    score: int
    reasons: tuple[Reason, ...]

    @property
    def likely(self) -> bool:
        """Whether the pair is worth a look."""
        return self.score >= LIKELY

    @property
    def told(self) -> str:
        """« Même nom et même prénom, jour et mois de naissance inversés »."""
        return told(self.reasons)


def told(reasons: Iterable[str]) -> str:
    """Return reasons in French, as one sentence without its full stop; unknown codes are left out."""
    known = {reason.value for reason in Reason}
    sentence = ", ".join(TOLD[Reason(reason)] for reason in reasons if reason in known)
    return sentence[:1].upper() + sentence[1:]


def likeness(one: Described, other: Described) -> Likeness:
    """Compare two records. Symmetrical; a record compared with itself has 95 or more, unless it has no name."""
    reasons = [reason for reason in (_names(one, other), _births(one.birth_date, other.birth_date)) if reason]
    if one.email and one.email == other.email:
        reasons.append(Reason.SAME_EMAIL)
    if one.phone and one.phone == other.phone:
        reasons.append(Reason.SAME_PHONE)
    if one.commune and one.commune == other.commune:
        reasons.append(Reason.SAME_COMMUNE)
    score = sum(WEIGHTS[reason] for reason in reasons if reason not in _CONTACTS)
    if any(reason in _CONTACTS for reason in reasons):
        score += WEIGHTS[Reason.SAME_PHONE]  # two contacts in common say no more than one: a household shares both
    return Likeness(min(score, 100), tuple(reasons))


def names_alike(one: Described, other: Described) -> Likeness:
    """Compare two records by their names alone, when the birth date of one is not known."""
    reason = _names(one, other)
    return Likeness(WEIGHTS[reason], (reason,)) if reason else Likeness(0, ())


def _names(one: Described, other: Described) -> Reason | None:
    if not (one.last and other.last):
        return None
    if not (one.first and other.first):
        return Reason.LAST_NAME if _same(one.last, other.last) else None
    if _same(one.last, other.last) and _same(one.first, other.first):
        return Reason.SAME_NAMES
    if _same(one.last, other.first) and _same(one.first, other.last):
        return Reason.SWAPPED
    if sorted(map(sound_of, (*one.last, *one.first))) == sorted(map(sound_of, (*other.last, *other.first))):
        return Reason.SAME_SOUND
    if _part(one.last, other.last) and _part(one.first, other.first):
        return Reason.PART_OF_NAME
    if _near(one, other):
        return Reason.ONE_LETTER
    if _same(one.first, other.first):
        return Reason.FIRST_NAME
    return Reason.LAST_NAME if _same(one.last, other.last) else None


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return "".join(one) == "".join(other) or sorted(one) == sorted(other)


def _part(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """« Dupont » is a part of « Dupont-Martin », written or said."""
    mine, theirs = set(map(sound_of, one)), set(map(sound_of, other))
    return mine <= theirs or theirs <= mine


def _near(one: Described, other: Described) -> bool:
    """One letter of difference in one of the two names, the other said the same way."""
    last, first = "".join(one.last), "".join(one.first)
    last_there, first_there = "".join(other.last), "".join(other.first)
    same_last = _same(one.last, other.last) or sound_of(last) == sound_of(last_there)
    same_first = _same(one.first, other.first) or sound_of(first) == sound_of(first_there)
    if same_first and min(len(last), len(last_there)) > 3 and one_apart(last, last_there):
        return True
    return same_last and min(len(first), len(first_there)) > 3 and one_apart(first, first_there)


def one_apart(one: str, other: str) -> bool:
    """Say whether two words differ by one letter added, dropped, changed, or by two neighbours swapped; not by none."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return True  # the longer one has one letter more at its end
    mine, theirs = one[start:], other[start:]
    if len(mine) != len(theirs):
        return mine[1:] == theirs if len(mine) > len(theirs) else mine == theirs[1:]
    return mine[1:] == theirs[1:] or (mine[:2] == theirs[1::-1] and mine[2:] == theirs[2:])


def _births(one: date, other: date) -> Reason | None:
    if one == other:
        return Reason.SAME_BIRTH
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return Reason.DAY_MONTH
    apart = sum(a != b for a, b in zip(_digits(one), _digits(other), strict=True))
    return Reason.ONE_DIGIT if apart == 1 else None


def _digits(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def near_births(day: date) -> tuple[date, ...]:
    """Return the dates with which `day` may be confused: itself, day and month swapped, one digit wrong."""
    return tuple(sorted(set(_confused(day))))


def _confused(day: date) -> Iterator[date]:
    digits = _digits(day)
    written = {digits[:4] + digits[6:] + digits[4:6]}
    written |= {digits[:at] + digit + digits[at + 1 :] for at in range(8) for digit in "0123456789"}
    for text in written:
        try:
            yield date(int(text[:4]), int(text[4:6]), int(text[6:]))
        except ValueError:
            continue  # no such day


def blocks(one: Described) -> set[tuple[str, ...]]:
    """Return the keys under which a record meets those it may be: each likely pair shares one, few others do.

    Built on what the score asks for: a name said the same way, or a date that may be the same beside one word in
    common (said alike, or beginning alike), or a contact.
    """
    words = {sound_of(word) for word in (*one.last, *one.first)} | {word[:2] for word in (*one.last, *one.first)}
    digits = _digits(one.birth_date)
    dates = {digits[:at] + "." + digits[at + 1 :] for at in range(8)}
    low, high = sorted((digits[4:6], digits[6:]))
    dates.add(f"{digits[:4]}{low}/{high}")
    found: set[tuple[str, ...]] = {(day, word) for day in dates for word in words}
    found.add(("sound", " ".join(sorted(map(sound_of, (*one.last, *one.first))))))
    found |= {(kind, mark) for kind, mark in (("email", one.email), ("phone", one.phone)) if mark}
    return found
