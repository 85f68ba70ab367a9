"""What each of the cast reads of the engagements; figures of many at once; the article by date."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clausette.commitments.enums import CommitmentKind
from clausette.commitments.models import CommitmentPart, CommitmentVersion
from clausette.commitments.operations import Terms
from clausette.commitments.queries import (
    commitment_key,
    commitment_keys,
    commitment_sheet,
    commitments_visible_to,
    figures_for,
    legal_line,
    list_commitments,
    versions_visible_to,
)
from clausette.commitments.queries.visibility import parts_visible_to
from clausette.kernel import scope
from clausette.kernel.errors import Absent
from clausette.procurement.operations import award, change_contract, share_contract
from clausette.procurement.queries import contract_key
from tests.commitments.builders import commitment
from tests.hats import TODAY, acting, as_owner
from tests.procurement.builders import Cast, cast, contract

pytestmark = pytest.mark.django_db
EVERYBODY = ("pilot", "buyer", "firm", "other_firm", "stranger", "other_buyer")


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def two(people: Cast) -> tuple[UUID, UUID, UUID]:
    """One contract, two firms, each with its engagement: (contract, of firm, of other_firm)."""
    uid = contract(people)
    with acting(people.pilot) as actor:
        award(actor=actor, contract_uid=uid, contractor_uid=people.uid("other_firm"), on=TODAY)
    return uid, commitment(people, uid), commitment(people, uid, firm="other_firm")


def _read(people: Cast, uids: Sequence[UUID]) -> dict[str, list[int]]:
    read = {}
    for who in EVERYBODY:
        with acting(getattr(people, who)) as actor:
            seen = set(commitments_visible_to(actor).values_list("uid", flat=True))
            read[who] = [rank for rank, uid in enumerate(uids) if uid in seen]
            assert versions_visible_to(actor).count() == parts_visible_to(actor).count() == len(seen)
    return read


EXPECTED = {"pilot": [0, 1], "buyer": [0, 1], "firm": [0], "other_firm": [1], "stranger": [], "other_buyer": []}


def test_a_firm_reads_its_own_engagement_only(people: Cast, two: tuple[UUID, UUID, UUID]) -> None:
    assert _read(people, two[1:]) == EXPECTED


def test_the_policies_alone_say_the_same(
    people: Cast, two: tuple[UUID, UUID, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scope, "apply", lambda queryset, condition: queryset)
    assert _read(people, two[1:]) == EXPECTED


def test_the_queries_alone_say_the_same(people: Cast, two: tuple[UUID, UUID, UUID]) -> None:
    for who, expected in EXPECTED.items():
        with acting(getattr(people, who)) as actor, as_owner():
            assert commitments_visible_to(actor).count() == len(expected)
            assert versions_visible_to(actor).count() == parts_visible_to(actor).count() == len(expected)
    with as_owner():
        assert CommitmentVersion.objects.count() == CommitmentPart.objects.count() == 2


def test_a_shared_contract_opens_its_engagements(people: Cast, two: tuple[UUID, UUID, UUID]) -> None:
    with acting(people.pilot) as actor:
        share_contract(actor=actor, contract_uid=two[0], structure_uid=people.uid("stranger"), on=TODAY)
    with acting(people.stranger) as actor:
        assert commitments_visible_to(actor).count() == 2


def test_what_is_not_visible_is_absent(people: Cast, two: tuple[UUID, UUID, UUID]) -> None:
    with acting(people.other_firm) as actor:
        with pytest.raises(Absent):
            commitment_key(actor, two[1])
        with pytest.raises(Absent):
            commitment_sheet(actor=actor, uid=two[1], as_of=TODAY)
        key = commitment_key(actor, two[2])
        assert commitment_keys(actor, [key.id, 0]) == {key.id: key}
        assert (key.contract_uid, key.contractor_id) == (two[0], people.other_firm.organisation_id)


def test_figures_of_many_cost_two_queries(people: Cast) -> None:
    for count in (1, 3):
        for n in range(count):
            commitment(people, contract(people, f"{count}-{n}"))
        with acting(people.pilot) as actor, CaptureQueriesContext(connection) as queries:
            figures = figures_for(actor=actor, as_of=date(2027, 6, 30))
        assert len(queries) == 2
        assert {f.to_date for f in figures.values()} == {Decimal(833)}


def test_the_list_costs_the_same_for_one_and_three(people: Cast) -> None:
    costs = []
    for name in ("A", "B", "C"):
        commitment(people, contract(people, name))
        with acting(people.pilot) as actor, CaptureQueriesContext(connection) as queries:
            lines = list_commitments(actor=actor, as_of=TODAY)
        costs.append(len(queries))
    assert costs == [2, 2, 2]
    assert [line.contract_name for line in lines] == ["A", "B", "C"]


def test_the_list_by_firm_and_by_buyer(people: Cast, two: tuple[UUID, UUID, UUID]) -> None:
    with acting(people.pilot) as actor:
        by_firm = list_commitments(actor=actor, as_of=TODAY, contractor_id=people.firm.organisation_id)
        by_buyer = list_commitments(actor=actor, as_of=TODAY, buyer_id=people.buyer.organisation_id)
        nobody = list_commitments(actor=actor, as_of=TODAY, buyer_id=people.other_buyer.organisation_id)
    assert [[line.name for line in lines] for lines in (by_firm, by_buyer, nobody)] == [
        ["Bâti Ouche"], ["Bâti Ouche", "Toitures Morel"], [],
    ]  # fmt: skip


def test_before_the_first_version_nothing_is_due(people: Cast) -> None:
    uid = commitment(people, contract(people))
    with acting(people.pilot) as actor:
        sheet = commitment_sheet(actor=actor, uid=uid, as_of=date(2025, 1, 1))
    assert sheet.version is None
    assert sheet.figures.firm_at_term == 0
    assert sheet.arithmetic == "Aucune version n'est applicable à cette date."


def test_a_followed_engagement_is_told_apart(people: Cast) -> None:
    uid = commitment(people, contract(people), kind=CommitmentKind.FOLLOWED, terms=Terms())
    with acting(people.pilot) as actor:
        figures = figures_for(actor=actor, as_of=TODAY)
        assert [f.followed for f in figures.values()] == [True]
        assert commitment_sheet(actor=actor, uid=uid, as_of=TODAY).calculation is None


@pytest.mark.parametrize(
    ("consulted", "amount", "articles"),
    [
        (date(2011, 5, 2), None, "article 14"),
        (date(2026, 9, 1), Decimal(6_000_000), "article L2112-2-1"),
        (date(2026, 9, 1), Decimal(1_000_000), "article L2112-2"),
        (date(2026, 9, 1), None, "articles L2112-2 ou L2112-2-1, selon le seuil européen"),
    ],
)
def test_the_article_is_that_of_the_consultation(
    people: Cast, consulted: date, amount: Decimal | None, articles: str
) -> None:
    uid = contract(people)
    with acting(people.pilot) as actor:
        change_contract(actor=actor, uid=uid, consultation_on=consulted, notified_on=None, amount_ht=amount)
        found = legal_line(contract_key(actor, uid))
    assert found is not None
    assert (found.articles, found.on) == (articles, consulted)


def test_without_consultation_the_notification_is_told(people: Cast) -> None:
    uid = contract(people)
    with acting(people.pilot) as actor:
        change_contract(actor=actor, uid=uid, consultation_on=None, notified_on=date(2011, 7, 1))
        found = legal_line(contract_key(actor, uid))
        change_contract(actor=actor, uid=uid, notified_on=None, starts_on=None)
        assert legal_line(contract_key(actor, uid)) is None
    assert found is not None
    assert found.basis == "notifié le (date de consultation non renseignée)"
