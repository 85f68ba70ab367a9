"""What may be read of people at work: who exists for whom, refusals at hire, counts, what asks for a gesture."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.participants.enums import EvidenceMeans
from clausette.participants.operations import CategoryEntry
from clausette.placements.enums import LinkKind, PlacementEnd
from clausette.placements.models import Placement
from clausette.placements.operations import allocate, end_placement
from clausette.placements.queries import (
    PeopleFilters,
    allocations_visible_to,
    counted_contracts,
    ending_soon,
    hire_refusals,
    hirings_without_decision,
    people_at_work,
    people_list,
    people_on,
    placement_key,
    placements_visible_to,
    work_contract,
    work_contracts_of,
)
from clausette.procurement.operations import revoke_share, share_contract
from clausette.procurement.queries import contracts_visible_to
from tests.hats import TODAY, acting, as_owner, noon
from tests.placements.builders import ENDS, STARTS, People, decide, lent, people, person, put_to_work, site
from tests.procurement.builders import organisation_uid

pytestmark = pytest.mark.django_db


def seen(actor: Actor) -> tuple[int, int]:
    with acting(actor) as who:
        return placements_visible_to(who).count(), allocations_visible_to(who).count()


def test_each_reads_the_work_contracts_they_take_part_in() -> None:
    cast = people()
    owed = site(cast)
    put_to_work(cast, person(cast.pilot, "Ana"), owed)
    put_to_work(cast, person(cast.pilot, "Bea"), owed, **lent(cast))
    other = cast.uid("other_firm")
    elsewhere = site(cast, "Pasteur", who="other_firm")
    put_to_work(cast, person(cast.pilot, "Cid"), elsewhere, employer_uid=other, host_company_uid=other)
    found = {
        who: seen(getattr(cast, who))
        for who in ("pilot", "stranger", "firm", "other_firm", "etti", "agency", "buyer", "prescriber")
    }
    assert found == {
        "pilot": (3, 3), "stranger": (0, 0), "firm": (2, 2), "other_firm": (1, 1), "etti": (1, 1), "agency": (0, 0),
        "buyer": (0, 0), "prescriber": (0, 0),
    }  # fmt: skip


def test_a_shared_contract_opens_and_closes_its_people() -> None:
    cast = people()
    put_to_work(cast, person(cast.pilot), site(cast))
    with acting(cast.pilot) as actor:
        where = contracts_visible_to(actor).get().uid
        share_contract(
            actor=actor, contract_uid=where, structure_uid=organisation_uid(cast.stranger), on=TODAY
        )
    assert seen(cast.stranger) == (1, 1)
    with acting(cast.pilot) as actor:
        revoke_share(
            actor=actor, contract_uid=where, structure_uid=organisation_uid(cast.stranger), at=noon(TODAY)
        )
    assert seen(cast.stranger) == (0, 0)


def test_someone_at_work_is_told_with_the_three_bodies() -> None:
    cast = people()
    owed, uid = site(cast), person(cast.pilot)
    decide(cast.pilot, uid, on=date(2026, 10, 1))
    put_to_work(cast, uid, owed, **lent(cast, host="other_firm"))
    with acting(cast.pilot) as actor:
        (one,) = people_at_work(actor=actor, on=TODAY)
        assert people_on(actor=actor, commitment_ids=[one.commitment_id], on=TODAY) == {one.commitment_id: 1}
    assert (one.name, one.employer_name, one.host_name) == (
        "Moreau Aline",
        "Relais Intérim",
        "Toitures Morel",
    )
    assert (one.commitment_uid, one.starts_on, one.ends_on, one.weekly_hours) == (
        owed,
        STARTS,
        ENDS,
        Decimal(35),
    )
    assert one.hire_before == date(2027, 1, 1)


def test_people_at_work_are_restricted_by_body_month_and_day() -> None:
    cast = people()
    owed, uid = site(cast), person(cast.pilot)
    placed = put_to_work(cast, uid, owed, **lent(cast))
    with acting(cast.pilot) as actor:
        end_placement(
            actor=actor, uid=placed, ended_on=date(2026, 11, 5), reason=PlacementEnd.RESIGNATION, on=TODAY
        )
        by = {
            "host": len(people_at_work(actor=actor, declarant_id=cast.firm.organisation_id)),
            "employer": len(people_at_work(actor=actor, declarant_id=cast.etti.organisation_id)),
            "nobody": len(people_at_work(actor=actor, declarant_id=cast.agency.organisation_id)),
            "september": len(people_at_work(actor=actor, month=date(2026, 9, 1))),
            "november": len(people_at_work(actor=actor, month=date(2026, 11, 1))),
            "december": len(people_at_work(actor=actor, month=date(2026, 12, 1))),
            "today": len(people_at_work(actor=actor, on=TODAY)),
            "contract": len(people_at_work(actor=actor, contract_id=0)),
        }
    assert by == {
        "host": 1, "employer": 1, "nobody": 0, "september": 0, "november": 1, "december": 0, "today": 0, "contract": 0,
    }  # fmt: skip


def numbers(*uids: UUID) -> list[int]:
    with as_owner():
        return [Placement.objects.get(uid=uid).pk for uid in uids]


def test_refusals_know_the_siae_the_contract_and_the_path() -> None:
    cast = people()
    owed, elsewhere = site(cast), site(cast, "Pasteur")
    late, uid, only = person(cast.pilot, "Late"), person(cast.pilot, "Pass"), person(cast.pilot, "Only")
    in_siae = [CategoryEntry("SIAE", True, None, EvidenceMeans.SEEN)]
    with acting(cast.pilot) as actor:
        here = contracts_visible_to(actor).get(common_name="Gymnase des Acacias").uid
    decide(cast.pilot, late)
    decide(cast.pilot, uid, on=date(2026, 3, 2), categories=in_siae, pass_ends_on=date(2027, 3, 1))
    decide(cast.pilot, only, on=date(2026, 10, 1), contract_uid=here)
    placed = numbers(
        put_to_work(cast, late, owed),
        put_to_work(cast, uid, owed, **lent(cast)),
        put_to_work(cast, only, owed),
        put_to_work(cast, only, elsewhere, starts_on=STARTS + timedelta(days=1)),
    )
    with acting(cast.pilot) as actor:
        answer = hire_refusals(actor=actor, placement_ids=placed)
    assert [answer[key] for key in placed] == [
        "Personne validée après son entrée : décision du 16\u00a0novembre 2026.", "", "", "Aucune décision favorable.",
    ]  # fmt: skip


def test_successive_missions_are_one_counted_contract() -> None:
    cast = people()
    owed, uid = site(cast), person(cast.pilot)
    for week in range(4):
        first = date(2026, 9, 7) + timedelta(days=7 * week)
        put_to_work(cast, uid, owed, starts_on=first, ends_on=first + timedelta(days=4), **lent(cast))
    put_to_work(cast, uid, owed, starts_on=date(2026, 11, 2))
    with acting(cast.pilot) as actor:
        counts = counted_contracts(actor=actor)
    assert (counts.work_contracts, counts.counted) == (5, 2)


def test_the_sheet_of_work_contracts_is_whole_and_constant() -> None:
    cast = people()
    owed, uid = site(cast), person(cast.pilot)
    first = put_to_work(cast, uid, owed, ends_on=date(2026, 10, 30), **lent(cast))
    costs = []
    for day in (2, 3, 4):
        put_to_work(cast, uid, owed, starts_on=date(2026, 11, day), follows_uid=first, link=LinkKind.FOLLOWS)
        with acting(cast.pilot) as actor, CaptureQueriesContext(connection) as captured:
            lines = work_contracts_of(actor=actor, participant_uid=uid)
        costs.append(len(captured))
    assert [line.starts_on.day for line in lines] == [4, 3, 2, 5]
    assert lines[0].follows_uid == first
    assert costs[0] == costs[2]
    with acting(cast.firm) as actor:
        assert not work_contract(actor=actor, uid=first).can_change
    with acting(cast.stranger) as actor:
        for read in (work_contract, placement_key):
            with pytest.raises(Absent):
                read(actor=actor, uid=first)


def test_several_firms_in_turn_are_several_lines() -> None:
    cast = people()
    owed, other = site(cast), site(cast, "Pasteur", who="other_firm")
    uid = put_to_work(cast, person(cast.pilot), owed, ends_on=date(2026, 10, 30), **lent(cast))
    with acting(cast.pilot) as actor, pytest.raises(Exception, match="sort des dates"):
        allocate(
            actor=actor, placement_uid=uid, commitment_uid=other, host_company_uid=cast.uid("other_firm"),
            starts_on=date(2026, 11, 2), ends_on=date(2026, 12, 1), on=TODAY,
        )  # fmt: skip


def test_what_asks_for_a_gesture() -> None:
    cast = people()
    owed = site(cast)
    put_to_work(cast, person(cast.pilot, "Ana"), owed, starts_on=TODAY + timedelta(days=1))
    fine = person(cast.pilot, "Bea")
    decide(cast.pilot, fine, on=date(2026, 10, 1))
    put_to_work(cast, fine, owed, ends_on=TODAY + timedelta(days=20))
    with acting(cast.pilot) as actor:
        waiting = hirings_without_decision(actor=actor, on=TODAY, until=TODAY + timedelta(days=7))
        ending = ending_soon(actor=actor, on=TODAY, until=TODAY + timedelta(days=30))
    assert [(one.name, one.reason) for one in waiting] == [("Ana Moreau", "Aucune décision favorable.")]
    assert [one.name for one in ending] == ["Bea Moreau"]
    with acting(cast.stranger) as actor:
        assert hirings_without_decision(actor=actor, on=TODAY, until=TODAY + timedelta(days=7)) == ()


def work_filter(cast: People, work: str) -> list[str]:
    with acting(cast.pilot) as actor:
        found = people_list(actor=actor, filters=PeopleFilters(work=work), on=TODAY)
    return [row.person.first_name for row in found.rows]


def test_the_list_knows_who_is_at_work_today() -> None:
    cast = people()
    owed = site(cast)
    put_to_work(cast, person(cast.pilot, "Ana"), owed)
    put_to_work(cast, person(cast.pilot, "Bea"), owed, starts_on=TODAY + timedelta(days=3))
    put_to_work(cast, person(cast.pilot, "Cid"), owed, ends_on=date(2026, 10, 30))
    assert (work_filter(cast, "en_poste"), work_filter(cast, "sans_contrat")) == (["Ana"], ["Bea", "Cid"])
    assert work_filter(cast, "") == ["Ana", "Bea", "Cid"]
