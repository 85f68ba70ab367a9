"""A dense world of hours, poured over world S: a lender of people whose file of a year holds a hundred thousand lines.

Each of its people works on `SHARED` engagements a month, of other marchés, for `MONTHS` months: four lines a person and
month, three thousand engagements, three thousand statements for a hundred thousand lines. The file is written beside,
the columns of a payroll, the lines in the order of the months.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import connection

from clausette.access.demonstration import PASSWORD
from clausette.access.enums import BodyKind, Capability, MemberRole
from clausette.access.install import install_organisation, make_account, seat
from clausette.access.queries import Seat, own_organisation
from clausette.access.rights import named_rights
from clausette.kernel.actor import Actor
from clausette.kernel.months import add_months, first_day
from clausette.kernel.operation import isolated, writing
from config.world.aside import set_aside
from config.world.bulk import base, insert, run
from config.world.cast import Body
from config.world.growth import seat_of
from config.world.neighbours import register_bodies
from config.world.persons import name_of_chance
from config.world.stage import best_hat, hat

MONTHS, SHARED, LOTS, FIRMS = 10, 4, 10, 20
EMAIL = "paie{}@plaine-interim.example"
POURED = (
    "procurement.Contract", "procurement.Lot", "procurement.ContractParty", "procurement.Award",
    "commitments.Commitment", "commitments.CommitmentVersion", "commitments.CommitmentPart",
    "participants.Participant", "participants.EligibilityCheck", "placements.Placement", "placements.Allocation",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dense:
    """The lender of people: its account and organisation, and the lines of its file."""

    account_id: int
    organisation_id: int
    lines: int


@dataclass(frozen=True, slots=True)
class PaidLine:
    """One line of payroll: who, where, the month, the hours."""

    last_name: str
    first_name: str
    birth_date: date
    host: str
    site: str
    number: str
    month: date
    hours: Decimal


def pour_dense(*, lines: int, as_of: date) -> Dense:
    """Pour the world of a file of so many lines, at most; each call makes another lender of people. Runs as owner."""
    people = -(-lines // (MONTHS * SHARED))
    contracts = -(-people * 12 // (10 * LOTS)) + SHARED
    with hat(""), isolated():
        main = seat_of("plie")
        with hat(best_hat()), named_rights(main.account_id, main.organisation_id) as actor:
            bodies = register_bodies(actor, firms=FIRMS)
        lender, account = _lender(as_of)
        with writing("world"):
            _tables_of_work(main, people, contracts, bodies.firms, bodies.buyers, lender, as_of)
            with set_aside([apps.get_model(label)._meta.db_table for label in POURED], run):
                _contracts()
                _engagements()
                _people(main)
            for label in POURED:
                run(f"ANALYZE {apps.get_model(label)._meta.db_table}")
            run("DROP TABLE d_post, d_person, d_lot, d_contract")
    return Dense(account, lender.organisation_id, lines)


def _lender(as_of: date) -> tuple[Actor, int]:
    number = base("access.Organisation")
    body = Body(
        f"d{number}", f"Plaine Intérim {number}", BodyKind.ETTI, (Capability.EMPLOYER,), 5000 + number, ""
    )
    lender = install_organisation(
        name=body.name, body_kind=body.kind, capabilities=frozenset(body.capabilities), siret=body.siret
    )
    account = make_account(email=EMAIL.format(number), full_name="Lina Plaine", password=PASSWORD)
    since = add_months(as_of, -24)
    seat(account_id=account, organisation=own_organisation(actor=lender).uid, role=MemberRole.ADMIN, on=since)
    return lender, account


def _tables_of_work(
    main: Seat,
    people: int,
    contracts: int,
    firms: Sequence[int],
    buyers: Sequence[int],
    lender: Actor,
    as_of: date,
) -> None:
    """Temporary tables where everything is worked out once: marchés, lots, people, who works where."""
    last = add_months(first_day(as_of), -1)
    first = add_months(last, 1 - MONTHS)
    run(
        f"""CREATE TEMP TABLE d_contract AS
        SELECT n, {base("procurement.Contract")} + n AS id, {main.organisation_id}::bigint AS owner,
               {lender.organisation_id}::bigint AS employer, (%s::bigint[])[1 + n %% %s] AS buyer,
               '{add_months(first, -1)}'::date AS starts_on, '{add_months(last, 14)}'::date AS ends_on,
               'Chantier ' || (ARRAY['Aubépine','Bruyère','Capucine','Dahlia','Églantine','Fougère'])[1 + n %% 6]
                 || ' ' || {base("procurement.Contract")} + n AS place
          FROM generate_series(1, %s) n""",
        [list(buyers), len(buyers), contracts],
    )
    run(
        f"""CREATE TEMP TABLE d_lot AS
        SELECT c.*, k, (n - 1) * {LOTS} + k AS rank, {base("procurement.Lot")} + (n - 1) * {LOTS} + k AS lot_id,
               {base("commitments.Commitment")} + (n - 1) * {LOTS} + k AS commitment_id,
               (%s::bigint[])[1 + (n * 3 + k) %% %s] AS contractor
          FROM d_contract c, generate_series(1, {LOTS}) k""",
        [list(firms), len(firms)],
    )
    _names_of_work(people)
    run(
        f"""CREATE TEMP TABLE d_post AS
        SELECT p.*, (p.rank - 1) * {SHARED} + j AS post, l.id AS contract_id, l.commitment_id, l.contractor, l.employer,
               l.owner, '{first}'::date AS begins, '{add_months(last, 2)}'::date - 1 AS ends
          FROM d_person p, generate_series(1, {SHARED}) j,
               LATERAL (SELECT * FROM d_lot WHERE n = 1 + (p.rank * 7 + j) %% %s AND k = 1 + p.rank %% {LOTS}) l""",
        [contracts],
    )
    for name in ("d_contract", "d_lot", "d_person", "d_post"):
        run(f"ANALYZE {name}")


def _names_of_work(people: int) -> None:
    run(
        """CREATE TEMP TABLE d_person (rank int, id bigint, placement_id bigint, check_id bigint, first_name text,
                                      last_name text, sex text, sort_key text, sound_key text)"""
    )
    at = [
        base(label)
        for label in ("participants.Participant", "placements.Placement", "participants.EligibilityCheck")
    ]
    with connection.cursor() as cursor, cursor.copy("COPY d_person FROM STDIN") as copy:
        for rank, one in enumerate(islice(name_of_chance(), people), 1):
            copy.write_row((rank, *(number + rank for number in at), *one[1:]))


def _contracts() -> None:
    day = "starts_on - 60"
    insert("procurement.Contract", {
        "id": "id", "owner_org_id": "owner", "common_name": "place", "title": "place", "official_id": "'D-' || id",
        "kind": "'public_contract'", "nature": "'works'", "device": "'execution'", "source": "'typed'",
        "state": "'running'", "buyer_id": "buyer", "notified_on": day, "starts_on": "starts_on", "ends_on": "ends_on",
        "amount_ht": "900000", "sort_key": "lower(place)",
    }, "d_contract")  # fmt: skip
    insert("procurement.Lot", {
        "id": "lot_id", "contract_id": "id", "number": "k::text", "title": "'Lot ' || k", "has_clause": "true",
        "amount_ht": "90000",
    }, "d_lot")  # fmt: skip
    for role, source in (
        ("pilot", "SELECT id, owner AS who, NULL::bigint AS lot FROM d_contract"),
        ("buyer", "SELECT id, buyer, NULL::bigint FROM d_contract"),
        ("contractor", "SELECT id, contractor, lot_id FROM d_lot"),
        ("employer", "SELECT id, employer, NULL::bigint FROM d_contract"),
    ):  # fmt: skip
        insert("procurement.ContractParty", {
            "id": f"{base('procurement.ContractParty')} + row_number() OVER (ORDER BY contract, who, lot)",
            "contract_id": "contract", "organisation_id": "who", "lot_id": "lot", "role": f"'{role}'",
            "valid_from": "DATE '1900-01-01'",
        }, f"({source}) AS party (contract, who, lot)")  # fmt: skip
    insert("procurement.Award", {
        "id": f"{base('procurement.Award')} + rank", "contract_id": "id", "lot_id": "lot_id",
        "contractor_id": "contractor", "notified_on": day, "amount_ht": "90000",
    }, "d_lot")  # fmt: skip


def _engagements() -> None:
    placed = {"contract_id": "id", "commitment_id": "commitment_id"}
    version = f"{base('commitments.CommitmentVersion')} + rank"
    insert("commitments.Commitment", {
        "id": "commitment_id", "contract_id": "id", "lot_id": "lot_id", "contractor_id": "contractor",
        "kind": "'fixed'", "lead_org_id": "owner", "starts_on": "starts_on", "ends_on": "ends_on",
    }, "d_lot")  # fmt: skip
    insert("commitments.CommitmentVersion", placed | {
        "id": version, "number": "1", "reason": "'initial'", "effective_on": "starts_on", "ends_on": "ends_on",
        "minimum_hours": "4000",
    }, "d_lot")  # fmt: skip
    insert("commitments.CommitmentPart", placed | {
        "id": f"{base('commitments.CommitmentPart')} + rank", "version_id": version, "label": "'Base'",
        "status": "'firm'", "starts_on": "starts_on", "ends_on": "ends_on", "hours": "4000",
    }, "d_lot")  # fmt: skip


def _people(main: Seat) -> None:
    owner, begins, ends = f"{main.organisation_id}", "begins", "ends"
    whole = "(SELECT DISTINCT ON (rank) * FROM d_post ORDER BY rank) w"
    insert("participants.Participant", {
        "id": "id", "owner_org_id": owner, "first_name": "first_name", "last_name": "last_name", "sex": "sex",
        "birth_date": "DATE '1968-01-01' + (id * 11 %% 13000)::int", "sort_key": "sort_key", "sound_key": "sound_key",
    }, whole)  # fmt: skip
    insert("participants.EligibilityCheck", {
        "id": "check_id", "participant_id": "id", "owner_org_id": owner, "state": "'eligible'",
        "asked_on": f"{begins} - 20", "decided_on": f"{begins} - 10", "decided_by_id": f"{main.account_id}",
        "hire_before": f"{begins} + 80",
    }, whole)  # fmt: skip
    insert("placements.Placement", {
        "id": "placement_id", "participant_id": "id", "owner_org_id": owner, "employer_id": "employer",
        "modality": "'etti'", "work_contract": "'temp_mission'", "job": "'manœuvre'", "starts_on": begins,
        "ends_on": ends, "weekly_hours": "35",
    }, whole)  # fmt: skip
    insert("placements.Allocation", {
        "id": f"{base('placements.Allocation')} + post", "placement_id": "placement_id",
        "commitment_id": "commitment_id", "contract_id": "contract_id", "employer_id": "employer",
        "owner_org_id": owner, "host_company_id": "contractor", "share": f"trunc(1.0 / {SHARED}, 4)",
        "starts_on": begins, "ends_on": ends,
    }, "d_post")  # fmt: skip


PAID = f"""
    SELECT p.last_name, p.first_name, p.birth_date, h.name, c.common_name, c.official_id, m.month::date,
           (20 + (a.id * 7 + extract(month FROM m.month)::int * 5) %% 16)::numeric
             + CASE WHEN a.id %% 4 = 0 THEN 0.5 ELSE 0 END
      FROM placements_allocation a
      JOIN placements_placement w ON w.id = a.placement_id
      JOIN participants_participant p ON p.id = w.participant_id
      JOIN access_organisation h ON h.id = a.host_company_id
      JOIN procurement_contract c ON c.id = a.contract_id,
           generate_series(a.starts_on::timestamp, a.starts_on + interval '{MONTHS - 1} months', '1 month') m(month)
     WHERE a.employer_id = %s ORDER BY m.month, a.id LIMIT %s"""


def paid_lines(dense: Dense) -> Iterator[PaidLine]:
    """The lines of the payroll of a lender of people, month after month. Runs as owner."""
    with connection.cursor() as cursor:
        cursor.execute(PAID, [dense.organisation_id, dense.lines])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return (PaidLine(*row) for row in rows)
