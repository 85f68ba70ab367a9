"""Everything held about a person: the answer to the right of access, table by table, as it is stored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import BinaryField, Field, ForeignKey, Model, Q

from clausette.hours.queries import unlisted_visible_to
from clausette.imports.enums_takeover import LineKind
from clausette.imports.queries.takeover.visible import lines_visible_to, made_visible_to
from clausette.journal.queries import events_visible_to, readings_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.clock import PARIS
from clausette.kernel.decision import demand
from clausette.kernel.french import format_date, format_number
from clausette.kernel.scope import narrow
from clausette.kernel.text import search_key
from clausette.participants.queries import ParticipantKey, participant_key, pieces_of_persons, reasons_of
from clausette.participants.queries.referrals import situations_of_person, texts_of
from clausette.participants.queries.visibility import reunited_with
from clausette.privacy.permissions import can_tell_all
from clausette.privacy.queries.catalogue import PERSON, HeldTable, held_tables, shown_fields
from clausette.privacy.queries.unsealing import is_sealed, unsealed

REASONS, SITUATIONS = "participants.EligibilityReason", "participants.ReferralSituation"
REFERRALS, PIECES = "participants.Referral", "participants.ReferralPiece"
NAMED = ("full_name", "usage_name", "name", "title", "label")
PERSONAL_LINES = (LineKind.PERSON, LineKind.WORK, LineKind.HOURS)
UNSEEN = "non visible de votre structure"
SOMEBODY = "une autre personne"


@dataclass(frozen=True, slots=True)
class HeldSection:
    """The rows of one table about the person: headings in French, values as text; `names`: of the fields, for JSON."""

    table: str
    title: str
    names: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """The whole answer."""

    person: ParticipantKey
    structure: str
    on: date
    sections: tuple[HeldSection, ...]

    @property
    def filled(self) -> tuple[HeldSection, ...]:
        """The sections that hold something."""
        return tuple(section for section in self.sections if section.rows)

    @property
    def empty(self) -> tuple[str, ...]:
        """What was looked at and holds nothing."""
        return tuple(section.title for section in self.sections if not section.rows)


def everything_held(*, actor: Actor, uid: UUID, on: date) -> Holding:
    """Return everything held about a person by the structure that follows them. Raises Absent, NotAllowed.

    Records reunited with theirs are theirs; another person who stands in a row is not named.
    Who shows it notes the reading (EXPORT). Rows of other structures stay theirs: the policies leave them out.
    """
    person = participant_key(actor, uid)
    demand(can_tell_all(actor, owner_org_id=person.owner_org_id))
    records = [person, *reunited_with(actor=actor, person=person)]
    own = {one.id: one.uid for one in records}
    sections, uids = [], set(own.values())
    for table in held_tables():
        rows = _rows(table, own)
        uids |= {row.uid for row in rows if hasattr(row, "uid")}
        opened = OPENED.get(table.label)
        sections.append(opened(actor, table, uid) if opened else _section(table, _readable(table, rows), own))
    sections += [_unlisted(actor, records), _taken_over(actor, records)]
    sections += [_events(actor, uids), _readings(actor, own.values())]
    return Holding(person, actor.organisation_name, on, tuple(sections))


def _rows(table: HeldTable, own: Mapping[int, UUID]) -> list[Any]:
    """The condition is the person, that the actor was found to follow; the policies say the rest."""
    theirs = Q()
    for path in table.paths:
        theirs |= Q(**{f"{path}__in": list(own)})
    return list(narrow(table.model._default_manager.all(), theirs).order_by("pk"))


def _readable(table: HeldTable, rows: list[Any]) -> list[Any]:
    """Texts of referrals are sealed inside their columns: their own room opens them."""
    if table.label == REFERRALS:
        for row in rows:
            row.opinion, row.answer = texts_of(row)
    return rows


def _section(table: HeldTable, rows: Sequence[Model], own: Mapping[int, UUID]) -> HeldSection:
    fields = shown_fields(table.model)
    labels = {field.name: _labels(field, rows, own) for field in fields if isinstance(field, ForeignKey)}
    if is_sealed(table.model):
        said = unsealed(rows, own)
        labels |= {field.name: said for field in fields if isinstance(field, BinaryField)}
    written = tuple(tuple(_written(row, field, labels.get(field.name, {})) for field in fields) for row in rows)
    title = "Identité" if table.label == PERSON else table.title
    heads = tuple(_head(str(field.verbose_name)) for field in fields)
    return HeldSection(table.label, title, tuple(field.name for field in fields), heads, written)


def _head(text: str) -> str:
    return text[:1].upper() + text[1:]


def _labels(field: "ForeignKey[Model, Model]", rows: Iterable[Model], own: Mapping[int, UUID]) -> Mapping[Any, str]:
    """The names of the rows pointed at, in one query; another person has none here."""
    numbers = {getattr(row, field.attname) for row in rows} - {None}
    target: Any = field.related_model
    if not numbers or isinstance(target, str):
        return {}
    others = {number: SOMEBODY for number in numbers if number not in own} if target._meta.label == PERSON else {}
    numbers -= set(others)
    found = {row.pk: _name(row) for row in target._default_manager.filter(pk__in=numbers).order_by("pk")}
    return others | {number: found.get(number, UNSEEN) for number in numbers}


def _name(row: Model) -> str:
    if row._meta.label == PERSON:
        return f"{row.first_name} {row.last_name}"  # type: ignore[attr-defined]  # a participant
    named = next((str(getattr(row, name)) for name in NAMED if getattr(row, name, "")), "")
    return named or f"{row._meta.verbose_name} {getattr(row, 'uid', row.pk)}"


def _written(row: Model, field: "Field[Any, Any]", labels: Mapping[Any, str]) -> str:
    if isinstance(field, BinaryField):
        return labels[row.pk]
    value = getattr(row, field.attname)
    if value is None or value == "":
        return ""
    if labels:
        return labels[value]
    return str(getattr(row, f"get_{field.name}_display")()) if field.choices else written(value)


def written(value: object) -> str:
    """Return a stored value as a person reads it."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime):
        told = value.astimezone(PARIS)
        return f"{format_date(told.date())}, {told:%Hh%M}"
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, Decimal):
        return format_number(value)
    if isinstance(value, Mapping):
        return " ; ".join(f"{key} : {written(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(written(one) for one in value)
    return str(value)


def _reasons(actor: Actor, table: HeldTable, uid: UUID) -> HeldSection:
    """Reasons go through their own room, which opens them."""
    heads = ("Décision", "Public", "Code", "Public retenu", "Pièce datée du", "Pièce")
    names = ("check_made", "label", "category", "is_main", "evidence_on", "means")
    rows = tuple(
        (check.title, one.label, one.code, written(one.is_main), written(one.evidence_on or ""), one.means_label)
        for check in reasons_of(actor=actor, uid=uid).checks
        for one in check.reasons
    )
    return HeldSection(table.label, table.title, names, heads, rows)


def _situations(actor: Actor, table: HeldTable, uid: UUID) -> HeldSection:
    """Situations told by a prescriber, opened by their own room."""
    rows = tuple(
        (written(day), one.label, one.code, one.means.label if one.means else "")
        for day, one in situations_of_person(actor=actor, participant_uid=uid)
    )
    heads = ("Orientation du", "Situation", "Code", "Pièce")
    return HeldSection(table.label, table.title, ("referral", "label", "category", "means"), heads, rows)


def _pieces(actor: Actor, table: HeldTable, uid: UUID) -> HeldSection:
    """Pieces joined by a prescriber: what each is, what became of it; the kind is opened by its own room."""
    rows = tuple(
        (
            one.label, written(one.dated_on or ""), one.state.label, written(one.joined_on), one.joined_by,
            written(one.seen_on or ""), one.seen_by, written(one.gone_on or ""),
        )
        for one in pieces_of_persons(actor=actor, participant_uids=[uid])
    )  # fmt: skip
    names = ("kind", "dated_on", "state", "joined_on", "joined_by", "seen_on", "seen_by", "gone_on")
    heads = ("Pièce", "Datée du", "État", "Jointe le", "Jointe par", "Vue le", "Vue par", "Détruite le")
    return HeldSection(table.label, table.title, names, heads, rows)


OPENED = {REASONS: _reasons, SITUATIONS: _situations, PIECES: _pieces}


def _taken_over(actor: Actor, records: Sequence[ParticipantKey]) -> HeldSection:
    """The lines of workbooks that say this name, and no other birth date, as they were read: nobody else's."""
    born = {(search_key(f"{one.last_name} {one.first_name}"), one.birth_date.isoformat()) for one in records}
    batches = made_visible_to(actor).filter(row_uid__in=[one.uid for one in records]).values("batch_id")
    said = Q(batch_id__in=batches)
    for key, _ in born:
        said |= Q(key__contains=key)
    lines = lines_visible_to(actor).filter(said, kind__in=PERSONAL_LINES).order_by("batch_id", "position")
    rows = tuple((one.sheet, str(one.line), written(one.values)) for one in lines if _theirs(one.values, born))
    names, heads = ("sheet", "line", "values"), ("Feuille", "Ligne", "Valeurs lues")
    return HeldSection("imports.TakeoverLine", "Classeurs repris", names, heads, rows)


def _unlisted(actor: Actor, records: Sequence[ParticipantKey]) -> HeldSection:
    """What a firm typed under this name, and no other birth date, and that nobody matched."""
    said = Q()
    for one in records:
        born = Q(birth_date=None) | Q(birth_date=one.birth_date)
        named = {search_key(f"{one.last_name} {one.first_name}"), search_key(f"{one.first_name} {one.last_name}")}
        said |= Q(sort_key__in=named) & born
    rows = unlisted_visible_to(actor).filter(said).order_by("month", "id").values_list(
        "month", "declarant__name", "last_name", "first_name", "birth_date", "hours", "note", "reason"
    )  # fmt: skip
    names = ("month", "declarant", "last_name", "first_name", "birth_date", "hours", "note", "reason")
    heads = ("Mois", "Déclarant", "Nom", "Prénom", "Date de naissance", "Heures", "Précision", "Motif")
    told = tuple(tuple("" if value is None else written(value) for value in row) for row in rows)
    return HeldSection("hours.UnlistedPerson", "Heures déclarées à ce nom, à rapprocher", names, heads, told)


def _theirs(values: Mapping[str, Any], born: Iterable[tuple[str, str]]) -> bool:
    """Whether a line says both names, in one order or the other, without the birth date of somebody else."""
    last, first = str(values.get("last_name", "")), str(values.get("first_name", ""))
    said = {search_key(f"{last} {first}"), search_key(f"{first} {last}")}
    return any(key in said and values.get("birth_date", day) == day for key, day in born)


def _events(actor: Actor, uids: Iterable[UUID]) -> HeldSection:
    """What was done to the rows of the person. Personal values are not in the journal."""
    rows = tuple(
        (written(event.at), event.verb, event.account_name, event.subject_type, written(event.after), event.reason)
        for event in events_visible_to(actor).filter(subject_uid__in=set(uids)).order_by("at", "id")
    )
    names = ("at", "verb", "account_name", "subject_type", "after", "reason")
    heads = ("Le", "Acte", "Par", "Sur", "Ce qui est devenu", "Motif")
    return HeldSection("journal.Event", "Journal des actes", names, heads, rows)


def _readings(actor: Actor, uids: Iterable[UUID]) -> HeldSection:
    """Who read the person's data, for this structure."""
    rows = tuple(
        (written(reading.at), reading.get_kind_display())
        for reading in readings_visible_to(actor).filter(subject_uid__in=set(uids)).order_by("at", "id")
    )
    return HeldSection("journal.Reading", "Lectures", ("at", "kind"), ("Le", "Ce qui a été lu"), rows)


def as_json(holding: Holding) -> dict[str, Any]:
    """Return the answer as one object, for another program (GDPR art. 20)."""
    return {
        "participant": str(holding.person.uid),
        "structure": holding.structure,
        "on": holding.on.isoformat(),
        "sections": [
            {
                "table": section.table,
                "title": section.title,
                "rows": [dict(zip(section.names, row, strict=True)) for row in section.rows],
            }
            for section in holding.sections
        ],
    }
