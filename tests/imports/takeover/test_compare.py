"""Records beside what is held: new, the same, different, refused, to be decided."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from clausette.imports.takeover.compare import (
    NEW,
    Held,
    HeldCommitment,
    HeldContract,
    HeldPerson,
    HeldWork,
    compare,
)
from clausette.imports.takeover.records import Fate, Record, RecordKind
from tests.hats import TODAY
from tests.imports.takeover.books import CONTRACT, PERSON, WORK, four, hours
from tests.imports.takeover.test_extract import codes, of, read

TWIN = UUID("710671ae-cbdf-4f3a-9147-3527825bfcd0")
BUYER, FIRM = "n:ville de belleroche", "n:maconnerie delorme"
JAN = date(2026, 1, 1)
COMMITMENT = HeldCommitment(7, uuid4(), 5, "", FIRM, date(2025, 9, 1), date(2027, 3, 31), Decimal(1200))
HELD = Held(
    bodies={BUYER: "Ville de Belleroche", FIRM: "Maçonnerie Delorme"},
    contracts=(HeldContract(5, uuid4(), "2025014", "ecole des tilleuls", BUYER, True, {}, (COMMITMENT,)),),
    people=(HeldPerson(3, uuid4(), "lefranc ines", "Ines Lefranc", date(1994, 5, 17)),),
    works=(HeldWork(9, uuid4(), 3, FIRM, date(2026, 1, 12), date(2026, 7, 10), frozenset({7})),),
    hours={(9, 7, JAN, "work"): Decimal("98.50")},
)

EMPTY = Held()


def judged(
    data: bytes, held: Held = EMPTY, answers: Mapping[str, str] | None = None, on: date = TODAY
) -> list[Record]:
    return compare(read(data).records, held, on=on, answers=answers).records


def fates(records: list[Record]) -> list[str]:
    return [one.fate.value for one in records]


def only(records: list[Record], kind: RecordKind) -> Record:
    (found,) = [one for one in records if one.kind is kind]
    return found


def test_in_an_empty_structure_everything_is_new() -> None:
    assert fates(judged(four(hours=[hours(JAN, 98.5)]))) == ["new"] * 4


def test_what_is_held_is_the_same() -> None:
    assert fates(judged(four(hours=[hours(JAN, 98.5)]), HELD)) == ["same"] * 4


def test_other_hours_than_those_held_are_a_difference_never_written() -> None:
    line = only(judged(four(hours=[hours(JAN, 100)]), HELD), RecordKind.HOURS)
    assert (line.fate, codes(line)) == (Fate.DIFFERS, ["E217"])
    assert "100\u00a0h ici, 98,5\u00a0h déjà" in line.findings[0].sentence


def test_other_hours_due_are_a_difference() -> None:
    line = only(judged(four(contracts=[(*CONTRACT[:6], 1500)]), HELD), RecordKind.CONTRACT)
    assert (line.fate, codes(line)) == (Fate.DIFFERS, ["W202"])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (hours(date(2026, 12, 1), 10), "E214"),
        (hours(date(2025, 12, 1), 10), "E212"),
        (hours(date(2026, 8, 1), 10), "E212"),
        (hours(date(2026, 2, 1), 221), "E215"),
        (hours(date(2026, 2, 1), 10, number="2025-999"), "E204"),
        (hours(date(2026, 2, 1), 10, name="Inconnu"), "E206"),
    ],
)
def test_hours_that_cannot_stand(line: tuple[object, ...], code: str) -> None:
    found = only(judged(four(hours=[line])), RecordKind.HOURS)
    assert (found.fate, codes(found)) == (Fate.REFUSED, [code])


def test_hours_before_the_contract_are_told() -> None:
    work = (*WORK[:4], date(2025, 1, 1), date(2026, 7, 10))
    found = only(judged(four(works=[work], hours=[hours(date(2025, 3, 1), 10)])), RecordKind.HOURS)
    assert (found.fate, codes(found)) == (Fate.REFUSED, ["E213"])


def test_the_ceiling_counts_all_the_lines_of_a_person() -> None:
    other = ("2025-015", "Gymnase", *CONTRACT[2:])
    second = (*WORK[:2], "2025-015", *WORK[3:])
    lines = [hours(date(2026, 2, 1), 120), hours(date(2026, 2, 1), 110, number="2025-015")]
    found = of_kind(
        judged(four(contracts=[CONTRACT, other], works=[WORK, second], hours=lines)), RecordKind.HOURS
    )
    assert [codes(one) for one in found] == [["E215"], ["E215"]]


def of_kind(records: list[Record], kind: RecordKind) -> list[Record]:
    return [one for one in records if one.kind is kind]


def test_the_same_line_twice_counts_once_and_is_told() -> None:
    found = of_kind(judged(four(hours=[hours(JAN, 10), hours(JAN, 10), hours(JAN, 11)])), RecordKind.HOURS)
    assert [(one.fate.value, codes(one)) for one in found] == [
        ("new", []),
        ("same", ["W201"]),
        ("refused", ["E216"]),
    ]


def test_lines_wait_for_what_they_depend_on() -> None:
    found = judged(four(contracts=[(*CONTRACT[:5], date(2024, 1, 1), 100)], hours=[hours(JAN, 10)]))
    assert fates(found) == ["refused", "new", "waiting", "waiting"]
    assert codes(found[2])[0] == codes(found[3])[0] == "E219"


NAMESAKE = Held(people=(HeldPerson(3, TWIN, "lefranc ines", "Ines Lefranc", date(1980, 1, 1)),))


def test_another_person_of_the_same_name_asks() -> None:
    found = judged(four(hours=[hours(JAN, 10)]), NAMESAKE)
    assert fates(found) == ["new", "ask", "waiting", "waiting"]
    assert found[1].options == [{"uid": str(TWIN), "label": "Ines Lefranc, né(e) le 1er\u00a0janvier 1980"}]


@pytest.mark.parametrize(("answer", "fate"), [(NEW, "new"), (str(TWIN), "same")])
def test_the_answer_is_kept(answer: str, fate: str) -> None:
    found = judged(four(), NAMESAKE, {"p:lefranc ines|1994-05-17": answer})
    assert fates(found) == ["new", fate, "new"]


@pytest.mark.parametrize(
    ("first", "born", "fate"),
    [
        ("Inès", date(1994, 5, 17), "ask"),  # Lefrant, said alike
        ("Agnès", date(1994, 5, 17), "new"),  # a twin sister
        ("Ines", date(1980, 1, 1), "new"),  # another person
    ],
)
def test_a_person_held_who_looks_alike_asks_and_the_answer_is_kept(first: str, born: date, fate: str) -> None:
    held = Held(people=(HeldPerson(3, TWIN, "lefrant ines", f"{first} Lefrant", born, False, "Lefrant", first),))
    assert fates(judged(four(), held))[1] == fate
    if fate == "ask":
        assert fates(judged(four(), held, {"p:lefranc ines|1994-05-17": NEW}))[1] == "new"
        assert fates(judged(four(), held, {"p:lefranc ines|1994-05-17": str(TWIN)}))[1] == "same"


def test_two_persons_of_the_same_name_need_the_birth_date() -> None:
    other = ("Lefranc", "Ines", date(1999, 9, 9))
    found = judged(four(people=[PERSON, other], hours=[hours(JAN, 10)]))
    assert [codes(one) for one in found[3:]] == [["E207"], ["E207"]]


def test_months_already_in_the_balance_are_refused() -> None:
    held = HeldCommitment(7, UUID(int=1), 5, "", FIRM, date(2025, 9, 1), date(2027, 3, 31), Decimal(1200),
                          Decimal(300), date(2026, 1, 31))  # fmt: skip
    contract = HeldContract(5, UUID(int=2), "2025014", "ecole des tilleuls", BUYER, True, {}, (held,))
    found = judged(four(hours=[hours(JAN, 10), hours(date(2026, 2, 1), 10)]), Held(contracts=(contract,)))
    assert [(one.fate.value, codes(one)) for one in of_kind(found, RecordKind.HOURS)] == [
        ("refused", ["E221"]), ("new", []),
    ]  # fmt: skip


def test_a_month_being_typed_in_clausette_is_left_alone() -> None:
    held = Held(**{
        **{name: getattr(HELD, name) for name in Held.__dataclass_fields__},
        "open_months": frozenset({(5, 4, date(2026, 2, 1))}), "hosts": {(9, 7): 4},
    })  # fmt: skip
    found = only(judged(four(hours=[hours(date(2026, 2, 1), 10)]), held), RecordKind.HOURS)
    assert codes(found) == ["E218"]


def test_a_lot_must_be_said_when_there_are_several() -> None:
    from tests.imports.takeover.books import CONTRACT_HEAD, HOURS_HEAD, PERSON_HEAD, WORK_HEAD, xlsx

    lots = [(*CONTRACT, "1"), (*CONTRACT[:3], "Peinture Vasseur", *CONTRACT[4:], "2")]
    data = xlsx({"Marchés": [(*CONTRACT_HEAD, "Lot"), *lots], "Personnes": [PERSON_HEAD, PERSON],
                 "Contrats de travail": [(*WORK_HEAD, "Lot"), (*WORK, "Lot 02")],
                 "Heures": [(*HOURS_HEAD, "Lot"), (*hours(JAN, 10), None), (*hours(JAN, 10), 2)]})  # fmt: skip
    found = of_kind(judged(data), RecordKind.HOURS)
    assert [(one.fate.value, codes(one)) for one in found] == [("refused", ["E205"]), ("new", [])]
    assert of(read(data), RecordKind.WORK)[0].text("lot_number") == "Lot 02"
