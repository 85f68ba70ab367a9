"""Checks of eligibility: asked, decided, taken over, withdrawn; a decision is never rewritten."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Invalid, Refusal
from clausette.kernel.operation import because, change, created, lock, operation
from clausette.kernel.text import collapse
from clausette.participants import permissions, rules
from clausette.participants.enums import CheckState, EvidenceMeans, Funding
from clausette.participants.errors import DecisionIncomplete
from clausette.participants.models import EligibilityCheck, Participant
from clausette.participants.operations.evidence import demand_means
from clausette.participants.operations.facts import freeze_facts
from clausette.participants.operations.notes import Opinion, keep_opinion
from clausette.participants.operations.persons import followed
from clausette.participants.operations.pieces import settle_pieces
from clausette.participants.operations.reasons import keep_reasons
from clausette.participants.queries.criteria import admitted_options
from clausette.participants.queries.eligibility import PENDING
from clausette.participants.queries.visibility import checks_visible_to
from clausette.participants.rules.evidence import kind_of
from clausette.participants.sealing import Reason
from clausette.procurement.queries import contract_key
from clausette.reference.facts.publics import PublicRow
from clausette.reference.queries import categories as eligible_publics
from clausette.reference.queries import months_of, parameters_on

IN_SIAE = "SIAE"
REASONED = "AVIS_MOTIVE"
NOT_ASKED = rules.FactsEntry()


@dataclass(frozen=True, slots=True)
class CategoryEntry:
    """One public met. `is_main`: the public retenu; `evidence_on`: date on the paper; `title_ends_on`: its last day."""

    code: str
    is_main: bool = False
    evidence_on: date | None = None
    means: EvidenceMeans = EvidenceMeans.SEEN
    title_ends_on: date | None = None
    funding: Funding = Funding.ORDINARY


def _publics(entries: Sequence[CategoryEntry], *, eligible: bool) -> dict[str, PublicRow]:
    known = {row.code: row for row in eligible_publics(codes=[entry.code for entry in entries])}
    unknown = [entry.code for entry in entries if entry.code not in known]
    if unknown:
        raise Invalid({"category": "Ce public n'est pas dans la liste."})
    for public in known.values():
        rules.demand_storable(public)
    mains = [entry for entry in entries if entry.is_main]
    if len(known) != len(entries):
        raise Invalid({"others": "Ce public est déjà coché."})
    if eligible and len(mains) != 1:
        raise Invalid({"category": "Choisissez le public retenu : un seul, les autres sont des critères."})
    return known


def _demand_papers(entry: CategoryEntry, public: PublicRow, person: Participant, on: date) -> None:
    """Raise DecisionIncomplete with all that the favourable decision still needs."""
    facts = rules.PaperFacts(
        evidence_on=entry.evidence_on,
        evidence_seen=entry.means != EvidenceMeans.DECLARED,
        title_ends_on=entry.title_ends_on,
        born_on=person.birth_date,
        prescriber_opinion=entry.means == EvidenceMeans.PRESCRIBER,
    )
    missing = rules.missing_to_decide(public, facts, on)
    if missing:
        field = "means" if not facts.evidence_seen else _field_of(missing[0])
        raise DecisionIncomplete({field: " ".join(missing)})


def _field_of(sentence: str) -> str:
    if "titre" in sentence:
        return "title_ends_on"
    if "prescripteur" in sentence:
        return "means"
    return "category" if "ans" in sentence or "naissance" in sentence else "evidence_on"


@operation("participants.check.decided")
def decide_eligibility(
    *,
    actor: Actor,
    participant_uid: UUID,
    contract_uid: UUID | None = None,
    categories: Sequence[CategoryEntry] = (),
    pass_ends_on: date | None = None,
    eligible: bool,
    on: date,
    reason: str = "",
    facts: rules.FactsEntry = NOT_ASKED,
    opinion: Opinion | None = None,
    admitted: Collection[str] | None = None,
) -> UUID:
    """Decide on `on` whether a person is eligible (for one contract, or for all); return the uid of the check.

    A favourable decision needs one public retenu with its paper, fresh on `on`; the age of papers and the delay of
    hiring are those of the reference. `pass_ends_on`: last day of the PASS IAE when the public retenu is SIAE. `facts`:
    what else is known that day, kept with the decision. `opinion`: what AVIS_MOTIVE rests on. `admitted`: publics that
    the engagements of the contract admit, None when they say nothing.
    Raises Absent, NotAllowed, Invalid, CategoryNotStored, DecisionIncomplete.
    """
    person = followed(actor, participant_uid)
    publics = _publics(categories, eligible=eligible)
    for entry in categories:
        demand_means(actor, publics[entry.code], entry.means, entry.funding)
    dates: dict[str, date | None] = {"decided_on": on}
    if eligible:
        main = next(entry for entry in categories if entry.is_main)
        dates |= _favourable(main, publics[main.code], person, pass_ends_on, on)
        rules.demand_admitted(publics[main.code], options=admitted_options(actor), admitted=admitted)
        rules.demand_new_job(already_employed=facts.already_employed, reason=reason)
        _demand_opinion(main, opinion, on)
    elif not reason.strip():
        raise Invalid({"reason": "Dites pourquoi la personne n'est pas éligible."})
    because(collapse(reason))
    state = CheckState.ELIGIBLE if eligible else CheckState.NOT_ELIGIBLE
    contract_id = contract_key(actor, contract_uid).id if contract_uid else None
    _refuse_second(actor, person, state, contract_id, on)
    check = _decided(actor, person, state, contract_id, dates, on)
    keep_reasons(check, person, _said(actor, check, categories, publics, on))
    freeze_facts(check, person, facts, publics, on)
    if opinion is not None:
        keep_opinion(check, person, opinion, on)
    return check.uid


def _said(
    actor: Actor, check: EligibilityCheck, entries: Sequence[CategoryEntry], publics: dict[str, PublicRow], on: date
) -> list[tuple[Reason, bool]]:
    """The reasons of a decision; a paper seen is told kept when the structure keeps the piece sent with a referral."""
    funding = next((one.funding for one in entries if one.is_main), Funding.ORDINARY)
    eligible = check.state == CheckState.ELIGIBLE
    kept = settle_pieces(actor, check, funding=funding, publics=publics.values(), on=on, eligible=eligible)
    means = {
        one.code: EvidenceMeans.KEPT if one.means == EvidenceMeans.SEEN and kind_of(one.code) in kept else one.means
        for one in entries
    }
    return [(Reason(one.code, one.evidence_on, EvidenceMeans(means[one.code])), one.is_main) for one in entries]


def _demand_opinion(main: CategoryEntry, opinion: Opinion | None, on: date) -> None:
    """Raise Invalid when the public retenu rests on a reasoned opinion that is not whole."""
    if main.code == REASONED:
        (opinion or Opinion()).check(on)


def _refuse_second(
    actor: Actor, person: Participant, state: CheckState, contract_id: int | None, on: date
) -> None:
    """The same answer twice on one day is a double click, or a mistake to withdraw first."""
    same = checks_visible_to(actor).filter(participant=person, state=state, decided_on=on)
    if same.filter(Q(contract_id=contract_id)).exists():
        raise Refusal(
            "La même décision est déjà enregistrée aujourd'hui : pour la changer, retirez-la d'abord."
        )


def _favourable(
    main: CategoryEntry, public: PublicRow, person: Participant, pass_ends_on: date | None, on: date
) -> dict[str, date | None]:
    """The dates of a favourable decision: hiring before, end of the PASS IAE; never merged."""
    with_pass = main.code == IN_SIAE
    title = pass_ends_on or main.title_ends_on if with_pass else main.title_ends_on
    entry = CategoryEntry(main.code, True, main.evidence_on, main.means, title)
    _demand_papers(entry, public, person, on)
    before = rules.hire_before(on, months=months_of(parameters_on(on), "hire_before_months"))
    if title is not None and public.title_ends and not with_pass:
        before = min(before, title)  # a title that ends earlier limits the hiring; its own end is not kept
    return {"hire_before": before, "pass_ends_on": title if with_pass else None}


def _decided(
    actor: Actor,
    person: Participant,
    state: CheckState,
    contract_id: int | None,
    dates: dict[str, date | None],
    on: date,
) -> EligibilityCheck:
    """Decide the check that waits, or write a new one."""
    waiting = checks_visible_to(actor).filter(participant=person, state__in=PENDING)
    pending = waiting.order_by("-asked_on", "-id").first()
    if pending is not None:
        row = lock(checks_visible_to(actor), pk=pending.pk)
        rules.check_transition(CheckState(row.state), state)
        return change(
            row,
            state=state,
            decided_by_id=actor.account_id,
            contract_id=contract_id or row.contract_id,
            **dates,
        )
    return created(
        EligibilityCheck(
            participant=person,
            owner_org_id=person.owner_org_id,
            contract_id=contract_id,
            state=state,
            asked_on=on,
            decided_by_id=actor.account_id,
            **dates,
        )
    )


@operation("participants.check.taken_over")
def take_over_check(
    *,
    actor: Actor,
    participant_uid: UUID,
    category: str,
    decided_on: date,
    evidence_on: date | None = None,
    hire_before: date | None = None,
    pass_ends_on: date | None = None,
    reason: str,
    on: date,
    facts: rules.FactsEntry = NOT_ASKED,
) -> UUID:
    """Record a favourable decision made before we began (« reprise »), with its own dates; return its uid.

    Its papers were seen at the time: their freshness is not judged again. `hire_before`: the legal delay from the
    decision when it is not known. Raises Absent, NotAllowed, Invalid, CategoryNotStored, Refusal (decided already).
    """
    person = followed(actor, participant_uid)
    _publics([CategoryEntry(category, is_main=True)], eligible=True)
    if decided_on > on:
        raise Invalid({"decided_on": "La décision est dans le futur."})
    if evidence_on is not None and evidence_on > decided_on:
        raise Invalid({"evidence_on": "La pièce est datée d'après la décision."})
    delay = rules.hire_before(decided_on, months=months_of(parameters_on(on), "hire_before_months"))
    before = hire_before or delay
    if before < decided_on:
        raise Invalid({"hire_before": "La date limite d'embauche précède la décision."})
    because(collapse(reason))
    _refuse_second(actor, person, CheckState.ELIGIBLE, None, decided_on)
    check = created(
        EligibilityCheck(
            participant=person, owner_org_id=person.owner_org_id, state=CheckState.ELIGIBLE, asked_on=decided_on,
            decided_on=decided_on, hire_before=before, pass_ends_on=pass_ends_on, decided_by_id=actor.account_id,
        )
    )  # fmt: skip
    means = EvidenceMeans.PRESCRIBER if category == "AVIS_MOTIVE" else EvidenceMeans.SEEN
    keep_reasons(check, person, [(Reason(category, evidence_on, means), True)])
    freeze_facts(check, person, facts, [category], decided_on)
    return check.uid


@operation("participants.check.asked")
def ask_check(*, actor: Actor, participant_uid: UUID, contract_uid: UUID | None = None, on: date) -> UUID:
    """Note that a check is to be made; return its uid. Raises Absent, NotAllowed, Refusal when one already waits."""
    person = followed(actor, participant_uid)
    if checks_visible_to(actor).filter(participant=person, state__in=PENDING).exists():
        raise Refusal("Une vérification est déjà en attente pour cette personne.")
    check = EligibilityCheck(
        participant=person,
        owner_org_id=person.owner_org_id,
        contract_id=contract_key(actor, contract_uid).id if contract_uid else None,
        state=CheckState.PROPOSED,
        asked_on=on,
    )
    return created(check).uid


@operation("participants.check.withdrawn")
def withdraw_check(*, actor: Actor, participant_uid: UUID, uid: UUID, reason: str) -> UUID:
    """Withdraw a check decided or asked by mistake, with its reason. Raises Absent, NotAllowed, WrongState, Invalid."""
    seen = checks_visible_to(actor).filter(participant__uid=participant_uid)
    known = seen.filter(uid=uid).first()
    if known is not None:
        demand(permissions.can_follow(actor, owner_org_id=known.owner_org_id))
    row = lock(seen, uid=uid)
    rules.check_transition(CheckState(row.state), CheckState.WITHDRAWN)
    if not reason.strip():
        raise Invalid({"reason": "Dites pourquoi cette décision est retirée."})
    because(collapse(reason))
    change(
        row,
        state=CheckState.WITHDRAWN,
        decided_on=None,
        decided_by_id=None,
        hire_before=None,
        pass_ends_on=None,
    )
    return row.uid
