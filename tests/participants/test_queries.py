"""What may be read of persons: who exists for whom, where each stands, the compartment of reasons."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection

from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, NotAllowed
from clausette.kernel.french import format_short_date
from clausette.participants.enums import EvidenceMeans
from clausette.participants.models import Participant
from clausette.participants.operations import CategoryEntry, withdraw_check
from clausette.participants.queries import (
    checks_visible_to,
    eligibility_of,
    list_participants,
    participant_key,
    participant_keys,
    participant_sheet,
    participants_visible_to,
    reasons_of,
    reasons_visible_to,
    refusals_at_hire,
    seeking,
)
from tests.hats import TODAY, acting, as_owner
from tests.placements.builders import BORN, People, decide, people, person, put_to_work, site
from tests.procurement.builders import organisation_uid

pytestmark = pytest.mark.django_db


def names(actor: Actor) -> set[str]:
    with acting(actor) as who:
        return set(participants_visible_to(who).values_list("first_name", flat=True))


def number(uid: UUID) -> int:
    with as_owner():
        return Participant.objects.get(uid=uid).pk


def world(cast: People) -> dict[str, UUID]:
    """One person at work in the firm, one referred, one of another structure, one in another firm."""
    ana = person(cast.pilot, "Ana")
    decide(cast.pilot, ana)
    put_to_work(cast, ana, site(cast))
    bea = person(cast.pilot, "Bea", referred_by_uid=organisation_uid(cast.prescriber))
    decide(cast.pilot, bea)
    cid = person(cast.stranger, "Cid")
    decide(cast.stranger, cid)
    dan = person(cast.pilot, "Dan")
    decide(cast.pilot, dan)
    other = cast.uid("other_firm")
    put_to_work(
        cast, dan, site(cast, "Pasteur", who="other_firm"), employer_uid=other, host_company_uid=other
    )
    return {"Ana": ana, "Bea": bea, "Cid": cid, "Dan": dan}


def test_each_reads_their_own_people_only() -> None:
    cast = people()
    world(cast)
    seen = {
        who: names(getattr(cast, who))
        for who in ("pilot", "stranger", "firm", "other_firm", "buyer", "prescriber")
    }
    assert seen == {
        "pilot": {"Ana", "Bea", "Dan"}, "stranger": {"Cid"}, "firm": {"Ana"}, "other_firm": {"Dan"}, "buyer": set(),
        "prescriber": {"Bea"},
    }  # fmt: skip
    assert names(cast.other_prescriber) == names(cast.etti) == set()


def test_decisions_are_read_with_the_person_and_reasons_by_two_only() -> None:
    cast = people()
    world(cast)
    counts = {}
    for who in ("pilot", "stranger", "firm", "buyer", "prescriber", "other_prescriber"):
        with acting(getattr(cast, who)) as actor:
            counts[who] = (checks_visible_to(actor).count(), reasons_visible_to(actor).count())
    assert counts == {
        "pilot": (3, 3), "stranger": (1, 1), "firm": (1, 0), "buyer": (0, 0), "prescriber": (1, 1),
        "other_prescriber": (0, 0),
    }  # fmt: skip


def test_a_person_of_others_is_absent() -> None:
    cast = people()
    known = world(cast)
    with acting(cast.stranger) as actor:
        for read in (
            lambda: participant_key(actor, known["Ana"]),
            lambda: participant_sheet(actor=actor, uid=known["Ana"], on=TODAY),
            lambda: reasons_of(actor=actor, uid=known["Ana"]),
        ):
            with pytest.raises(Absent):
                read()
        assert participant_keys(actor, [number(known["Ana"])]) == {}


def test_reasons_are_refused_to_a_firm_that_knows_the_person() -> None:
    cast = people()
    known = world(cast)
    with acting(cast.firm) as actor, pytest.raises(NotAllowed, match="Les motifs sont réservés"):
        reasons_of(actor=actor, uid=known["Ana"])
    with acting(cast.prescriber) as actor:
        (check,) = reasons_of(actor=actor, uid=known["Bea"]).checks
    assert [(line.code, line.is_main) for line in check.reasons] == [("RSA", True)]


def test_the_last_check_not_withdrawn_counts() -> None:
    cast = people()
    uid = person(cast.pilot)
    first = decide(cast.pilot, uid, on=date(2026, 3, 2))
    with acting(cast.pilot) as actor:
        standing = eligibility_of(actor=actor, participant_ids=[number(uid)], on=TODAY)[number(uid)]
    assert (standing.check_uid, standing.word, standing.opens) == (first, "délai d'embauche dépassé", False)
    second = decide(cast.pilot, uid)
    with acting(cast.pilot) as actor:
        standing = eligibility_of(actor=actor, participant_ids=[number(uid)], on=TODAY)[number(uid)]
        assert (standing.check_uid, standing.sentence) == (second, "validé jusqu'au 16\u00a0février 2027")
        withdraw_check(actor=actor, participant_uid=uid, uid=second, reason="Erreur")
        standing = eligibility_of(actor=actor, participant_ids=[number(uid)], on=TODAY)[number(uid)]
        assert standing.check_uid == first


def test_a_firm_finds_no_prescriber_even_with_sql_of_its_own() -> None:
    cast = people()
    uid = person(cast.pilot, referred_by_uid=organisation_uid(cast.prescriber))
    decide(cast.pilot, uid)
    put_to_work(cast, uid, site(cast))
    both = "participants_participant p LEFT JOIN participants_personcontact c ON c.participant_id = p.id"
    hostile = f"SELECT to_jsonb(p), to_jsonb(c) FROM {both}"
    for who, found in ((cast.firm, False), (cast.buyer, False), (cast.prescriber, True), (cast.pilot, True)):
        with acting(who), connection.cursor() as cursor:
            cursor.execute(hostile)
            rows = cursor.fetchall()
            cursor.execute("SELECT sec.persons_referred()")
            assert cursor.fetchone() == ([number(uid)] if who is cast.prescriber else [],)
        assert len(rows) == (who is not cast.buyer)
        told = " ".join(str(row) for row in rows)
        assert (f'"referred_by_id": {cast.prescriber.organisation_id}' in told) is found
        assert "referred" not in told or found


def test_a_pass_iae_stays_apart_from_the_delay_of_hiring() -> None:
    cast = people()
    uid = person(cast.pilot)
    main = [CategoryEntry("SIAE", True, None, EvidenceMeans.SEEN)]
    decide(cast.pilot, uid, on=date(2026, 3, 2), categories=main, pass_ends_on=date(2027, 8, 1))
    with acting(cast.pilot) as actor:
        standing = eligibility_of(actor=actor, participant_ids=[number(uid)], on=TODAY)[number(uid)]
    assert (standing.open_for_hire, standing.open_for_siae) == (False, True)
    assert standing.sentence == "validé dans une SIAE jusqu'au 1er\u00a0août 2027"
    assert standing.told_to_firms == "à confirmer avec le facilitateur"  # who may hire would say why


def test_the_list_is_sought_by_name_key_and_paged(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = people()
    for index in range(51):
        person(cast.pilot, f"Zoé {index}", "L'Hœst")
    person(cast.pilot, "Ana", "Moreau")
    with acting(cast.pilot) as actor:
        first = list_participants(actor=actor, words="lhoest", on=TODAY)
        assert first.total == 0
        found = list_participants(actor=actor, words="HOEST l", on=TODAY)
        assert (found.total, len(found.rows)) == (51, 50)
        assert len(list_participants(actor=actor, words="hoest", page=2, on=TODAY).rows) == 1
        monkeypatch.setattr(seeking, "COUNTED", 50)  # more than what is read at once
        pages = [list_participants(actor=actor, words="hoest", page=page, on=TODAY) for page in (1, 2, 3)]
        assert [(page.total, len(page.rows)) for page in pages] == [(51, 50), (51, 1), (51, 0)]
        assert [row.name for row in pages[1].rows] == ["L'Hœst Zoé 9"]


def test_each_seeks_among_their_own_people_only() -> None:
    cast = people()
    world(cast)
    with acting(cast.pilot) as actor:
        days = (format_short_date(day) for day in (BORN, BORN + timedelta(days=1)))
        pages = [list_participants(actor=actor, words=f"béa {day}", on=TODAY) for day in days]
        assert [[row.first_name for row in page.rows] for page in pages] == [["Bea"], []]
    with acting(cast.firm) as actor:  # reads no date of birth: its search tells none
        assert list_participants(actor=actor, words="ana", on=TODAY).total == 1
        assert list_participants(actor=actor, words=f"ana {format_short_date(BORN)}", on=TODAY).total == 0
    found = {}
    for who in ("pilot", "stranger", "firm", "other_firm", "buyer", "prescriber", "other_prescriber"):
        with acting(getattr(cast, who)) as actor:
            page = list_participants(actor=actor, words="a", on=TODAY)
            found[who] = [row.first_name for row in page.rows]
            assert page.total == len(page.rows)
    assert found == {
        "pilot": ["Ana", "Bea", "Dan"], "stranger": ["Cid"], "firm": ["Ana"], "other_firm": ["Dan"], "buyer": [],
        "prescriber": ["Bea"], "other_prescriber": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("hired_on", "siae", "told"),
    [
        (TODAY - timedelta(days=1), False, "Personne validée après son entrée"),
        (TODAY, False, ""),
        (date(2027, 2, 16), False, ""),
        (date(2027, 2, 17), False, "La décision valait pour une embauche jusqu'au 16\u00a0février 2027."),
        (date(2027, 2, 17), True, ""),
        (date(2027, 8, 2), True, "Le PASS IAE a pris fin le 1er\u00a0août 2027."),
    ],
)
def test_a_hiring_rests_on_the_dates_of_a_decision(hired_on: date, siae: bool, told: str) -> None:
    cast = people()
    uid = person(cast.pilot)
    main = [CategoryEntry("SIAE", True, None, EvidenceMeans.SEEN)]
    decide(cast.pilot, uid, categories=main, pass_ends_on=date(2027, 8, 1))
    with acting(cast.pilot) as actor:
        answer = refusals_at_hire(actor=actor, hires={7: (number(uid), hired_on)}, siae=[7] if siae else [])
    assert answer[7] == told if not told else answer[7].startswith(told)


def test_later_hirings_rest_on_the_open_path_for_24_months() -> None:
    cast = people()
    uid, never = person(cast.pilot), person(cast.pilot, "Bea")
    decide(cast.pilot, uid, on=date(2024, 3, 1))
    key = number(uid)
    hires = {
        1: (key, date(2024, 4, 1)), 2: (key, date(2025, 9, 1)), 3: (key, date(2026, 3, 31)), 4: (key, date(2026, 4, 1)),
        5: (number(never), TODAY),
    }  # fmt: skip
    with acting(cast.pilot) as actor:
        answer = refusals_at_hire(actor=actor, hires=hires)
    assert [answer[k] for k in (1, 2, 3)] == ["", "", ""]
    assert answer[4] == "La décision valait pour une embauche jusqu'au 1er\u00a0juin 2024."
    assert answer[5] == "Aucune décision favorable."
