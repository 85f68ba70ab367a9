"""Roles × actions: the file says what the permissions of the rooms answer."""

from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command

from clausette.access import permissions as access
from clausette.advice import permissions as advice
from clausette.agenda import permissions as agenda
from clausette.commitments import permissions as commitments
from clausette.hours import permissions as hours
from clausette.imports import permissions as imports
from clausette.kernel.actor import Actor
from clausette.kernel.decision import Decision
from clausette.outcomes import permissions as outcomes
from clausette.participants import permissions as participants
from clausette.placements import permissions as placements
from clausette.privacy import permissions as privacy
from clausette.procurement import permissions as procurement
from clausette.reports import permissions as reports
from clausette.reports.enums import Audience
from clausette.web.roles import Action, read_roles

PILOT, COPILOT, OTHER = 1, 2, 3
ROLES = read_roles()


def actor(role: str) -> Actor:
    """Someone of each role; the contract is the pilot's, the person too, referred by the prescriber."""
    capabilities = {
        "contractor": ("contractor", "employer"), "employer": ("employer",), "buyer": ("buyer",),
        "prescriber": ("prescriber",),
    }  # fmt: skip
    own = {"pilot": PILOT, "pilot_admin": PILOT, "copilot": COPILOT}.get(role, OTHER)
    can = frozenset(capabilities.get(role, ("facilitator",)))
    return Actor(9, "Ana", own, "Organisme", "organisme", can, is_admin=role == "pilot_admin")


def part(role: str) -> hours.ContractPart:
    """What the organisation of this role is in the contract."""
    piloted = role in {"pilot", "copilot", "pilot_admin"}
    return hours.ContractPart(
        5, uuid4(), "Gymnase", piloted, role in {"contractor", "employer"}, role == "buyer"
    )


ASKED: dict[str, Callable[[str], Decision]] = {
    "contract.create": lambda r: procurement.can_create_contract(actor(r)),
    "contract.change": lambda r: procurement.can_change_contract(
        actor(r), owner_org_id=PILOT, state="running"
    ),
    "contract.share": lambda r: procurement.can_pilot(actor(r), owner_org_id=PILOT),
    "commitment.create": lambda r: commitments.can_create_commitment(
        actor(r), owner_org_id=PILOT, contract_state="running"
    ),
    "commitment.version": lambda r: commitments.can_add_version(
        actor(r), owner_org_id=PILOT, contract_state="running", closed_on=None
    ),
    "shortfall.simulate": lambda r: commitments.can_simulate_shortfall(actor(r)),
    "participant.create": lambda r: participants.can_create_participant(actor(r)),
    "eligibility.decide": lambda r: participants.can_follow(actor(r), owner_org_id=PILOT),
    "eligibility.reasons": lambda r: participants.can_read_reasons(
        actor(r), owner_org_id=PILOT, referred_by_id=OTHER if r == "prescriber" else None
    ),
    "eligibility.options": lambda r: participants.can_admit_options(actor(r)),
    "referral.propose": lambda r: participants.can_refer(actor(r)),
    "referral.carry": lambda r: participants.can_carry_referral(actor(r), prescriber_id=OTHER),
    "referral.answer": lambda r: participants.can_answer_referral(actor(r), owner_org_id=PILOT),
    "need.tell": lambda r: participants.can_tell_needs(actor(r)),
    "placement.create": lambda r: placements.can_place(actor(r), owner_org_id=PILOT),
    "hours.declare": lambda r: hours.can_type(actor(r), part(r), OTHER),
    "hours.amend": lambda r: hours.can_amend_handed(part(r)),
    "hours.propose": lambda r: hours.can_propose_correction(actor(r), part(r), OTHER),
    "hours.take_back": lambda r: hours.can_take_back(actor(r), part(r), OTHER),
    "hours.validate": lambda r: hours.can_validate(part(r)),
    "hours.confirm": lambda r: hours.can_confirm(
        actor(r), contractor_id=OTHER if r == "contractor" else 90, declarant_id=91, asked=True
    ),
    "hours.reopen": lambda r: hours.can_reopen(part(r)),
    "hours.reopening_decision": lambda r: hours.can_decide_reopening(actor(r), part(r), asked_by=8),
    "hours.reopening_cancel": lambda r: hours.can_cancel_reopening(
        actor(r), part(r), asked_by=8 if r == "pilot_admin" else 9
    ),
    "hours.unlisted": lambda r: hours.can_name_unlisted(actor(r), part(r), OTHER),
    "hours.match": lambda r: hours.can_match_unlisted(part(r)),
    "hours.names": lambda r: hours.can_read_names(actor(r)),
    "reminder.send": lambda r: agenda.can_remind(actor(r)),
    "study.open": lambda r: advice.can_study(actor(r)),
    "path.follow": lambda r: outcomes.can_follow_path(actor(r), owner_org_id=PILOT),
    "fse.hold": lambda r: outcomes.can_fund(actor(r)),
    "official.import": lambda r: imports.can_import(actor(r)),
    "hours.import": lambda r: imports.can_import_hours(actor(r)),
    "certificate.issue": lambda r: reports.can_issue(actor(r), owner_org_id=PILOT),
    "document.issue": lambda r: reports.can_issue(actor(r), owner_org_id=PILOT),
    "document.send": lambda r: reports.can_send(
        actor(r), owner_org_id=PILOT, audience=Audience.PARTIES, contract_id=1
    ),
    "hold.set": lambda r: privacy.can_hold(actor(r), owner_org_id=PILOT),
    "hold.lift": lambda r: privacy.can_lift(actor(r), owner_org_id=PILOT),
    "participant.twins": lambda r: participants.can_create_participant(actor(r)),
    "person.erase": lambda r: privacy.can_erase(actor(r), owner_org_id=PILOT),
    "mandate.give": lambda r: procurement.can_give_mandate(replace(actor(r), is_admin=True)),
    "subcontractor.ask": lambda r: procurement.can_ask_subcontractor(
        actor(r), leads=r == "contractor", state="running"
    ),
    "subcontractor.answer": lambda r: procurement.can_answer_asked(actor(r)),
    "deposit.open": lambda r: access.can_open_deposit(actor(r)),
    "rights.export": lambda r: privacy.can_tell_all(actor(r), owner_org_id=PILOT),
    "retention.see": lambda r: privacy.can_see_retention(actor(r)),
    "evidence.choose": lambda r: participants.can_choose_evidence(actor(r)),
    "members.manage": lambda r: access.can_administer(actor(r)),
}


@pytest.mark.parametrize("action", ROLES.actions, ids=lambda a: a.key)
def test_the_permissions_answer_what_the_table_says(action: Action) -> None:
    if not action.permission:
        assert action.key not in ASKED  # the rows seen decide: the isolation matrix proves it
        return
    for role, answer in action.who.items():
        if (
            role != "anonymous"
        ):  # nobody without an account reaches a permission: the doors send to the sign-in page
            decision = ASKED[action.key](role)
            assert bool(decision) == (answer in {"own", "contract", "yes"}), (role, decision)
            assert decision.ok or decision.reason


def test_every_action_names_a_permission_that_exists() -> None:
    rooms = {
        "access": access, "advice": advice, "agenda": agenda, "commitments": commitments, "hours": hours,
        "imports": imports, "participants": participants, "placements": placements, "privacy": privacy,
        "procurement": procurement, "outcomes": outcomes, "reports": reports,
    }  # fmt: skip
    for action in ROLES.actions:
        room, _, name = action.permission.partition(".")
        assert not room or callable(getattr(rooms[room], name))
    assert {a.key for a in ROLES.actions if a.permission} == ASKED.keys()


def test_nobody_enters_without_an_account() -> None:
    assert {action.who["anonymous"] for action in ROLES.actions} == {"no"}


def test_the_command_prints_the_table() -> None:
    out = StringIO()
    call_command("matrix", stdout=out, skip_checks=True)
    assert "Valider, renvoyer, corriger des heures : Structure référente (contract)" in out.getvalue()
