"""From the form of a hiring to the operation: choices offered, bodies named or left to the titulaire."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from clausette.commitments.queries import CommitmentLine, list_commitments
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.french import format_date
from clausette.kernel.operation import isolated
from clausette.placements import operations
from clausette.placements.enums import LinkKind, Modality
from clausette.placements.queries import WorkContractLine, work_contracts_of
from clausette.placements.rules import host_is_employer
from clausette.procurement.enums import PartyRole
from clausette.procurement.queries import firm_lines
from clausette.web.contracts.forms.organisations import OrganisationChoice, read_organisation, settle
from clausette.web.people.forms.work import AllocateForm, PlaceForm
from clausette.web.typed import posted

BODIES = (PartyRole.CONTRACTOR, PartyRole.GROUP_MEMBER, PartyRole.SUBCONTRACTOR, PartyRole.EMPLOYER)


def open_commitments(actor: Actor) -> list[CommitmentLine]:
    """The engagements still running, by contract."""
    today = clock.today()
    rows = list_commitments(actor=actor, as_of=today)
    return sorted(
        (r for r in rows if not r.closed_on and r.ends_on >= today), key=lambda r: (r.contract_name, r.name)
    )


def _choices(rows: list[CommitmentLine]) -> list[tuple[str, str]]:
    return [(str(row.uid), f"{row.contract_name} · {row.name}") for row in rows]


def _known(actor: Actor) -> tuple[tuple[str, str], ...]:
    return tuple((line.name, line.siret) for line in firm_lines(actor=actor, roles=BODIES))


def place_form(request: HttpRequest, actor: Actor, person: UUID) -> PlaceForm:
    """The form with the running engagements, the bodies already met, and the person's work contracts.

    `?suite=` names the work contract that the new one follows: it begins as that one, the day after its end.
    """
    lines = work_contracts_of(actor=actor, participant_uid=person)
    previous = [
        (
            str(line.uid),
            f"{line.work_contract.label} chez {line.employer_name}, du {format_date(line.starts_on)}",
        )
        for line in lines
    ]
    known, followed = _known(actor), request.GET.get("suite", "")
    initial = {"commitment": request.GET.get("engagement", "")}
    for line in lines:
        if str(line.uid) == followed:
            initial |= _following(line, dict(known))
    return PlaceForm(
        posted(request), initial=initial, commitments=_choices(open_commitments(actor)), known=known,
        previous=previous,
    )  # fmt: skip


def _following(line: WorkContractLine, sirets: Mapping[str, str]) -> dict[str, Any]:
    """What a work contract that follows another begins with: all of it but its end."""

    def body(name: str) -> str:
        return f"{name} ({sirets[name]})" if sirets.get(name) else name

    last = max(line.allocations, key=lambda part: part.starts_on) if line.allocations else None
    return {
        "commitment": str(last.commitment_uid) if last else "",
        "modality": line.modality,
        "work_contract": line.work_contract,
        "job": line.job,
        "weekly_hours": line.weekly_hours,
        "starts_on": line.last_day + timedelta(days=1) if line.last_day else None,
        "employer": body(line.employer_name),
        "host": body(last.host_name) if last and last.host_uid != line.employer_uid else "",
        "follows": str(line.uid),
        "link": LinkKind.FOLLOWS,
    }


def allocate_form(request: HttpRequest, actor: Actor) -> AllocateForm:
    """The form of another mise à disposition."""
    return AllocateForm(
        posted(request), commitments=_choices(open_commitments(actor)), known=_known(actor)
    )


def _titulaire(actor: Actor, commitment_uid: UUID) -> UUID:
    rows: Mapping[UUID, CommitmentLine] = {row.uid: row for row in open_commitments(actor)}
    return rows[commitment_uid].contractor_uid


def _uid(actor: Actor, choice: OrganisationChoice | None, capability: str, otherwise: UUID) -> UUID:
    return settle(choice, actor=actor, capability=capability) if choice else otherwise


def put_to_work(actor: Actor, person: UUID, form: PlaceForm) -> UUID | None:
    """Everything or nothing: bodies not known yet, work contract, mise à disposition. None: an error is in the form.

    Raises Refusal.
    """
    employer, host = read_organisation(form, "employer", actor), read_organisation(form, "host", actor)
    if not form.is_valid():
        return None
    values = form.hiring()
    titulaire = _titulaire(actor, values["commitment_uid"])
    lent = not host_is_employer(Modality(values["modality"]))
    with isolated():
        employer_uid = _uid(actor, employer, "employer" if lent else "contractor", titulaire)
        host_uid = _uid(actor, host, "contractor", titulaire if lent else employer_uid)
        return operations.place(
            actor=actor, participant_uid=person, employer_uid=employer_uid, host_company_uid=host_uid,
            on=clock.today(), **values,
        )  # fmt: skip


def move(actor: Actor, placement: UUID, form: AllocateForm) -> UUID | None:
    """Add a mise à disposition. None: an error is in the form. Raises Refusal."""
    host = read_organisation(form, "host", actor)
    if not form.is_valid():
        return None
    commitment = UUID(form.cleaned_data["commitment"])
    with isolated():
        return operations.allocate(
            actor=actor,
            placement_uid=placement,
            commitment_uid=commitment,
            host_company_uid=_uid(actor, host, "contractor", _titulaire(actor, commitment)),
            starts_on=form.cleaned_data["starts_on"],
            ends_on=form.cleaned_data["ends_on"],
            on=clock.today(),
            **form.split(),
        )
