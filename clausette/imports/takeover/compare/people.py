"""Persons of the workbook beside those held; who a line speaks of."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from clausette.imports.takeover.compare.completing import check_details, complete_held
from clausette.imports.takeover.compare.held import HeldPerson
from clausette.imports.takeover.keys import key as key_of
from clausette.imports.takeover.records import Fate, Record
from clausette.kernel.french import format_date
from clausette.kernel.months import add_months
from clausette.participants.rules import age_at
from clausette.participants.rules.likeness import described, likeness, sound_key

NEW = "new"
YOUNGEST, OLDEST = 14, 99


@dataclass(slots=True)
class Someone:
    """A person: of a line of the workbook, held, or both."""

    key: str
    name: str
    birth_date: date | None
    record: Record | None = None
    held: HeldPerson | None = None

    @property
    def usable(self) -> bool:
        """True when they are held, or will be written."""
        return self.held is not None or (self.record is not None and self.record.fate is Fate.NEW)


def name_key(record: Record) -> str:
    """« lemaire david »: the key by which the house tells persons."""
    return key_of(f"{record.text('last_name')} {record.text('first_name')}")


@dataclass(slots=True)
class People:
    """All the persons known, by name."""

    by_name: dict[str, list[Someone]] = field(default_factory=lambda: defaultdict(list))

    def add(self, someone: Someone, *names: str) -> None:
        """Make a person known under their names."""
        for name in dict.fromkeys(names):
            self.by_name[name].append(someone)

    def of(self, record: Record) -> list[Someone]:
        """The persons that a line may speak of; names written the other way round are understood."""
        found = self.by_name.get(name_key(record), [])
        if not found:
            turned = key_of(f"{record.text('first_name')} {record.text('last_name')}")
            found = self.by_name.get(turned, [])
        born = record.day("birth_date")
        if born is not None:
            # the line of the workbook that was recognised as a person held keeps its own date
            found = [
                one
                for one in found
                if born in (one.birth_date, one.record.day("birth_date") if one.record else None)
            ]
        written = [one for one in found if one.record]
        return written if born is None and len(written) == 1 else found  # the workbook speaks of its own


def compare_people(
    records: list[Record],
    held: tuple[HeldPerson, ...],
    answers: Mapping[str, str],
    on: date,
    prescribers: Mapping[str, UUID] | None = None,
    wrong_districts: Collection[str] = (),
) -> People:
    """Give each person of the workbook their fate. `answers`: key of the record → uid of the person held, or NEW."""
    known: dict[str, list[HeldPerson]] = defaultdict(list)
    alike = Alike(held)
    for one in held:
        known[one.key].append(one)
    found, used = People(), set[int]()
    written: dict[str, Record] = {}
    for record in records:
        name, born = name_key(record), record.day("birth_date")
        record.key = f"p:{name}|{born or ''}"
        twin = written.get(record.key)
        if twin is not None:
            _twin(record, twin)
            continue
        written[record.key] = record
        someone = Someone(record.key, f"{record.text('first_name')} {record.text('last_name')}", born, record)
        _age(record, on)
        same = known.get(name, [])
        _beside(record, someone, same or alike.of(record), answers.get(record.key, ""), same_name=bool(same))
        check_details(record, prescribers or {}, wrong_districts)
        if someone.held is not None and record.fate is Fate.SAME:
            complete_held(record, someone.held)
        _eligibility(record, someone.held, on)
        if someone.held is not None:
            used.add(someone.held.id)
        found.add(someone, name, someone.held.key if someone.held else name)
    for one in held:
        if one.id not in used:
            found.add(Someone(f"h:{one.id}", one.name, one.birth_date, None, one), one.key)
    return found


def _twin(record: Record, first: Record) -> None:
    for code, value in record.values.items():
        first.values.setdefault(code, value)
    record.findings.clear()
    record.fate = Fate.SAME


def _age(record: Record, on: date) -> None:
    born = record.day("birth_date")
    if born is None:
        return
    if born > on:
        record.say("E201", "La date de naissance est dans le futur.", "birth_date")
    elif not YOUNGEST <= (age := age_at(born, on)) <= OLDEST:
        record.say("E201", f"Cette personne aurait {age} ans : vérifiez la date de naissance.", "birth_date")


class Alike:
    """The persons held, found by how their name sounds and by their birth date."""

    def __init__(self, held: tuple[HeldPerson, ...]) -> None:
        self.by_sound: dict[str, list[HeldPerson]] = defaultdict(list)
        self.by_birth: dict[date, list[HeldPerson]] = defaultdict(list)
        for one in held:
            self.by_sound[sound_key(one.last_name, one.first_name)].append(one)
            self.by_birth[one.birth_date].append(one)

    def of(self, record: Record) -> list[HeldPerson]:
        """The persons held who are likely to be the one of a line, written otherwise."""
        born, last, first = record.day("birth_date"), record.text("last_name"), record.text("first_name")
        if born is None:
            return []
        this = described(last, first, born)
        near = {one.id: one for one in (*self.by_sound.get(sound_key(last, first), ()), *self.by_birth.get(born, ()))}
        return [
            one for one in near.values()
            if likeness(this, described(one.last_name, one.first_name, one.birth_date)).likely
        ]  # fmt: skip


def _beside(
    record: Record, someone: Someone, near: list[HeldPerson], answer: str, *, same_name: bool
) -> None:
    """`near`: the persons held of the same name, or else who look alike."""
    born = record.day("birth_date")
    exact = [one for one in near if same_name and one.birth_date == born]
    chosen = [one for one in near if str(one.uid) == answer]
    if not exact and born is None and len(near) == 1:
        exact = near  # the line does not say the birth, and there is only one person of that name
        record.findings[:] = [one for one in record.findings if one.code != "E202"]
    if exact or chosen:
        someone.held = (exact or chosen)[0]
        record.held["person"] = someone.held.id
        record.fate = Fate.REFUSED if record.stopped else Fate.SAME
        return
    if record.stopped:
        record.fate = Fate.REFUSED
        return
    record.options = [
        {"uid": str(one.uid), "label": f"{one.name}, né(e) le {format_date(one.birth_date)}"} for one in near
    ]
    if near and answer != NEW:
        record.fate = Fate.ASK
        told = "du même nom" if same_name else "qui lui ressemble"
        record.say("W211", f"Une autre personne {told} est dans votre structure.", "last_name")
        return
    record.fate = Fate.NEW


def _eligibility(record: Record, held: HeldPerson | None, on: date) -> None:
    """Eligibility is taken over with a public and a day; it must stand in time."""
    if record.fate not in (Fate.NEW, Fate.SAME, Fate.DIFFERS) or (held is not None and held.eligible):
        return
    public, decided = record.text("public"), record.day("decided_on")
    if decided and decided > on:
        record.say("E210", "La décision d'éligibilité est dans le futur.", "decided_on")
        record.fate = Fate.REFUSED
        return
    if not (public and decided):
        if not (public or decided or {"public", "decided_on"} & set(record.places)):
            return  # a list of persons that says nothing of eligibility
        missing = "le public retenu" if not public else "la date de décision"
        record.say("W207", f"Il manque {missing} : la décision d'éligibilité n'est pas reprise.", "public")
        return
    until, before = record.day("counted_until"), record.day("hire_before")
    if until and before is None and until > add_months(decided, 25):
        record.say(
            "W208", f"« Heures comptées jusqu'au {format_date(until)} » dépasse 24 mois.", "counted_until"
        )
    if held is not None:
        record.fate = Fate.NEW  # the person is there, the decision is added
