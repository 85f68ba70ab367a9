"""Referrals of the small world: each known by the structure addressed and by the prescriber, by nobody else."""

from datetime import date
from typing import TYPE_CHECKING, Any

from clausette.files import storage
from tests.hats import TODAY

if TYPE_CHECKING:
    from tests.isolation.world import World

SINCE = date(2026, 1, 5)
TIED = {"A": "P", "C": "Q"}
CANDIDATES = (("A", "proposed"), ("A", "in_review"), ("A", "returned"), ("C", "proposed"), ("C", "refused"))


def referred(world: "World") -> None:
    """Who works with whom, the people wanted, candidates in every state."""
    for structure, prescriber in TIED.items():
        both = {structure, prescriber}
        world.plant(
            f"tie {structure}", "participants.PrescriberTie", both, owner_org_id=world.org(structure),
            prescriber_id=world.org(prescriber), kind="SPIP", starts_on=SINCE,
        )  # fmt: skip
        world.plant(
            f"need {structure}", "participants.Need", both, owner_org_id=world.org(structure), people=2,
            starts_on=TODAY, ends_on=date(2027, 6, 30),
        )  # fmt: skip
        world.plant(
            f"alert {structure}", "journal.ReadingAlert", {structure}, account_id=world.members[prescriber].account_id,
            organisation_id=world.org(prescriber), told_org=world.org(structure), level="warn", hour=130, day=130,
        )  # fmt: skip
    for structure, state in CANDIDATES:
        _candidate(world, structure, state)


def _candidate(world: "World", structure: str, state: str) -> None:
    prescriber = TIED[structure]
    both, orgs = {structure, prescriber}, {"owner_org_id": world.org(structure), "prescriber_id": world.org(prescriber)}
    answered = state in {"returned", "refused"}
    row = world.plant(
        f"referral {structure} {state}", "participants.Referral", both, author_id=world.members[prescriber].account_id,
        need=world.rows[f"need {structure}"], state=state, asked_on=SINCE, sent_on=SINCE,
        answered_on=TODAY if answered else None, birth_date=date(1990, 5, 17), consent_on=SINCE, consent_means="signed",
        answered_by_id=world.members[structure].account_id if answered else None, email="candidat@exemple.fr", **orgs,
    )  # fmt: skip
    world.plant(
        f"situation {structure} {state}", "participants.ReferralSituation", both, referral=row, sealed=None, **orgs
    )
    _piece(world, structure, state, row)


def _piece(world: "World", structure: str, state: str, referral: Any) -> None:
    """One piece for each referral: while it waits, its file is read by its prescriber and by the structure."""
    prescriber, gone = TIED[structure], state == "refused"
    both, account = {structure, prescriber}, world.members[prescriber].account_id
    inside = world.aviary.word()
    data = f"%PDF-1.4\n% {inside}\n%%EOF".encode()
    file = world.plant(
        f"joined {structure} {state}", "files.StoredFile", {prescriber} if gone else both, size=len(data),
        owner_org_id=world.org(prescriber), sha256=storage.write(data), content_type="application/pdf", given_sha256="",
        masked="", deposited_by_id=account, contract_ref=None, bytes_gone_on=TODAY if gone else None,
    )  # fmt: skip
    world.aviary.words[int(inside[2:6])] = world.aviary.rows[file._meta.db_table, file.pk]
    world.plant(
        f"piece {structure} {state}", "participants.ReferralPiece", both, referral=referral, file=file, sealed=None,
        owner_org_id=world.org(structure), prescriber_id=world.org(prescriber), joined_on=SINCE, joined_by_id=account,
        state="destroyed" if gone else "joined", gone_on=TODAY if gone else None,
    )  # fmt: skip
