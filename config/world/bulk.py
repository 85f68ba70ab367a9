"""World M: the size of a department, poured over world S by the owner in a few statements of SQL.

What a real structure writes in years cannot go through the operations in three minutes. What the database checks row
by row is checked at once at the end (`aside`), and `tests/demonstration` checks a small one against the rules.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Field

from clausette.access.queries import Seat
from clausette.kernel.operation import writing
from clausette.kernel.text import search_key
from config.world.aside import set_aside
from config.world.names import LAST, MEN, WOMEN
from config.world.neighbours import Bodies
from config.world.sealed import seal_reasons

LOTS, PEOPLE, MONTHS = 3, 6, 18
"""Of each contract, at most: its lots (one titulaire and one engagement each), its people, its months of statements.

About 100 hour lines for a contract, 300 people for 100 contracts: what structures bring when they begin.
"""
NAMED = "1 + n %% 3"
"""How many lots a contract has."""
LED = "SELECT id, leader, NULL FROM m_contract WHERE n %% 2 = 0"
"""The contracts of the groupements de commandes: half of them."""
POURED = (
    "procurement.Contract", "procurement.Lot", "procurement.ContractParty", "procurement.Award",
    "commitments.Commitment", "commitments.CommitmentVersion", "commitments.CommitmentPart",
    "participants.Participant", "participants.EligibilityCheck", "participants.EligibilityReason",
    "participants.DecisionFacts", "placements.Placement", "placements.Allocation", "hours.Statement",
    "hours.WorkedMonth", "hours.HoursLine",
)  # fmt: skip
COLUMNS = dict[str, str]


@dataclass(frozen=True, slots=True)
class Share:
    """The contracts poured for one structure: numbers `first` to `last`, followed by the person of `seat`."""

    seat: Seat
    first: int
    last: int


def pour(shares: list[Share], bodies: Bodies, *, as_of: date) -> int:
    """Write the contracts of every structure with all that hangs on them; return the number of hour lines."""
    with writing("world"):
        _tables_of_work(shares, bodies, as_of)
        with set_aside([apps.get_model(label)._meta.db_table for label in POURED], run):
            _contracts()
            _engagements()
            _people()
            lines = _hours()
        for label in POURED:
            run(f"ANALYZE {apps.get_model(label)._meta.db_table}")
        run("SET CONSTRAINTS ALL IMMEDIATE")
        run("SET CONSTRAINTS ALL DEFERRED")
        for name in ("m_line", "m_reason", "m_person", "m_lot", "m_contract", "m_share"):
            run(f"DROP TABLE {name}")
    return lines


def run(sql: str, params: Sequence[Any] = ()) -> int:
    """Run one statement, where a remainder is written « %% » with or without parameters."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.rowcount)


def _filled(field: "Field[Any, Any]") -> tuple[str, list[Any]]:
    """What a column that the world does not speak of receives: the default of its model."""
    if field.column == "uid":
        return "gen_random_uuid()", []
    value = field.get_db_prep_save(field.get_default(), connection)
    return f"%s::{field.db_type(connection)}", [value]


def insert(label: str, columns: COLUMNS, source: str) -> int:
    """INSERT … SELECT into the table of a model, its identifiers set by hand; the sequence follows."""
    meta = apps.get_model(label)._meta
    values, params = dict(columns), []
    for one in meta.concrete_fields:
        if one.column not in values and not one.null and not one.has_db_default():
            values[one.column], more = _filled(one)
            params += more
    written = run(
        f"INSERT INTO {meta.db_table} ({', '.join(values)}) SELECT {', '.join(values.values())} FROM {source}",
        params,
    )
    top = f"(SELECT max(id) FROM {meta.db_table})"
    run(f"SELECT setval(pg_get_serial_sequence('{meta.db_table}', 'id'), {top})")
    return written


def base(label: str) -> int:
    """The highest identifier of a table: those of the world come after it."""
    table = apps.get_model(label)._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}")
        return int(cursor.fetchone()[0])


def _tables_of_work(shares: list[Share], bodies: Bodies, as_of: date) -> None:
    """Temporary tables where everything is worked out once: contracts, lots, people, lines."""
    run("CREATE TEMP TABLE m_share (owner bigint, account bigint, first_n int, last_n int) ON COMMIT DROP")
    for one in shares:
        row = [one.seat.organisation_id, one.seat.account_id, one.first, one.last]
        run("INSERT INTO m_share VALUES (%s, %s, %s, %s)", row)
    run(
        f"""CREATE TEMP TABLE m_contract ON COMMIT DROP AS
        SELECT n, {base("procurement.Contract")} + n AS id, owner, account,
               (%s::bigint[])[1 + n %% %s] AS buyer, %s::bigint AS leader, (%s::bigint[])[1 + n %% %s] AS employer,
               last, (last - make_interval(months => {MONTHS} + n %% 8))::date AS starts_on,
               CASE WHEN n %% 10 = 0 THEN (last + interval '1 month - 1 day')::date
                    ELSE (last + make_interval(months => 2 + n %% 23) - interval '1 day')::date END AS ends_on,
               CASE WHEN n %% 25 = 0 THEN 2 ELSE 0 END AS silent,
               (ARRAY['Groupe scolaire','Collège','Résidence','Médiathèque','Gymnase','Rue','Quartier'])[1 + n %% 7]
                 || ' ' || (%s::text[])[1 + n %% %s] AS place,
               (ARRAY['rehabilitation','construction','entretien'])[1 + n %% 5 %% 3] AS what, {NAMED} AS lots
          FROM m_share, generate_series(first_n, last_n) n,
               LATERAL (SELECT (date_trunc('month', %s::date) - make_interval(
                          months => CASE WHEN n %% 10 = 0 THEN 4 ELSE 1 END))::date AS last) months""",
        [bodies.buyers, len(bodies.buyers), bodies.leader, bodies.employers, len(bodies.employers),
         list(LAST), len(LAST), as_of],
    )  # fmt: skip
    run(
        f"""CREATE TEMP TABLE m_lot ON COMMIT DROP AS
        SELECT c.*, k, {base("procurement.Lot")} + (n - 1) * {LOTS} + k AS lot_id,
               {base("commitments.Commitment")} + (n - 1) * {LOTS} + k AS commitment_id,
               (%s::bigint[])[1 + (n * {LOTS} + k) %% %s] AS contractor,
               (ARRAY['Gros œuvre','Second œuvre','Espaces verts'])[k] AS title,
               round(1 + 109 * ({MONTHS} + n %% 8 + 2 + n %% 23) * (0.7 + (n * 7 + k) %% 10 * 0.06)
                     * CASE WHEN n %% 20 = 0 THEN 2.5 ELSE 1 END) AS due
          FROM m_contract c, generate_series(1, lots) k""",
        [bodies.firms, len(bodies.firms)],
    )
    run("CREATE UNIQUE INDEX ON m_lot (n, k)")
    _people_of_work()
    _lines_of_work()
    for name in ("m_contract", "m_lot", "m_person", "m_line"):
        run(f"ANALYZE {name}")


def _people_of_work() -> None:
    """Two people after one another on each post, the changes spread over the months."""
    names = [(first, last, sex) for sex, some in (("f", WOMEN), ("m", MEN)) for first in some for last in LAST]
    run(
        f"""CREATE TEMP TABLE m_person ON COMMIT DROP AS
        SELECT c.*, p, (n - 1) * {PEOPLE} + p + 1 AS rank,
               {base("participants.Participant")} + (n - 1) * {PEOPLE} + p + 1 AS person_id,
               {base("placements.Placement")} + (n - 1) * {PEOPLE} + p + 1 AS placement_id,
               {base("participants.EligibilityCheck")} + (n - 1) * {PEOPLE} + p + 1 AS check_id,
               p * 9 / {PEOPLE - 1} AS back, 8 + p %% 2 AS months,
               (%s::text[])[name] AS first_name, (%s::text[])[name] AS last_name, (%s::text[])[name] AS sex,
               (%s::text[])[name] AS sort_key
          FROM m_contract c, generate_series(0, {PEOPLE - 1}) p,
               LATERAL (SELECT 1 + ((n - 1) * {PEOPLE} + p) * 7 %% %s AS name) chosen""",
        [[one[0] for one in names], [one[1] for one in names], [one[2] for one in names],
         [search_key(f"{one[1]} {one[0]}") for one in names], len(names)],
    )  # fmt: skip


def _lines_of_work() -> None:
    """One line by person, month and lot; `ago`: how many months before the last."""
    run(
        f"""CREATE TEMP TABLE m_line ON COMMIT DROP AS
        SELECT p.n, p.rank, p.placement_id, p.employer, p.owner, p.account, ago, p.id AS contract_id, k,
               {base("hours.WorkedMonth")} + (p.rank - 1) * 9 + j + 1 AS worked_id,
               {base("hours.Statement")} + ((p.n - 1) * {LOTS} + k - 1) * {MONTHS} + ago + 1 AS statement_id,
               (p.last - make_interval(months => ago))::date AS month,
               round((60 + (p.rank * 7 + ago * 5 + k * 3) %% 61)::numeric / p.lots, 2) AS hours,
               p.n %% 4 = 0 AND ago = p.silent AS waiting
          FROM m_person p, generate_series(0, 8) j, generate_series(1, p.lots) k, LATERAL (SELECT p.back + j AS ago) a
         WHERE j < p.months AND ago >= p.silent AND ago < {MONTHS}"""
    )


def _contracts() -> None:
    day, owner = "starts_on - 60", {"owner_org_id": "owner"}
    title = "initcap(what) || ' : ' || place"
    insert("procurement.Contract", owner | {
        "id": "id", "common_name": "place || ' ' || n", "title": title, "official_id": "'M-' || n",
        "kind": "'public_contract'", "nature": "'works'", "device": "'execution'", "source": "'typed'",
        "state": "'running'", "buyer_id": "buyer", "consultation_on": "starts_on - 120", "notified_on": day,
        "starts_on": "starts_on", "ends_on": "ends_on", "amount_ht": "1000000 + n * 2500",
        "sort_key": "lower(place) || ' ' || n || ' m ' || n || ' ' || what",
    }, "m_contract")  # fmt: skip
    insert("procurement.Lot", {
        "id": "lot_id", "contract_id": "id", "number": "k::text", "title": "title", "has_clause": "true",
        "amount_ht": "300000 + n * 800",
    }, "m_lot")  # fmt: skip
    for role, source in (
        ("pilot", "SELECT id, owner AS who, NULL::bigint AS lot FROM m_contract"),
        ("buyer", f"SELECT id, buyer, NULL::bigint FROM m_contract UNION {LED}"),
        ("contractor", "SELECT id, contractor, lot_id FROM m_lot"),
        ("employer", "SELECT id, employer, NULL::bigint FROM m_contract"),
    ):  # fmt: skip
        named = f"({source}) AS party (contract, who, lot)"
        insert("procurement.ContractParty", {
            "id": f"{base('procurement.ContractParty')} + row_number() OVER (ORDER BY contract, who, lot)",
            "contract_id": "contract", "organisation_id": "who", "lot_id": "lot", "role": f"'{role}'",
            "valid_from": "DATE '1900-01-01'",
        }, named)  # fmt: skip
    insert("procurement.Award", {
        "id": f"{base('procurement.Award')} + (n - 1) * {LOTS} + k", "contract_id": "id", "lot_id": "lot_id",
        "contractor_id": "contractor", "notified_on": day, "amount_ht": "300000 + n * 800",
    }, "m_lot")  # fmt: skip


def _engagements() -> None:
    placed = {"contract_id": "id", "commitment_id": "commitment_id"}
    number = f"(n - 1) * {LOTS} + k"
    version = f"{base('commitments.CommitmentVersion')} + {number}"
    insert("commitments.Commitment", {
        "id": "commitment_id", "contract_id": "id", "lot_id": "lot_id", "contractor_id": "contractor",
        "kind": "'fixed'", "lead_org_id": "owner", "starts_on": "starts_on", "ends_on": "ends_on",
    }, "m_lot")  # fmt: skip
    insert("commitments.CommitmentVersion", placed | {
        "id": version, "number": "1", "reason": "'initial'", "effective_on": "starts_on", "ends_on": "ends_on",
        "minimum_hours": "due",
    }, "m_lot")  # fmt: skip
    insert("commitments.CommitmentPart", placed | {
        "id": f"{base('commitments.CommitmentPart')} + {number}", "version_id": version, "label": "'Base'",
        "status": "'firm'", "starts_on": "starts_on", "ends_on": "ends_on", "hours": "due",
    }, "m_lot")  # fmt: skip


def _people() -> None:
    born = "DATE '1968-01-01' + rank * 11 %% 13000"
    begins = "(last - make_interval(months => back + months - 1))::date"
    ends = (
        "CASE WHEN back = 0 THEN ends_on ELSE (last - make_interval(months => back - 1) - interval '1 day')::date END"
    )
    insert("participants.Participant", {
        "id": "person_id", "owner_org_id": "owner", "first_name": "first_name", "last_name": "last_name",
        "sex": "sex", "birth_date": born, "sort_key": "sort_key",
        "commune_name": "'Valmorel-sur-Orselle'",
    }, "m_person")  # fmt: skip
    insert("participants.EligibilityCheck", {
        "id": "check_id", "participant_id": "person_id", "owner_org_id": "owner", "state": "'eligible'",
        "asked_on": f"{begins} - 20", "decided_on": f"{begins} - 10", "decided_by_id": "account",
        "hire_before": f"{begins} + 80",
    }, "m_person")  # fmt: skip
    seal_reasons(f"SELECT rank, uid, {begins} - 40 FROM m_person JOIN participants_participant w ON w.id = person_id")
    insert("participants.EligibilityReason", {
        "id": f"{base('participants.EligibilityReason')} + rank", "participant_id": "person_id", "uid": "uid",
        "check_made_id": "check_id", "is_main": "true", "sealed": "sealed",
    }, "m_person JOIN m_reason USING (rank)")  # fmt: skip
    insert("participants.DecisionFacts", {
        "id": f"{base('participants.DecisionFacts')} + rank", "participant_id": "person_id",
        "check_made_id": "check_id", "age": f"extract(year FROM age({begins} - 10, ({born})::date))",
        "in_district": "rank %% 4 = 0", "district_means": "CASE WHEN rank %% 4 = 0 THEN 'typed' ELSE '' END",
    }, "m_person")  # fmt: skip
    insert("placements.Placement", {
        "id": "placement_id", "participant_id": "person_id", "owner_org_id": "owner", "employer_id": "employer",
        "modality": "'etti'", "work_contract": "'temp_mission'", "job": "'manœuvre'", "starts_on": begins,
        "ends_on": ends, "weekly_hours": "35",
    }, "m_person")  # fmt: skip
    insert("placements.Allocation", {
        "id": f"{base('placements.Allocation')} + (p.rank - 1) * {LOTS} + l.k", "placement_id": "p.placement_id",
        "commitment_id": "l.commitment_id", "contract_id": "l.id", "employer_id": "p.employer",
        "owner_org_id": "p.owner", "host_company_id": "l.contractor", "share": "trunc(1.0 / p.lots, 4)",
        "starts_on": begins.replace("last", "p.last"),
        "ends_on": ends.replace("last", "p.last").replace("ends_on", "p.ends_on"),
    }, "m_person p JOIN m_lot l USING (n)")  # fmt: skip


def _hours() -> int:
    waits = "(n %% 4 = 0 AND ago = silent)"
    said = "(month + interval '1 month 4 days 9 hours')"
    insert("hours.Statement", {
        "id": f"{base('hours.Statement')} + ((n - 1) * {LOTS} + k - 1) * {MONTHS} + ago + 1", "contract_id": "id",
        "declarant_id": "contractor", "month": "month", "source": "'grid'", "version": "2",
        "state": f"CASE WHEN {waits} THEN 'submitted' ELSE 'validated' END",
        "submitted_at": said, "submitted_by_id": "account",
        "validated_at": f"CASE WHEN NOT {waits} THEN {said} + interval '8 days' END",
        "validated_by_id": f"CASE WHEN NOT {waits} THEN account END",
    }, f"m_lot, generate_series(0, {MONTHS - 1}) ago,"
       " LATERAL (SELECT (last - make_interval(months => ago))::date AS month) m WHERE ago >= silent")  # fmt: skip
    insert("hours.WorkedMonth", {
        "id": "worked_id", "placement_id": "placement_id", "employer_id": "employer", "owner_org_id": "owner",
        "month": "month", "hours": "total",
    }, "(SELECT worked_id, placement_id, employer, owner, month, sum(hours) AS total FROM m_line"
       "  GROUP BY worked_id, placement_id, employer, owner, month ORDER BY worked_id) w")  # fmt: skip
    return insert("hours.HoursLine", {
        "id": f"{base('hours.HoursLine')} + row_number() OVER (ORDER BY statement_id, rank)",
        "statement_id": "statement_id", "contract_id": "contract_id", "declarant_id": "contractor",
        "commitment_id": "commitment_id", "placement_id": "placement_id", "worked_month_id": "worked_id",
        "worked_contract_id": "contract_id", "reporting_org_id": "owner", "month": "month", "hours": "hours",
        "kind": "'work'",
        "state": "CASE WHEN waiting THEN 'declared' ELSE 'validated' END",
    }, "m_line JOIN (SELECT n, k, contractor, commitment_id FROM m_lot) l USING (n, k)")  # fmt: skip
