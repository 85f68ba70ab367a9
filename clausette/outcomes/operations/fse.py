"""Verbs of the FSE+: operations, entries, questionnaires; a signed questionnaire is corrected by a new version."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Invalid, WrongState
from clausette.kernel.french import format_date
from clausette.kernel.operation import because, change, created, lock, operation
from clausette.kernel.sealing import keyring
from clausette.outcomes.enums import Support
from clausette.outcomes.models import (
    EntryQuestionnaire,
    ExitQuestionnaire,
    FundedEntry,
    FundedOperation,
    SensitiveAnswers,
)
from clausette.outcomes.operations.common import followed_person, kept, not_to_come, withdraw
from clausette.outcomes.permissions import can_fund
from clausette.outcomes.queries.visibility import (
    entries_visible_to,
    funded_visible_to,
    leavings_visible_to,
    questionnaires_visible_to,
    sensitive_visible_to,
)
from clausette.outcomes.rules import (
    EntrySaid,
    ExitSaid,
    SensitiveSaid,
    missing_at_exit,
    outside,
    refusal_to_enter,
    told_outside,
    too_short,
)
from clausette.outcomes.sealing import seal_answers

NO_PERSONS = "Cette opération n'est pas d'assistance aux personnes : elle n'a ni entrée ni questionnaire."


@dataclass(frozen=True, slots=True)
class OperationValues:
    """What is known of a funded operation."""

    name: str
    code: str
    starts_on: date
    funder: str = ""
    assists_people: bool = True
    ends_on: date | None = None
    last_paid_on: date | None = None


def _checked(values: OperationValues) -> dict[str, object]:
    errors: dict[str, str] = {}
    if values.ends_on is not None and values.ends_on < values.starts_on:
        errors["ends_on"] = "La fin est avant le début."
    if values.last_paid_on is not None and values.last_paid_on < values.starts_on:
        errors["last_paid_on"] = "Le dernier paiement est avant le début de l'opération."
    if errors:
        raise Invalid(errors)
    return {
        "name": values.name, "code": values.code, "funder": values.funder, "assists_people": values.assists_people,
        "starts_on": values.starts_on, "ends_on": values.ends_on, "last_paid_on": values.last_paid_on,
    }  # fmt: skip


@operation("outcomes.operation.created")
def create_operation(*, actor: Actor, values: OperationValues) -> UUID:
    """Record a funded operation; return its uid. Raises NotAllowed, Invalid, Refusal (its number is taken)."""
    demand(can_fund(actor))
    return created(FundedOperation(owner_org_id=actor.organisation_id, **_checked(values))).uid


@operation("outcomes.operation.changed")
def change_operation(*, actor: Actor, uid: UUID, values: OperationValues) -> None:
    """Correct a funded operation. Raises Absent, NotAllowed, Invalid (persons entered, some outside the new dates)."""
    demand(can_fund(actor))
    row = lock(funded_visible_to(actor), uid=uid)
    known = entries_visible_to(actor).filter(operation_id=row.pk, withdrawn_at=None)
    if not values.assists_people and known.exists():
        raise Invalid({"assists_people": "Des personnes y sont entrées : elle reste d'assistance aux personnes."})
    said = _checked(values)
    days = known.order_by().values_list("entered_on", flat=True)
    if left := outside(days, values.starts_on, values.ends_on):
        field = "starts_on" if min(left) < values.starts_on else "ends_on"
        raise Invalid({field: told_outside(left)})
    change(row, **said)


@operation("outcomes.entry.created")
def enter(
    *, actor: Actor, participant_uid: UUID, operation_uid: UUID, entered_on: date, support: Support, on: date
) -> UUID:
    """Note that a person enters an operation; coming back makes a second entry. Return its uid.

    Raises Absent, NotAllowed, Refusal (a day to come), Invalid (not a participation, not within the dates).
    """
    key = followed_person(actor, participant_uid)
    demand(can_fund(actor))
    not_to_come(entered_on, on, "entered_on")
    funded = lock(funded_visible_to(actor), uid=operation_uid)
    if not funded.assists_people:
        raise Invalid({"operation": NO_PERSONS})
    if refusal := refusal_to_enter(support):
        raise Invalid({"support": refusal})
    if outside([entered_on], funded.starts_on, funded.ends_on):
        raise Invalid({"entered_on": "Cette date est hors de l'opération."})
    known = entries_visible_to(actor).filter(operation_id=funded.pk, participant_id=key.id, withdrawn_at=None)
    last = known.order_by("-entered_on").first()
    if last is not None and last.left_on is None:
        told = f"Cette personne y participe depuis le {format_date(last.entered_on)} : notez d'abord sa sortie."
        raise Invalid({"operation": told})
    if last is not None and last.left_on is not None and entered_on <= last.left_on:
        raise Invalid({"entered_on": f"Un retour est après la sortie du {format_date(last.left_on)}."})
    row = FundedEntry(
        participant_id=key.id, owner_org_id=key.owner_org_id, noted_by_id=actor.account_id, operation_id=funded.pk,
        entered_on=entered_on,
    )  # fmt: skip
    return created(row).uid


@operation("outcomes.entry.withdrawn")
def withdraw_entry(*, actor: Actor, uid: UUID, reason: str, at: datetime) -> None:
    """Withdraw an entry typed by mistake. Raises Absent, NotAllowed, Refusal."""
    withdraw(kept(actor, entries_visible_to(actor), uid), reason=reason, at=at)


@dataclass(frozen=True, slots=True)
class Signature:
    """When the person signed, and when the information notice was handed to them; None: not yet."""

    signed_on: date | None = None
    notice_on: date | None = None


def _demand_signature(row: FundedEntry, signature: Signature, on: date) -> None:
    not_to_come(signature.signed_on, on, "signed_on")
    not_to_come(signature.notice_on, on, "notice_on")
    if signature.signed_on is None:
        return
    errors: dict[str, str] = {}
    if signature.notice_on is None:
        errors["notice_on"] = "Dites quand l'information a été remise à la personne, avant sa signature."
    elif signature.notice_on > signature.signed_on:
        errors["notice_on"] = "L'information se remet avant la signature."
    if errors:
        raise Invalid(errors)


@operation("outcomes.entry.answered")
def fill_entry(
    *,
    actor: Actor,
    entry_uid: UUID,
    said: EntrySaid,
    sensitive: SensitiveSaid,
    signature: Signature,
    reason: str = "",
    on: date,
) -> int:
    """Keep the answers at entry; return the version. A signed one is followed by a new version, with its reason.

    Raises Absent, NotAllowed, Refusal, Invalid (signature without notice, correction without reason).
    """
    entry = kept(actor, entries_visible_to(actor), entry_uid)
    _demand_signature(entry, signature, on)
    person = followed_person(actor, entry.participant.uid)
    ring = keyring([person.uid], make=True)
    dates = {"signed_on": signature.signed_on, "notice_on": signature.notice_on, "noted_by_id": actor.account_id}
    versions = questionnaires_visible_to(actor).filter(entry_id=entry.pk)
    last = versions.order_by("-version").first()
    if last is not None and last.signed_on is None:
        row = lock(versions, pk=last.pk)
        change(row, sealed=seal_answers(ring, person=person.uid, row=row.uid, said=said), **dates)
        private = lock(sensitive_visible_to(actor), questionnaire_id=row.pk)
        change(private, sealed=seal_answers(ring, person=person.uid, row=private.uid, said=sensitive))
        return row.version
    if last is not None and not reason:
        raise Invalid({"reason": "Ce questionnaire est signé : dites pourquoi vous le corrigez."})
    because(reason)
    owner = {"participant_id": entry.participant_id, "owner_org_id": entry.owner_org_id}
    number = last.version + 1 if last is not None else 1
    row = EntryQuestionnaire(entry_id=entry.pk, version=number, reason=reason if last else "", **owner, **dates)
    row.sealed = seal_answers(ring, person=person.uid, row=row.uid, said=said)
    created(row)
    private = SensitiveAnswers(questionnaire_id=row.pk, **owner)
    private.sealed = seal_answers(ring, person=person.uid, row=private.uid, said=sensitive)
    created(private)
    return number


@operation("outcomes.entry.left")
def leave(
    *, actor: Actor, entry_uid: UUID, left_on: date, said: ExitSaid | None, on: date
) -> None:
    """Note the day on which a person leaves, and the answers if they are known; the first day stays as it is.

    Raises Absent, NotAllowed, Refusal (a day to come), Invalid (one day or less), WrongState (they came back since).
    """
    entry = kept(actor, entries_visible_to(actor), entry_uid)
    not_to_come(left_on, on, "left_on")
    if too_short(entry.entered_on, left_on):
        told = "Une aide d'un jour ou moins n'est pas une participation : retirez l'entrée, ou corrigez la date."
        raise Invalid({"left_on": told})
    later = entries_visible_to(actor).filter(
        operation_id=entry.operation_id, participant_id=entry.participant_id, withdrawn_at=None,
        entered_on__gt=entry.entered_on, entered_on__lte=left_on,
    )  # fmt: skip
    if later.exists():
        raise WrongState("La personne est revenue avant cette date : la sortie est avant son retour.", "left_on")
    if entry.left_on != left_on:
        change(entry, left_on=left_on)
    if said is not None and said != ExitSaid():
        _keep_exit(actor, entry, said, on)


def _keep_exit(actor: Actor, entry: FundedEntry, said: ExitSaid, on: date) -> None:
    person = followed_person(actor, entry.participant.uid)
    last = leavings_visible_to(actor).filter(entry_id=entry.pk).order_by("-version").first()
    row = ExitQuestionnaire(
        entry_id=entry.pk, participant_id=entry.participant_id, owner_org_id=entry.owner_org_id, answered_on=on,
        version=last.version + 1 if last else 1, is_complete=not missing_at_exit(said), noted_by_id=actor.account_id,
    )  # fmt: skip
    row.sealed = seal_answers(keyring([person.uid], make=True), person=person.uid, row=row.uid, said=said)
    created(row)
