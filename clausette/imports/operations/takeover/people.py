"""Persons, what is known of them, and the decisions of eligibility made before the takeover."""

from datetime import date
from uuid import UUID

from clausette.imports.operations.takeover.writer import Writer
from clausette.imports.takeover.compare import NEW, HeldPerson
from clausette.imports.takeover.compare.completing import LEVELS, filled
from clausette.imports.takeover.compare.people import Someone
from clausette.imports.takeover.keys import key as key_of
from clausette.imports.takeover.persons import NO, YES
from clausette.imports.takeover.records import Fate, Record, RecordKind
from clausette.kernel.actor import Actor
from clausette.participants import rules
from clausette.participants.enums import DistrictMeans, PairState, Sex
from clausette.participants.operations import (
    HomeEntry,
    change_participant,
    create_participant,
    keep_home,
    settle_different,
    take_over_check,
)
from clausette.participants.queries import pairs_visible_to
from clausette.reference.queries import communes_like


def write_people(writer: Writer) -> None:
    """Write the persons of the workbook; those held receive what they lacked."""
    known = {one.key: one for found in writer.compared.bench.people.by_name.values() for one in found}
    for record in writer.compared.records:
        if record.kind is RecordKind.PERSON and record.fate is Fate.NEW:
            with writer.trying(record):
                _write(writer, record, known[record.key])
    for key, someone in known.items():
        if someone.held is not None:
            writer.people[key] = someone.held.uid


def _write(writer: Writer, record: Record, someone: Someone) -> None:
    born = record.day("birth_date")
    if someone.held is not None:
        uid = someone.held.uid
        _complete(writer, record, someone.held)
    elif born is None:
        return
    else:
        uid = _create(writer, record, born)
        _other_people(writer.actor, uid, writer.answers.get(record.key, ""), record, writer.on)
    writer.people[someone.key] = uid
    if record.text("district") and not (someone.held and someone.held.said.get("district")):
        keep_home(actor=writer.actor, participant_uid=uid, home=_home(writer, record), on=writer.on)
    if someone.held is None or not someone.held.eligible:
        _decision(writer, record, uid)


def _create(writer: Writer, record: Record, born: date) -> UUID:
    prescriber = writer.prescriber(record.text("prescriber_name"))
    return create_participant(
        actor=writer.actor,
        first_name=record.text("first_name"),
        last_name=record.text("last_name"),
        birth_date=born,
        sex=Sex(record.text("sex") or Sex.UNKNOWN),
        commune_name=_commune(writer, record)[1][:120],
        referred_by_uid=prescriber,
        referred_on=record.day("referred_on") if prescriber else None,
        phone=record.text("phone"),
        email=record.text("email"),
        on=writer.on,
    )


def _complete(writer: Writer, record: Record, held: HeldPerson) -> None:
    """Fill what is empty on a record held; what is written stays."""
    if not any(record.text(code) and not held.said.get(code) for code in ("sex", "commune", "phone", "email")):
        return
    change_participant(
        actor=writer.actor,
        uid=held.uid,
        first_name=held.first_name,
        last_name=held.last_name,
        birth_date=held.birth_date,
        sex=Sex(filled(record, held, "sex") or Sex.UNKNOWN),
        commune_name=filled(record, held, "commune")[:120],
        phone=filled(record, held, "phone"),
        email=filled(record, held, "email"),
        on=writer.on,
    )


def _other_people(actor: Actor, uid: UUID, answer: str, record: Record, on: date) -> None:
    """« Ce n'est pas la même personne » is remembered: the pairs with those proposed are settled."""
    if answer != NEW:
        return
    proposed = {str(one["uid"]) for one in record.options}
    rows = pairs_visible_to(actor).filter(state=PairState.OPEN).select_related("first", "second")
    for pair in [*rows.filter(first__uid=uid).order_by("id"), *rows.filter(second__uid=uid).order_by("id")]:
        other = pair.second if pair.first.uid == uid else pair.first
        if str(other.uid) in proposed:
            settle_different(actor=actor, uid=pair.uid, on=on)


def _commune(writer: Writer, record: Record) -> tuple[str, str]:
    """The Insee code (« » when several fit) and the name of the commune of a line."""
    name, postcode = record.text("commune"), record.text("postcode")
    if not postcode:
        return "", name
    asked = f"{name} ({postcode})"
    if asked not in writer.communes:
        found = communes_like(asked)
        only = found[0] if len(found) == 1 else None
        fits = only is not None and (not name or key_of(only.name) == key_of(name))
        writer.communes[asked] = (only.code, name or only.name) if only and fits else ("", name)
    return writer.communes[asked]


def _home(writer: Writer, record: Record) -> HomeEntry:
    said = record.text("district")
    code, name = _commune(writer, record)
    named = said not in (YES, NO)
    return HomeEntry(
        in_district=said != NO,
        district_2024=said if named and not said.startswith("QP") else "",
        district_2015=said if named and said.startswith("QP") else "",
        means=DistrictMeans.TYPED, commune_code=code, commune_name=name[:120],
    )  # fmt: skip


def _decision(writer: Writer, record: Record, uid: UUID) -> None:
    """The decision of eligibility made before, with the level and the district of that time."""
    public, decided = record.text("public"), record.day("decided_on")
    if not (public and decided):
        return
    evidence = record.day("evidence_on")
    said = record.text("district")
    code = "" if said in (YES, NO) else said
    take_over_check(
        actor=writer.actor,
        participant_uid=uid,
        category=public,
        decided_on=decided,
        evidence_on=evidence if evidence and evidence <= decided else None,
        hire_before=record.day("hire_before"),
        pass_ends_on=record.day("pass_ends_on"),
        reason=writer.reason,
        on=writer.on,
        facts=rules.FactsEntry(
            level=next((record.text(one) for one in LEVELS if record.text(one)), ""),
            in_district=None if not said else said != NO,
            district_2024="" if code.startswith("QP") else code,
            district_2015=code if code.startswith("QP") else "",
            district_means=DistrictMeans.TYPED if said and said != NO else None,
        ),
    )
