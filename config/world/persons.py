"""A million persons, poured over world S by the owner in a few statements of SQL: what a shared base holds in the end.

The structure of the demonstration follows `FOLLOWED` of them, other structures the rest. Half have worked, half can be
reached by telephone. Their reasons are bytes of the right form that nobody can open: a purge counts them, that is all.
"""

from collections.abc import Callable, Iterator
from datetime import date
from random import Random

from django.apps import apps
from django.db import connection

from clausette.access.demonstration import PASSWORD
from clausette.access.enums import BodyKind, Capability, MemberRole
from clausette.access.install import install_organisation, make_account, seat
from clausette.access.queries import Seat, facilitator_seats, own_organisation
from clausette.kernel.months import add_months
from clausette.kernel.operation import isolated, writing
from clausette.kernel.text import search_key
from clausette.participants.rules.likeness import sound_key
from clausette.participants.sealing import SEALED_LENGTH
from config.world.aside import set_aside
from config.world.bulk import base, insert, run
from config.world.cast import Body
from config.world.growth import NotGrown, seat_of
from config.world.names import LAST, MEN, WOMEN
from config.world.stage import hat

Say = Callable[[str], None]
PERSONS, FOLLOWED = 1_000_000, 20_000
EMAIL = "facilitateur{}@personnes.example"
POURED = (
    "participants.Participant", "participants.PersonContact", "participants.EligibilityCheck",
    "participants.EligibilityReason", "placements.Placement", "placements.Allocation",
)  # fmt: skip
BORN = "DATE '1962-01-01' + (n * 7919 %% 16000)::int"
STRIDE = 611_953
"""A prime: the persons of one structure are strewn over the whole table, as years of a shared base leave them."""
DECIDED = "(%s::date - (n * 31 %% 2200)::int)"
"""Decisions of the last six years: some are due to go, most are not."""


def is_poured() -> bool:
    """Say whether the million is here."""
    return bool(facilitator_seats(email=EMAIL.format(1)))


def _structures(count: int, as_of: date) -> list[Seat]:
    """Other structures, each with one person who administers it."""
    seats, since = [], add_months(as_of, -72)
    for n in range(1, count + 1):
        siret = Body("", "", BodyKind.PLIE, (), 3000 + n, "").siret
        actor = install_organisation(
            name=f"PLIE du canton {n}", body_kind=BodyKind.PLIE, capabilities=frozenset({Capability.FACILITATOR}),
            siret=siret,
        )  # fmt: skip
        email = EMAIL.format(n)
        account = make_account(email=email, full_name=f"Alix {LAST[n % len(LAST)]}", password=PASSWORD)
        seat(account_id=account, organisation=own_organisation(actor=actor).uid, role=MemberRole.ADMIN, on=since)
        seats += facilitator_seats(email=email)
    return seats


def name_of_chance() -> Iterator[tuple[int, str, str, str, str, str]]:
    """Every first name with every last name and every pair of last names, in an order of chance."""
    lasts = [*LAST, *(f"{one}-{other}" for one in LAST for other in LAST if one != other)]
    names = [(first, last, sex) for sex, some in (("f", WOMEN), ("m", MEN)) for first in some for last in lasts]
    Random(1).shuffle(names)  # noqa: S311 - an order of chance, nothing secret
    for rank, (first, last, sex) in enumerate(names):
        yield rank, first, last, sex, search_key(f"{last} {first}"), sound_key(last, first)


def _tables_of_work(owners: list[int], per_owner: int) -> None:
    run("CREATE TEMP TABLE p_name (rank int PRIMARY KEY, first text, last text, sex text, sort text, sound text)")
    with connection.cursor() as cursor, cursor.copy("COPY p_name FROM STDIN") as copy:
        for row in name_of_chance():
            copy.write_row(row)
    run("ANALYZE p_name")
    total = base("participants.Participant")
    run(
        f"""CREATE TEMP TABLE p_person AS
        SELECT n, {total} + n AS id, (%s::bigint[])[(1 + n * {STRIDE} %% %s / %s)::int] AS owner, p_name.*
          FROM generate_series(1::bigint, %s) n JOIN p_name ON p_name.rank = n * 7 %% (SELECT count(*) FROM p_name)""",
        [owners, len(owners) * per_owner, per_owner, len(owners) * per_owner],
    )
    run("ANALYZE p_person")


def pour_persons(
    *, as_of: date, persons: int = PERSONS, followed: int = FOLLOWED, say: Say = lambda _: None
) -> int:
    """Pour them; return how many were written. Runs as owner, in one transaction. Raises NotGrown (already here)."""
    if is_poured():
        raise NotGrown
    with hat(""), isolated():
        say("structures")
        main = seat_of("plie")
        seats = [main, *_structures(persons // followed - 1, as_of)]
        with writing("world"):
            say("noms")
            _tables_of_work([one.organisation_id for one in seats], followed)
            with set_aside([apps.get_model(label)._meta.db_table for label in POURED], run):
                say("personnes")
                _people(as_of)
                _checks(main, as_of)
                say("mises à l'emploi")
                _work(main, as_of)
                say("clés et index")
            run("DROP TABLE p_person, p_name")
    return len(seats) * followed


def _people(as_of: date) -> None:
    insert("participants.Participant", {
        "id": "id", "owner_org_id": "owner", "first_name": "first", "last_name": "last", "sex": "sex",
        "birth_date": BORN, "sort_key": "sort", "sound_key": "sound",
        "commune_name": "(ARRAY['Valmorel-sur-Orselle', 'Aubenne', 'Brissy', ''])[(1 + n %% 4)::int]",
        "created_at": f"{_day(as_of)} - interval '30 days'",
    }, "p_person")  # fmt: skip
    insert("participants.PersonContact", {
        "id": f"{base('participants.PersonContact')} + n", "participant_id": "id", "owner_org_id": "owner",
        "phone": "'06 ' || to_char(n, 'FM00000000')", "phone_mark": "md5('phone' || n)",
    }, "p_person WHERE n %% 2 = 0")  # fmt: skip


def _day(as_of: date) -> str:
    return DECIDED.replace("%s", f"'{as_of.isoformat()}'")


def _checks(main: Seat, as_of: date) -> None:
    check = f"{base('participants.EligibilityCheck')} + n"
    insert("participants.EligibilityCheck", {
        "id": check, "participant_id": "id", "owner_org_id": "owner", "state": "'eligible'",
        "asked_on": f"{_day(as_of)} - 10", "decided_on": _day(as_of), "decided_by_id": str(main.account_id),
        "hire_before": f"{_day(as_of)} + 90",
    }, "p_person")  # fmt: skip
    insert("participants.EligibilityReason", {
        "id": f"{base('participants.EligibilityReason')} + n", "participant_id": "id",
        "check_made_id": f"{base('participants.EligibilityCheck')} - (SELECT max(n) FROM p_person) + n",
        "is_main": "true",
        "sealed": f"decode('01' || rpad(md5(n::text), {2 * SEALED_LENGTH - 2}, '0'), 'hex')",
    }, "p_person")  # fmt: skip


def _work(main: Seat, as_of: date) -> None:
    """One person in two has worked six months; those of the structure of the demonstration on its engagements."""
    starts = f"{_day(as_of)} + 20"
    insert("placements.Placement", {
        "id": f"{base('placements.Placement')} + n", "participant_id": "id", "owner_org_id": "owner",
        "employer_id": "(SELECT min(id) FROM access_organisation WHERE 'employer' = ANY (capabilities))",
        "modality": "'etti'", "work_contract": "'temp_mission'", "job": "'manœuvre'", "starts_on": starts,
        "ends_on": f"{starts} + 180", "weekly_hours": "35",
    }, "p_person WHERE n %% 2 = 1")  # fmt: skip
    insert("placements.Allocation", {
        "id": f"{base('placements.Allocation')} + n", "placement_id": "w.id", "contract_id": "c.contract_id",
        "commitment_id": "c.id", "owner_org_id": "w.owner_org_id", "employer_id": "w.employer_id",
        "host_company_id": "c.contractor_id", "share": "1",
        "starts_on": "w.starts_on", "ends_on": "w.ends_on",
    }, f"""(SELECT row_number() OVER (ORDER BY w.id) AS n, w.* FROM placements_placement w JOIN p_person p
              ON p.id = w.participant_id AND p.owner = {main.organisation_id}) w
           JOIN (SELECT row_number() OVER (ORDER BY id) - 1 AS k, count(*) OVER () AS all_of_them, c.*
                   FROM commitments_commitment c WHERE lead_org_id = {main.organisation_id}) c
             ON c.k = w.n %% c.all_of_them""")  # fmt: skip
