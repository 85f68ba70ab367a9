"""Work contracts of the workbook beside those held: who, for whom, credited where, between which days."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from clausette.imports.takeover.compare.bodies import Bodies
from clausette.imports.takeover.compare.contracts import Contracts, Target
from clausette.imports.takeover.compare.held import HeldWork
from clausette.imports.takeover.compare.people import People, Someone
from clausette.imports.takeover.keys import key as key_of
from clausette.imports.takeover.records import Fate, Record
from clausette.kernel.french import format_date
from clausette.kernel.months import last_day
from clausette.placements.enums import Modality, PlacementEnd, WorkContractKind
from clausette.placements.rules import OPEN_ENDED, host_is_employer

# what the name of an employer says of the way of working (trade practice)
SAID = (("geiq", Modality.GEIQ), ("eatt", Modality.EATT), ("etti", Modality.ETTI), ("interim", Modality.ETT),
        ("association intermediaire", Modality.AI), ("esat", Modality.ESAT), ("regie", Modality.REGIE))  # fmt: skip


@dataclass(slots=True)
class Work:
    """One work contract credited to one engagement."""

    key: str
    person: str
    target: str
    employer: str
    host: str
    starts_on: date
    ends_on: date | None
    record: Record | None = None
    held: HeldWork | None = None

    @property
    def usable(self) -> bool:
        """True when it is held on this engagement, or will be written."""
        return self.held is not None or (self.record is not None and self.record.fate is Fate.NEW)

    def covers(self, month: date) -> bool:
        """Say whether at least one day of the month is within its dates."""
        return self.starts_on <= last_day(month) and (self.ends_on is None or month <= self.ends_on)


@dataclass(slots=True)
class Works:
    """All the work contracts known, by person and engagement."""

    by_pair: dict[tuple[str, str], list[Work]] = field(default_factory=lambda: defaultdict(list))

    def add(self, work: Work) -> None:
        """Make one known."""
        self.by_pair[work.person, work.target].append(work)

    def of(self, person: str, target: str) -> list[Work]:
        """Those of a person on an engagement."""
        return self.by_pair.get((person, target), [])


@dataclass(slots=True)
class Bench:
    """What work contracts and hours are compared with."""

    bodies: Bodies
    contracts: Contracts
    people: People
    on: date
    months: dict[tuple[str, str], tuple[date, date]]
    """First and last month of hours, by person and engagement: dates of a flat sheet that gives none."""


def point_to(record: Record, bench: Bench) -> tuple[Someone, Target] | None:
    """Return who and which engagement a line speaks of; None, with a finding, when that is not sure."""
    known = bench.contracts.of(record)
    if len(known) == 1:
        record.parent = known[0].contract_key
    if record.stopped:
        return None
    someone = _one_person(record, bench.people.of(record))
    target = _one_target(record, known)
    if someone is None or target is None:
        return None
    record.parent = target.contract_key
    if target.held is not None:
        record.held["contract"] = target.held.contract_id
    for usable, what in ((someone.usable, "La personne"), (target.usable, "Le marché")):
        if not usable:
            record.say(
                "E219", f"{what} de cette ligne n'est pas {'reprise' if what[1] == 'a' else 'repris'}."
            )
            record.fate = Fate.WAITING
    return someone, target


def _one_person(record: Record, found: list[Someone]) -> Someone | None:
    name = f"{record.text('first_name')} {record.text('last_name')}"
    if not found:
        record.say("E206", f"« {name} » n'est ni dans le classeur, ni dans Clausette.", "last_name", name)
    elif len(found) > 1:
        record.say("E207", f"{len(found)} personnes se nomment « {name} ».", "last_name", name)
    return found[0] if len(found) == 1 else None


def _one_target(record: Record, found: list[Target]) -> Target | None:
    said = record.text("contract_number") or record.text("contract_name")
    lot = f", lot {record.text('lot_number')}" if record.text("lot_number") else ""
    if not found:
        record.say(
            "E204",
            f"Le marché « {said}{lot} » n'est ni dans le classeur, ni dans Clausette.",
            "contract_number",
            said,
        )
    elif len(found) > 1:
        record.say(
            "E205", f"« {said}{lot} » désigne {len(found)} lots ou titulaires.", "contract_number", said
        )
    return found[0] if len(found) == 1 else None


def compare_works(records: list[Record], held: Iterable[HeldWork], bench: Bench) -> Works:
    """Give each work contract of the workbook its fate, and return all those known."""
    works, seen, used = Works(), set[str](), set[int]()
    by_person: dict[int, list[HeldWork]] = defaultdict(list)
    for one in held:
        by_person[one.person_id].append(one)
    written: dict[str, Record] = {}
    for record in records:
        pointed = point_to(record, bench)
        if pointed is None:
            record.fate = Fate.REFUSED
            continue
        someone, target = pointed
        _fill(record, someone, target, bench)
        bench.bodies.remark(record, "employer", seen)
        bench.bodies.remark(record, "host", seen)
        work = _work(record, someone, target, bench)
        if work is None:
            record.fate = Fate.REFUSED if record.fate is not Fate.WAITING else record.fate
            continue
        record.key = work.key
        twin = written.get(work.key)
        if twin is not None:
            _twin(record, twin)
            continue
        written[work.key] = record
        if record.fate is not Fate.WAITING:
            _beside(record, work, by_person.get(someone.held.id, []) if someone.held else [], target)
        if work.held is not None and target.held is not None:
            used.add(work.held.id)
        works.add(work)
    _add_held(works, by_person, used, bench)
    return works


def _fill(record: Record, someone: Someone, target: Target, bench: Bench) -> None:
    """Suppose what is not written, and say so."""
    months = bench.months.get((someone.key, target.key))
    if record.day("work_starts_on") is None and months:
        record.values["work_starts_on"] = months[0]
        record.say(
            "W205", f"Début supposé : le {format_date(months[0])}, premier mois d'heures.", "work_starts_on"
        )
    kind = record.text("work_kind")
    if not kind:
        record.values["work_kind"] = WorkContractKind.OTHER.value
        record.say("W205", "Type de contrat de travail supposé : Autre.", "work_kind")
    if record.day("work_ends_on") is None and kind not in {one.value for one in OPEN_ENDED}:
        _fill_end(record, months)
    ended, ends = record.day("work_ended_on"), record.day("work_ends_on")
    if ended and ends and ended > ends:
        record.values["work_ends_on"] = ended
        record.say(
            "W205", "La fin réelle dépasse la fin prévue : la fin prévue est déplacée.", "work_ends_on"
        )
    if ended and not record.text("end_reason"):
        reason = PlacementEnd.TERM if ended == record.day("work_ends_on") else PlacementEnd.OTHER
        record.values["end_reason"] = reason.value
        record.say("W205", f"Motif de fin supposé : {reason.label}.", "end_reason")


def _fill_end(record: Record, months: tuple[date, date] | None) -> None:
    ended = record.day("work_ended_on")
    end = ended or (last_day(months[1]) if months else None)
    if end is None:
        record.say(
            "E202",
            "La fin prévue du contrat de travail est vide : seul un CDI peut ne pas en avoir.",
            "work_ends_on",
        )
        return
    record.values["work_ends_on"] = end
    record.say("W205", f"Fin supposée : le {format_date(end)}.", "work_ends_on")


def _work(record: Record, someone: Someone, target: Target, bench: Bench) -> Work | None:
    """The work contract of a line, None when its bodies or dates cannot stand."""
    employer = bench.bodies.key(record, "employer") or target.contractor
    modality = _modality(record, employer, target, bench)
    if modality is None:
        return None
    host = bench.bodies.key(record, "host") or (employer if host_is_employer(modality) else target.contractor)
    if host_is_employer(modality) and host != employer:
        record.say("E210", f"« {modality.label} » : la personne travaille chez son employeur.", "host_name")
    elif not host_is_employer(modality) and host == employer:
        record.say(
            "E210", f"« {modality.label} » : l'entreprise utilisatrice n'est pas l'employeur.", "host_name"
        )
    starts = record.day("work_starts_on")
    if starts is None:
        record.say("E202", "Le début du contrat de travail n'est pas connu.", "work_starts_on")
    elif target.ends_on is not None and starts > target.ends_on:
        record.say("E210", f"Le contrat de travail commence après le terme de l'engagement "
                           f"({format_date(target.ends_on)}).",
                   "work_starts_on")  # fmt: skip
    elif starts > bench.on + timedelta(days=366):
        record.say(
            "E210", "Le contrat de travail commence dans plus d'un an : vérifiez la date.", "work_starts_on"
        )
    weekly = record.number("weekly_hours")
    if weekly is not None and not 0 < weekly <= 48:
        record.say("E201", "Les heures par semaine sont comprises entre 0 et 48.", "weekly_hours")
    ended = record.day("work_ended_on")
    if ended and ended > bench.on:
        record.values.pop("work_ended_on")
        record.values.pop("end_reason", None)
        record.say("W205", "La fin réelle est dans le futur : elle n'est pas reprise.", "work_ended_on")
    if record.stopped or starts is None:
        return None if starts is None or any(f.stops and f.code != "E219" for f in record.findings) else _made(
            record, someone, target, employer, host, starts)  # fmt: skip
    return _made(record, someone, target, employer, host, starts)


def _made(record: Record, someone: Someone, target: Target, employer: str, host: str, starts: date) -> Work:
    key = f"w:{someone.key}|{employer}|{starts}|{target.key}"
    return Work(key, someone.key, target.key, employer, host, starts,
                record.day("work_ended_on") or record.day("work_ends_on"), record)  # fmt: skip


def _modality(record: Record, employer: str, target: Target, bench: Bench) -> Modality | None:
    said = record.text("modality")
    if said:
        return Modality(said)
    name = key_of(bench.bodies.name(employer))
    found = next((modality for word, modality in SAID if f" {word}" in f" {name}"), None)
    if employer == target.contractor:
        found = Modality.DIRECT
    if found is None:
        record.say("E202", "La modalité est vide, et l'employeur n'est pas le titulaire.", "modality")
        return None
    record.values["modality"] = found.value
    record.say("W205", f"Modalité supposée : {found.label}.", "modality")
    return found


def _twin(record: Record, first: Record) -> None:
    same = all(
        record.values.get(code) == first.values.get(code)
        for code in ("work_ends_on", "work_ended_on", "modality")
    )
    if same:
        record.findings[:] = [one for one in record.findings if not one.stops and one.code != "W205"]
        record.fate = Fate.SAME
        return
    record.say(
        "E220", f"La ligne {first.line} de « {first.sheet} » dit autre chose du même contrat de travail."
    )
    record.fate = Fate.REFUSED


def _beside(record: Record, work: Work, held: list[HeldWork], target: Target) -> None:
    same = [one for one in held if one.employer == work.employer and one.starts_on == work.starts_on]
    if not same:
        record.fate = Fate.NEW
        return
    record.held["placement"] = same[0].id
    if target.held is None or target.held.id not in same[0].commitments:
        record.fate = Fate.NEW  # the work contract is there; one more mise à disposition
        return
    work.held = same[0]
    if same[0].ends_on != work.ends_on:
        here = format_date(work.ends_on) if work.ends_on else "sans fin"
        there = format_date(same[0].ends_on) if same[0].ends_on else "sans fin"
        record.say("W202", f"Fin du contrat de travail : {here} ici, {there} dans Clausette.", "work_ends_on")
        record.fate = Fate.DIFFERS
        work.ends_on = same[0].ends_on
        return
    record.fate = Fate.SAME


def _add_held(works: Works, held: dict[int, list[HeldWork]], used: set[int], bench: Bench) -> None:
    people = {one.held.id: one.key for found in bench.people.by_name.values() for one in found if one.held}
    targets = {one.held.id: one for one in bench.contracts.targets if one.held}
    for person_id, contracts in held.items():
        for one in contracts:
            for commitment in sorted(one.commitments):
                person, target = people.get(person_id), targets.get(commitment)
                if person is None or target is None:
                    continue
                if one.id in used and any(w.held is one for w in works.of(person, target.key)):
                    continue
                works.add(Work(f"h:{one.id}|{commitment}", person, target.key, one.employer, "", one.starts_on,
                               one.ends_on, None, one))  # fmt: skip
