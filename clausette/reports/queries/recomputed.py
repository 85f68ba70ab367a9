"""Attestations computed again: what was given out beside what the journal and the rules say. Runs as the owner."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from clausette.commitments.errors import PenaltyRefused
from clausette.commitments.rules import shortfall_penalty
from clausette.journal.queries import events_told, first_written
from clausette.reference.queries import parameter_row, parameters_on
from clausette.reports.attestation.facts import AttestationFacts, facts_as_json, facts_from_json, facts_hash
from clausette.reports.attestation.render import render_pdf
from clausette.reports.enums import FileFormat, ReportKind
from clausette.reports.models import Report, ReportFile
from clausette.reports.recomputing.known import counted_told, rebuilt
from clausette.reports.recomputing.replay import STATEMENT, Told, lines_beside, replay

OF_CONTRACT = (
    "commitments.commitment", "commitments.commitmentversion", "commitments.commitmentpart", "commitments.basehours",
    "hours.statement", "hours.hoursline", "hours.collectivehours", "hours.openingbalance", "procurement.amountentry",
    "procurement.contractparty",
)  # fmt: skip
ACTS = ("commitments.commitmentact",)
WORK, ORDERS = "placements.placement", ("procurement.contract", "procurement.award")


@dataclass(frozen=True, slots=True)
class Recomputed:
    """One attestation. `same_*`: byte for byte. `differs`: facts that are not the same, (name, given, found).

    `facts_sha256`: of the facts counted anew; `broken`: events of the journal that do not follow one another.
    """

    number: str
    uid: UUID
    issued_on: str
    as_of: str
    same_stored: bool
    same_facts: bool
    same_file: bool
    facts_sha256: str
    differs: tuple[tuple[str, str, str], ...]
    broken: tuple[str, ...]
    events: int

    @property
    def ok(self) -> bool:
        """Whether the facts kept, the facts counted anew and the file are the ones given out."""
        return self.same_stored and self.same_facts and self.same_file and not self.broken


def certificates(*, numbers: Sequence[str] = ()) -> QuerySet[Report]:
    """Return the attestations of these numbers, all when none is given, in the order of issue."""
    rows = Report.objects.filter(kind=ReportKind.CERTIFICATE)
    return (rows.filter(number__in=numbers) if numbers else rows).order_by("issued_on", "id")


def recompute_all(*, numbers: Sequence[str] = ()) -> Iterator[Recomputed]:
    """Compute each attestation again. Raises LookupError when the journal does not tell one of them."""
    for report in certificates(numbers=numbers):
        yield _recomputed(report)


def _recomputed(report: Report) -> Recomputed:
    stored = facts_from_json(json.dumps(report.facts))
    at = first_written(kind="reports.report", uid=report.uid)
    if at is None:
        raise LookupError(f"l'attestation {report.number} n'est pas au journal")
    told = told_of_contract(report.contract_id or 0, at)
    rows = replay(told)
    gap = int(parameters_on(stored.figures.as_of)["mission_gap_days"])
    found = rebuilt(stored, rows, report.commitment_id or 0, gap_days=gap)
    files = ReportFile.objects.filter(report_id=report.pk, format=FileFormat.PDF)
    given = files.values_list("content_sha256", flat=True).first()
    return Recomputed(
        number=report.number, uid=report.uid, issued_on=f"{report.issued_on}", as_of=f"{stored.figures.as_of}",
        same_stored=facts_hash(stored) == report.facts_sha256,
        same_facts=facts_hash(found) == report.facts_sha256,
        same_file=hashlib.sha256(render_pdf(found)).hexdigest() == given,
        facts_sha256=facts_hash(found), differs=tuple(_differences(stored, found)), broken=tuple(rows.broken),
        events=len(told),
    )  # fmt: skip


def told_of_contract(contract: int, until: datetime) -> list[Told]:
    """The events that the figures of a contract rest on: its own, those of its work contracts and of its orders."""
    # hours credited by an act from another contract are told under that one
    own = events_told(kinds=OF_CONTRACT, until=until, contracts=[contract], fields={"contract": contract})
    placed = {one.after["placement"] for one in own if "placement" in one.after}
    placed |= {line[2] for one in own if one.kind == STATEMENT for line in lines_beside(one.after)}
    works = sorted({int(str(number)) for number in placed})
    subjects: set[UUID] = set()
    if works:
        made = events_told(kinds=[WORK], until=until, fields={"id__in": works})
        subjects = {one.uid for one in made}
    orders = events_told(kinds=ORDERS, until=until, fields={"framework": contract})
    numbers = [int(str(one.after["id"])) for one in orders if "id" in one.after]
    others = [
        *events_told(kinds=ACTS, until=until, fields={"from_contract": contract, "to_contract": contract}),
        *(events_told(kinds=[WORK], until=until, subjects=subjects) if subjects else []),
        *(events_told(kinds=ORDERS, until=until, contracts=numbers) if numbers else []),
    ]
    return [Told(one.kind, one.uid, one.before, one.after) for one in (*own, *others)]


def _differences(stored: AttestationFacts, found: AttestationFacts) -> Iterator[tuple[str, str, str]]:
    given, counted = (json.loads(facts_as_json(one)) for one in (stored, found))
    for name in asdict(stored):
        if given[name] != counted[name]:
            yield name, json.dumps(given[name], ensure_ascii=False), json.dumps(counted[name], ensure_ascii=False)




@dataclass(frozen=True, slots=True)
class PenaltyTold:
    """Heures non réalisées and their cost, from the journal alone. Hours, euros; `refusal`: why nothing is computed."""

    engagement: UUID
    as_of: str
    due: str
    validated: str
    missing: str
    multiplier: str
    smic: str
    smic_source: str
    amount: str
    sentence: str
    refusal: str
    broken: tuple[str, ...]


def penalty_told(*, engagement: UUID, as_of: date, until: datetime) -> PenaltyTold:
    """Compute again what « heures non réalisées » says as of a day. Raises LookupError (not at the journal)."""
    made = events_told(kinds=["commitments.commitment"], until=until, subjects=[engagement])
    if not made:
        raise LookupError(f"l'engagement {engagement} n'est pas au journal")
    contract, number = (int(str(made[0].after[name])) for name in ("contract", "id"))
    rows = replay(told_of_contract(contract, until))
    told = counted_told(rows, number, as_of)
    smic, multiplier = parameter_row(code="smic_hourly", on=as_of), Decimal(str(told.owed["penalty_multiplier"]))
    done, found, refusal = told.done, None, ""
    if done.due_firm is None:
        refusal = "Cet engagement n'a pas d'objectif chiffré : aucune heure n'est due."
    else:
        try:
            found = shortfall_penalty(
                due=done.due_firm, validated=done.validated, multiplier=multiplier, smic=smic.value,
                months_missing=len(done.missing_months), months_pending=len(done.pending_months),
            )  # fmt: skip
        except PenaltyRefused as refused:
            refusal = refused.message
    return PenaltyTold(
        engagement=engagement, as_of=f"{as_of}", due=_text(done.due_firm), validated=_text(done.validated),
        missing=_text(found.hours if found else None), multiplier=_text(multiplier), smic=_text(smic.value),
        smic_source=smic.source, amount=_text(found.amount if found else None),
        sentence=found.sentence if found else "", refusal=refusal, broken=tuple(rows.broken),
    )  # fmt: skip


def _text(value: Decimal | None) -> str:
    return "" if value is None else format((value + 0).normalize(), "f")
