"""Persons and the decisions of eligibility made before the takeover."""

from clausette.imports.operations.takeover.writer import Writer
from clausette.imports.takeover.compare.people import Someone
from clausette.imports.takeover.records import Fate, Record, RecordKind
from clausette.participants.enums import Sex
from clausette.participants.operations import create_participant, take_over_check


def write_people(writer: Writer) -> None:
    """Write the persons of the workbook; those held receive the decision they lacked."""
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
    elif born is None:
        return
    else:
        uid = create_participant(
            actor=writer.actor,
            first_name=record.text("first_name"),
            last_name=record.text("last_name"),
            birth_date=born,
            sex=Sex(record.text("sex") or Sex.UNKNOWN),
            commune_name=record.text("commune")[:120],
            on=writer.on,
        )
    writer.people[someone.key] = uid
    public, decided = record.text("public"), record.day("decided_on")
    if public and decided:
        evidence = record.day("evidence_on")
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
        )
