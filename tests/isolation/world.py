"""A small dense world, committed: two structures share a contract, one share was taken back, a third knows nobody.

Every row says who may see it. That is written by hand here, from the model of the trade: neither the queries nor
the policies are asked.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

from allauth.mfa.utils import encrypt
from django.apps import apps

from clausette.access.enums import MemberRole
from clausette.files import storage
from clausette.kernel.actor import Actor
from clausette.reports.attestation.facts import facts_as_json
from tests import world as cast
from tests.hats import TODAY, as_owner, noon
from tests.imports.decp_builders import BUYER, official_file, record
from tests.isolation import engagements, hourfiles, paths, protection, referrals, situations, twins, workbooks
from tests.isolation.canaries import Aviary
from tests.isolation.sealed import plant_reason
from tests.reports.samples import sample

SEPT, OCT, NOV = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)
START, END = date(2026, 1, 5), date(2027, 6, 30)
BODIES = {
    "A": ("PLIE du Lys", "facilitator"),
    "B": ("Maison de l'emploi d'Ouche", "facilitator"),
    "C": ("Pays de Nordre Insertion", "facilitator"),
    "M": ("Lys Métropole", "buyer"),
    "H": ("Habitat Ouche", "buyer"),
    "N": ("Commune de Nordre", "buyer"),
    "F1": ("Bâti Ouche", "contractor employer"),
    "F2": ("Toitures Morel", "contractor"),
    "G": ("Granit du Nordre", "contractor employer"),
    "E": ("Relais Intérim", "employer"),
    "P": ("Mission locale du Lys", "prescriber"),
    "Q": ("Cap Nordre", "prescriber"),
}


@dataclass
class Deal:
    """A contract and the organisations that take part in it today."""

    row: Any
    pilot: str
    pilots: frozenset[str]
    buyer: str
    parties: frozenset[str]
    lots: list[Any] = field(default_factory=list)


@dataclass
class World:
    """The rows by a short name, the members by organisation."""

    aviary: Aviary = field(default_factory=Aviary)
    members: dict[str, Actor] = field(default_factory=dict)
    others: dict[str, int] = field(default_factory=dict)
    deals: dict[str, Deal] = field(default_factory=dict)
    rows: dict[str, Any] = field(default_factory=dict)

    def org(self, name: str) -> int:
        """The number of an organisation."""
        return self.members[name].organisation_id

    def plant(self, name: str, model: str, seen_by: Iterable[str], /, **values: Any) -> Any:
        """Write a row and remember it under a short name."""
        row = self.aviary.plant(model, seen_by, **values)
        if name:
            self.rows[name] = row
        return row


def build() -> World:
    """Write the world; the caller commits."""
    world = World()
    people(world)
    with as_owner():
        deals(world)
        persons(world)
        referrals.referred(world)
        protection.kept(world)
        for write in (months, taken_over, hourfiles.sent, *engagements.BESIDE, papers):
            write(world)
    return world


def people(world: World) -> None:
    """One administrator for each body; then those whose rights are missing, ended or half."""
    for name, (title, capabilities) in BODIES.items():
        email = f"{world.aviary.word()}@exemple.fr"
        number = cast.account(email, f"Camille {title}")
        world.members[name] = cast.member(cast.body(title, *capabilities.split()), email, account_id=number)
        _know_account(world, world.members[name].account_id, {name})
    a = world.members["A"]
    world.others["second"] = cast.member(a, "second@lys.example", MemberRole.MEMBER).account_id
    world.others["no_factor"] = cast.member(a, "sans-facteur@lys.example").account_id
    world.others["revoked"] = cast.member(a, "parti@lys.example").account_id
    world.others["asleep"] = cast.member(a, "inactif@lys.example").account_id
    world.others["nobody"] = cast.account("personne@exemple.fr")
    with as_owner():
        account, seat = apps.get_model("access.Account"), apps.get_model("access.Membership")
        seat.objects.filter(account_id=world.others["revoked"]).update(
            revoked_at=noon(TODAY - timedelta(days=3))
        )
        account.objects.filter(pk=world.others["asleep"]).update(is_active=False)
        factor = apps.get_model("mfa.Authenticator")
        for user in (*(world.members[name].account_id for name in ("A", "B", "C")), world.others["second"]):
            factor.objects.create(user_id=user, type="totp", data={"secret": encrypt("JBSWY3DPEHPK3PXP")})
        for row in seat.objects.select_related("organisation"):
            short = next(n for n, m in world.members.items() if m.organisation_id == row.organisation_id)
            world.aviary.know(row, {short})
            first = f"membership {short}"
            world.rows.setdefault(f"{first} 2" if first in world.rows else first, row)
            world.rows.setdefault(f"organisation {short}", row.organisation)


def _know_account(world: World, number: int, seen_by: set[str]) -> None:
    with as_owner():
        row = apps.get_model("access.Account").objects.get(pk=number)
    world.aviary.know(row, seen_by, [world.aviary.count])


def deals(world: World) -> None:
    """C1 shared by A with B, C2 whose share was taken back, C3 of B alone, C4 wholly foreign to A and B."""
    _deal(world, "C1", "A", "M", copilots="B", firms=("F1", "F2"), employers="E")
    _deal(world, "C2", "A", "M", firms=("F1",), gone=(("B", "copilot"), ("F2", "contractor")))
    _deal(world, "C3", "B", "H", firms=("F2",))
    _deal(world, "C4", "C", "N", firms=("G",))
    for deal, firm, lot in (
        ("C1", "F1", 0),
        ("C1", "F2", 1),
        ("C2", "F1", 0),
        ("C3", "F2", 0),
        ("C4", "G", 0),
    ):
        _owed(world, deal, firm, lot)
    engagements.acts_and_rules(world)


def _deal(
    world: World, name: str, pilot: str, buyer: str, *, copilots: str = "", firms: tuple[str, ...] = (),
    employers: str = "", gone: tuple[tuple[str, str], ...] = (),
) -> None:  # fmt: skip
    all_ = frozenset({pilot, buyer, *copilots, *firms, *([employers] if employers else [])})
    operation = world.plant(
        f"operation {name}", "procurement.WorksOperation", all_, owner_org_id=world.org(pilot)
    )
    row = world.plant(
        f"contract {name}", "procurement.Contract", all_, owner_org_id=world.org(pilot), buyer_id=world.org(buyer),
        operation=operation, starts_on=START, ends_on=END, notified_on=START, consultation_on=START,
        amount_ht=Decimal("1234567.89"), cpv="45210000-2", kind="framework" if name == "C2" else "public_contract",
    )  # fmt: skip
    deal = world.deals[name] = Deal(row, pilot, frozenset({pilot, *copilots}), buyer, all_)
    roles = [(pilot, "pilot"), (buyer, "buyer"), *[(one, "copilot") for one in copilots]]
    roles += [(one, "contractor") for one in firms] + ([(employers, "employer")] if employers else [])
    for who, role in roles:
        world.plant(
            f"party {name} {who}", "procurement.ContractParty", all_, contract=row, organisation_id=world.org(who),
            role=role, valid_from=START,
        )  # fmt: skip
    for who, role in gone:
        world.plant(
            f"party {name} {who}", "procurement.ContractParty", all_, contract=row, organisation_id=world.org(who),
            role=role, valid_from=START, revoked_at=noon(TODAY - timedelta(days=2)),
        )  # fmt: skip
    for number, firm in enumerate(firms, 1):
        lot = world.plant(f"lot {name} {number}", "procurement.Lot", all_, contract=row)
        deal.lots.append(lot)
        world.plant(
            f"award {name} {firm}", "procurement.Award", all_, contract=row, lot=lot, contractor_id=world.org(firm),
            notified_on=START, end_reason="",
        )  # fmt: skip
    _life(world, name, deal, firms)
    world.plant(
        f"modification {name}", "procurement.ContractModification", all_, contract=row, number=1, notified_on=START,
        amount_ht=Decimal(1300000), source="typed",
    )  # fmt: skip
    world.plant(
        f"subcontract {name}", "procurement.Subcontract", all_, contract=row, number=1, notified_on=START,
        firm_id=world.org(firms[0]), source="typed",
    )  # fmt: skip


def _life(world: World, name: str, deal: Deal, firms: tuple[str, ...]) -> None:
    """Phases, states, contacts, orders and invoices, the bodies of the operation."""
    pilot, row = world.members[deal.pilot], deal.row
    world.plant(
        f"phase {name}", "procurement.ContractPhase", deal.parties, contract=row, kind="renewal", number=1,
        starts_on=END, ends_on=END, amount_ht=Decimal(50000), state="planned",
    )  # fmt: skip
    world.plant(
        f"step {name}", "procurement.ContractStep", deal.parties, contract=row, from_state="notified",
        to_state="running", on=START,
    )  # fmt: skip
    world.plant(
        f"contact {name}", "procurement.PartyContact", {deal.pilot}, contract=row, owner_org_id=pilot.organisation_id,
        organisation_id=world.org(deal.buyer), email=f"contact-{name.lower()}@exemple.fr",
    )  # fmt: skip
    world.plant(
        f"funder {name}", "procurement.OperationParty", deal.parties, operation=world.rows[f"operation {name}"],
        owner_org_id=pilot.organisation_id, organisation_id=world.org(deal.buyer), role="funder",
    )  # fmt: skip
    for firm in firms:
        withdrawn = {"withdrawn_at": noon(SEPT)} if firm != firms[0] else {"withdrawn_reason": ""}
        world.plant(
            f"amount {name} {firm}", "procurement.AmountEntry", deal.pilots | {deal.buyer, firm}, contract=row,
            contractor_id=world.org(firm), kind="invoiced", on=SEPT, amount_ht=Decimal("1234.56"),
            entered_by_id=pilot.account_id, entered_org_id=pilot.organisation_id,
            **withdrawn,
        )  # fmt: skip


# engagement: who has people at work on it, besides the titulaire (see `persons`)
WORKS_FOR = {("C1", "F1"): {"E"}}


def _owed(world: World, deal: str, firm: str, lot: int) -> None:
    found = world.deals[deal]
    seen = found.pilots | {found.buyer, firm} | WORKS_FOR.get((deal, firm), set())
    owed = world.plant(
        f"commitment {deal} {firm}", "commitments.Commitment", seen, contract=found.row, lot=found.lots[lot],
        contractor_id=world.org(firm), lead_org_id=world.org(found.pilot), kind="fixed", starts_on=START, ends_on=END,
    )  # fmt: skip
    document = stored(world, f"document {deal} {firm}", found.pilot, deal)
    version = world.plant(
        f"version {deal} {firm}", "commitments.CommitmentVersion", seen, commitment=owed, contract=found.row,
        number=1, reason="initial", effective_on=START, ends_on=END, minimum_hours=Decimal(833), document=document,
    )  # fmt: skip
    world.plant(
        f"part {deal} {firm}", "commitments.CommitmentPart", seen, version=version, commitment=owed,
        contract=found.row, status="firm", starts_on=START, ends_on=END, hours=Decimal(833),
    )  # fmt: skip
    engagements.rests(world, deal, firm, set(seen), version)


PDF = "%PDF-1.4\n% {inside}\n%%EOF"


def stored(
    world: World, name: str, owner: str, deal: str = "", *, written: str = PDF, content_type: str = "application/pdf"
) -> Any:  # fmt: skip
    """Write a file and its bytes, a canary where `{inside}` is written."""
    inside = world.aviary.word()
    data = written.replace("{inside}", inside).encode()
    seen = {owner} | (world.deals[deal].pilots if deal else set())
    row = world.plant(
        name, "files.StoredFile", seen, owner_org_id=world.org(owner), size=len(data), sha256=storage.write(data),
        content_type=content_type, given_sha256="", deposited_by_id=world.members[owner].account_id,
        contract_ref=world.deals[deal].row.pk if deal else None, treatment="masked",
    )  # fmt: skip
    world.aviary.words[int(inside[2:6])] = world.aviary.rows[row._meta.db_table, row.pk]
    return row


# person: structure, prescriber, contract, titulaire credited, employer, entreprise utilisatrice
PERSONS = {
    "A1": ("A", "P", "C1", "F1", "E", "F1"),
    "A2": ("A", "", "C1", "F2", "F2", "F2"),
    "A3": ("A", "P", "", "", "", ""),
    "A4": ("A", "", "C2", "F1", "F1", "F1"),
    "B1": ("B", "", "C1", "F1", "F1", "F1"),
    "B2": ("B", "", "C3", "F2", "F2", "F2"),
    "C1": ("C", "Q", "C4", "G", "G", "G"),
    "C2": ("C", "P", "", "", "", ""),
}
CODES = ("RSA", "DELD", "RQTH", "JEUNE", "QPV")


def persons(world: World) -> None:
    """People followed, found eligible, put to work."""
    for name, (owner, prescriber, deal, firm, employer, host) in PERSONS.items():
        working = (world.deals[deal].pilots | {employer, host}) if deal else frozenset()
        seen = {owner, *([prescriber] if prescriber else []), *working}
        person = world.plant(
            f"participant {name}", "participants.Participant", seen, owner_org_id=world.org(owner),
            birth_date=date(1990, 5, 17),
        )  # fmt: skip
        twins.referred(world, name, owner, prescriber)
        check = world.plant(
            f"check {name}", "participants.EligibilityCheck", seen, participant=person, owner_org_id=world.org(owner),
            state="eligible", asked_on=START, decided_on=START, hire_before=date(2026, 12, 31),
            decided_by_id=world.members[owner].account_id,
        )  # fmt: skip
        charge, decided = {owner, *([prescriber] if prescriber else [])}, {"check_made": check, "participant": person}
        world.rows[f"reason {name}"] = plant_reason(world.aviary, charge, START, decided)
        situations.described(world, name, owner, charge, seen)
        if not deal:
            continue
        placement = world.plant(
            f"placement {name}", "placements.Placement", {owner, *working}, owner_org_id=world.org(owner),
            participant=person, employer_id=world.org(employer), modality="direct", work_contract="cdd",
            starts_on=date(2026, 3, 2), ends_on=date(2027, 3, 31), withdrawn_reason="",
        )  # fmt: skip
        world.plant(
            f"allocation {name}", "placements.Allocation", working, placement=placement,
            employer_id=world.org(employer), host_company_id=world.org(host), contract=world.deals[deal].row,
            commitment=world.rows[f"commitment {deal} {firm}"], starts_on=date(2026, 3, 2), ends_on=date(2027, 3, 31),
        )  # fmt: skip
    _typed_by_mistake(world)
    paths.walked(world)
    twins.alike(world)


def _typed_by_mistake(world: World) -> None:
    """A work contract withdrawn: its structure remembers it, nobody else knows the person by it."""
    person = world.plant(
        "participant A5", "participants.Participant", {"A"}, owner_org_id=world.org("A"), birth_date=date(1991, 2, 3)
    )  # fmt: skip
    world.plant(
        "check A5", "participants.EligibilityCheck", {"A"}, participant=person, owner_org_id=world.org("A"),
        state="eligible", asked_on=START, decided_on=START, hire_before=date(2026, 12, 31),
        decided_by_id=world.members["A"].account_id,
    )  # fmt: skip
    at = noon(TODAY - timedelta(days=1))
    placement = world.plant(
        "withdrawn A5", "placements.Placement", {"A"}, owner_org_id=world.org("A"), participant=person,
        employer_id=world.org("F1"), modality="direct", work_contract="cdd", starts_on=date(2026, 3, 2),
        ends_on=date(2027, 3, 31), withdrawn_at=at,
    )  # fmt: skip
    world.plant(
        "left A5", "placements.Allocation", {"A", "B", "F1"}, placement=placement, employer_id=world.org("F1"),
        host_company_id=world.org("F1"), contract=world.deals["C1"].row, commitment=world.rows["commitment C1 F1"],
        starts_on=date(2026, 3, 2), ends_on=date(2027, 3, 31), withdrawn_at=at,
    )  # fmt: skip


# contract, declarant, month, state, people
STATEMENTS = (
    ("C1", "F1", SEPT, "validated", ("B1",)),
    ("C1", "F1", OCT, "submitted", ("B1",)),
    ("C1", "F1", NOV, "draft", ("B1",)),
    ("C1", "E", OCT, "submitted", ("A1",)),
    ("C1", "F2", SEPT, "returned", ("A2",)),
    ("C1", "F2", OCT, "submitted", ("A2",)),
    ("C2", "F1", OCT, "submitted", ("A4",)),
    ("C3", "F2", OCT, "submitted", ("B2",)),
    ("C4", "G", SEPT, "validated", ("C1",)),
    ("C4", "G", OCT, "submitted", ("C1",)),
    ("C4", "G", NOV, "draft", ("C1",)),
)
LINE = {"draft": "draft", "submitted": "declared", "returned": "draft", "validated": "validated"}


def months(world: World) -> None:
    """Statements in every state, with their lines, evidence and answers to the controls."""
    for deal, who, month, state, names in STATEMENTS:
        _statement(world, deal, who, month, state, names)


def _statement(world: World, deal: str, who: str, month: date, state: str, names: tuple[str, ...]) -> None:
    found, label = world.deals[deal], f"{deal} {who} {month:%m}"
    at, sender = noon(month + timedelta(days=33)), world.members[who].account_id
    judge = world.members[found.pilot].account_id
    values: dict[str, Any] = {} if state == "draft" else {"submitted_at": at, "submitted_by_id": sender}
    values |= {"validated_at": at, "validated_by_id": judge} if state == "validated" else {}
    signed = {"certified_on": at.date(), "certified_hours": Decimal(120)} if state in ("submitted", "validated") else {}
    handed = {found.buyer} if state != "draft" else set()
    row = world.plant(
        f"statement {label}", "hours.Statement", found.pilots | {who} | handed, contract=found.row,
        declarant_id=world.org(who), month=month, state=state, source="portal",
        evidence=stored(world, f"evidence {label}", who, deal), mandated_name="", **values,
        **(signed or {"certified_name": "", "certified_as": ""}),
    )  # fmt: skip
    world.plant(
        f"justification {label}", "hours.Justification", found.pilots, statement=row, contract=found.row,
        code="W001", written_by_id=judge,
    )  # fmt: skip
    for name in names:
        owner, _, _, firm, employer, host = PERSONS[name]
        placement = world.rows[f"placement {name}"]
        worked = world.plant(
            f"worked {label}", "hours.WorkedMonth", found.pilots | {owner, employer, host}, placement=placement,
            employer_id=world.org(employer), owner_org_id=world.org(owner), month=month, hours=Decimal(120),
        )  # fmt: skip
        declared = {found.buyer, firm} if LINE[state] != "draft" else set()
        world.plant(
            f"line {label}", "hours.HoursLine", found.pilots | {who} | declared, statement=row, contract=found.row,
            commitment=world.rows[f"commitment {deal} {firm}"], worked_month=worked, placement=placement,
            declarant_id=world.org(who), month=month, hours=Decimal("35.5"), state=LINE[state],
            worked_contract=found.row, reporting_org_id=world.org(found.pilot), reserve_reason="",
        )  # fmt: skip


# engagements with hours validated before, and statements with hours attested as a whole
TAKEN_OVER = (("C1", "F1"), ("C1", "F2"), ("C2", "F1"), ("C3", "F2"), ("C4", "G"))
AS_A_WHOLE = (
    ("C1", "F1", SEPT), ("C1", "F1", NOV), ("C1", "F2", OCT), ("C2", "F1", OCT), ("C3", "F2", OCT), ("C4", "G", SEPT),
)  # fmt: skip


def taken_over(world: World) -> None:
    """Opening balances with their years, and heures non nominatives."""
    for deal, firm in TAKEN_OVER:
        found = world.deals[deal]
        seen, owed = found.pilots | {found.buyer, firm}, world.rows[f"commitment {deal} {firm}"]
        opening = world.plant(
            f"opening {deal} {firm}", "hours.OpeningBalance", seen, contract=found.row, commitment=owed,
            as_of=date(2025, 12, 31), hours=Decimal("125.5"), document=world.rows[f"document {deal} {firm}"],
            entered_by_id=world.members[found.pilot].account_id, withdrawn_reason="",
        )  # fmt: skip
        world.plant(
            f"year {deal} {firm}", "hours.OpeningBalanceYear", seen, balance=opening, contract=found.row,
            commitment=owed, year=2025, hours=Decimal("25.5"),
        )  # fmt: skip
    for deal, who, month in AS_A_WHOLE:
        label = f"{deal} {who} {month:%m}"
        found, statement = world.deals[deal], world.rows[f"statement {label}"]
        handed = {found.buyer, who} if LINE[statement.state] != "draft" else set()
        world.plant(
            f"collective {label}", "hours.CollectiveHours", found.pilots | {who} | handed, statement=statement,
            contract=found.row, commitment=world.rows[f"commitment {deal} {who}"], declarant_id=world.org(who),
            reporting_org_id=world.org(found.pilot), month=month, hours=Decimal(60), people=4,
            state=LINE[statement.state], document=world.rows[f"evidence {label}"],
        )  # fmt: skip


def papers(world: World) -> None:
    """Documents issued, files taken in, invitations, journal."""
    for deal, firm in (("C1", "F1"), ("C1", "F2"), ("C2", "F1"), ("C3", "F2"), ("C4", "G")):
        found, inside = world.deals[deal], world.aviary.word()
        report = world.plant(
            f"report {deal} {firm}", "reports.Report", found.pilots | {found.buyer, firm},
            owner_org_id=world.org(found.pilot), contract=found.row, commitment=world.rows[f"commitment {deal} {firm}"],
            kind="certificate", issued_on=TODAY, issued_by_id=world.members[found.pilot].account_id,
            facts=_facts(inside), facts_sha256=sha256(inside.encode()).hexdigest(), template_version="1",
            formats=["pdf", "xlsx"],
        )  # fmt: skip
        for form in ("pdf", "xlsx"):
            world.plant(
                "", "reports.ReportFile", found.pilots | {found.buyer, firm}, report=report,
                owner_org_id=world.org(found.pilot), format=form, content=f"%PDF-1.4 {inside} {form}".encode(),
                content_sha256=sha256(f"{inside} {form}".encode()).hexdigest(),
            )  # fmt: skip
        world.aviary.words[int(inside[2:6])] = world.aviary.rows[report._meta.db_table, report.pk]
    for pilot, deal in (("A", "C1"), ("B", "C3"), ("C", "C4")):
        _batch(world, pilot, deal)
        workbooks.taken_in(world, pilot)
    for number, (who, deal) in enumerate(
        (("A", "C1"), ("B", "C3"), ("C", "C4"), ("F1", "C1"), ("G", "C4")), 1
    ):
        _invited_and_told(world, who, deal, number)


def _facts(inside: str) -> Any:
    said = sample()
    return json.loads(facts_as_json(replace(said, market=replace(said.market, usual_name=inside))))


def _batch(world: World, pilot: str, deal: str) -> None:
    published = record("2026-1", objet="Voirie {inside}")
    file = stored(
        world, f"source {pilot}", pilot, written=official_file(published).decode(), content_type="application/json"
    )  # fmt: skip
    batch = world.plant(
        f"batch {pilot}", "imports.ImportBatch", {pilot}, owner_org_id=world.org(pilot), kind="decp", file=file,
        sha256=file.sha256, brought_by_id=world.members[pilot].account_id,
    )  # fmt: skip
    world.plant(
        f"row {pilot}", "imports.ImportRow", {pilot}, batch=batch, owner_org_id=world.org(pilot), position=1,
        key=f"{BUYER}/2026-1", fate="added", choice="create", raw={"montant": "1000"},
    )  # fmt: skip
    world.plant(
        f"reference {pilot}", "imports.ExternalReference", {pilot}, owner_org_id=world.org(pilot), source="decp",
        key=f"{pilot}/2026-1", fingerprint="0" * 64, contract=world.deals[deal].row,
    )  # fmt: skip
    world.plant(
        f"change {pilot}", "imports.OfficialChange", {pilot}, owner_org_id=world.org(pilot), batch=batch,
        contract=world.deals[deal].row, kind="amount", seen_on=TODAY, dealt_note="",
    )  # fmt: skip


def _invited_and_told(world: World, who: str, deal: str, number: int) -> None:
    member, found = world.members[who], world.deals[deal]
    first = world.aviary.count + 1
    world.plant(
        f"invitation {who}", "access.Invitation", {who}, organisation_id=member.organisation_id,
        email=f"invite{number}@exemple.fr", token_hash=sha256(who.encode()).hexdigest(),
        expires_at=noon(TODAY + timedelta(days=5)), invited_by_id=member.account_id,
    )  # fmt: skip
    assert world.aviary.count >= first
    told: dict[str, Any] = {
        "verb": "procurement.contract.changed", "account_id": member.account_id,
        "organisation_id": member.organisation_id, "owner_org": found.row.owner_org_id,
        "subject_type": "procurement.Contract", "subject_uid": found.row.uid, "contract_id": found.row.pk, "after": {},
    }  # fmt: skip
    world.plant(f"event {who}", "journal.Event", {who, found.pilot}, **told)
    person = world.rows["participant A1" if deal == "C1" else "participant C1"]
    world.plant(
        f"reading {who}", "journal.Reading", {who, found.pilot}, account_id=member.account_id, kind="identity",
        organisation_id=member.organisation_id, subject_uid=person.uid, owner_org=person.owner_org_id,
    )  # fmt: skip
