"""Prepared readings: the SQL of one shape is written once, and answers as the queryset would for every value."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import Q, QuerySet
from django.test.utils import CaptureQueriesContext

from clausette.access.models import Organisation
from clausette.kernel import scope
from clausette.kernel.actor import Actor
from clausette.kernel.prepared import Among, Unprepared, prepared
from clausette.kernel.scope import narrow
from tests.hats import acting
from tests.world import body, two_structures

pytestmark = pytest.mark.django_db
built: list[str] = []


def named(actor: Actor, without: list[int], kind: str) -> QuerySet[Organisation, tuple[Any, ...]]:
    built.append(kind)
    rows = narrow(Organisation.objects.all(), Q(pk__gte=actor.organisation_id))
    kept = rows.filter(~Q(Among("pk", without)), body_kind=kind)
    return kept.order_by("name").values_list("pk", "name")


def test_it_answers_as_the_queryset_for_each_value_and_is_built_once_by_shape() -> None:
    two, reading = two_structures(), prepared(named)
    with acting(two.first) as actor:
        firms = [body(f"Entreprise {n}").organisation_id for n in range(4)]
        built.clear()
        for ids in ([], firms[:1], firms[1:], [10**9]):
            found = reading(actor, ids, "other")
            assert found == list(named(actor, ids, "other"))
            assert {pk for pk, _ in found} & set(firms) == set(firms) - set(ids)
        assert built.count("other") == 1 + 4  # the reading once, the four querysets beside it
        assert reading(actor, firms, kind="structure") == list(named(actor, firms, "structure"))
    with acting(two.second) as other:
        assert reading(other, firms, "other") == list(named(other, firms, "other"))


def test_it_makes_the_rows_that_the_queryset_makes() -> None:
    def instances(actor: Actor, uid: UUID) -> QuerySet[Organisation]:
        return Organisation.objects.filter(uid=uid).select_related("registered_by")

    def dicts(actor: Actor, pk: int) -> QuerySet[Organisation, Any]:
        return Organisation.objects.filter(pk=pk).values("name", "registered_by__name")

    def flat(actor: Actor, pk: int) -> QuerySet[Organisation, str]:
        return Organisation.objects.filter(pk=pk).values_list("name", flat=True)

    with acting(two_structures().first) as actor:
        firm = Organisation.objects.get(pk=body("Bâti Ouche").organisation_id)
        row = prepared(instances)(actor, firm.uid)[0]
        assert row == firm
        with CaptureQueriesContext(connection) as asked:
            assert row.registered_by == firm.registered_by
        assert row.registered_by is None or len(asked) == 0
        assert prepared(dicts)(actor, firm.pk) == list(dicts(actor, firm.pk))
        assert prepared(flat)(actor, firm.pk) == ["Bâti Ouche"]
        assert prepared(instances)(actor, uuid4()) == []


def test_a_scope_replaced_by_a_test_writes_its_own_sql(monkeypatch: pytest.MonkeyPatch) -> None:
    firm, reading = body("Bâti Ouche").organisation_id, prepared(named)
    with acting(two_structures().first) as actor:
        assert firm not in [pk for pk, _ in reading(actor, [], "other")]
        monkeypatch.setattr(scope, "apply", lambda queryset, condition: queryset)
        assert firm in [pk for pk, _ in reading(actor, [], "other")]


@pytest.mark.parametrize(
    "build",
    [
        lambda actor, day: Organisation.objects.filter(created_at__date__gte=day.replace(month=1)),
        lambda actor, day: Organisation.objects.filter(created_at__year=day.year),
        lambda actor, day: Organisation.objects.all(),
        lambda actor, day: Organisation.objects.filter(pk=(day - date(1, 1, 1)).days - 10**13),
        lambda actor, day: Organisation.objects.filter(created_at__date=day).prefetch_related("registered_by"),
    ],
    ids=["day changed", "year taken", "value lost", "number made", "prefetch"],
)
def test_a_value_that_does_not_reach_the_database_as_it_is_is_refused(build: Any) -> None:
    with acting(two_structures().first) as actor, pytest.raises(Unprepared):
        prepared(build)(actor, date(2026, 11, 27))


def test_an_instant_is_refused() -> None:
    def since(actor: Actor, at: datetime) -> QuerySet[Organisation]:
        return Organisation.objects.filter(created_at__gte=at)

    with acting(two_structures().first) as actor, pytest.raises(Unprepared):
        prepared(since)(actor, datetime(2026, 11, 27, 12, 0))  # noqa: DTZ001  # refused before it is used


def test_what_can_answer_nothing_is_not_asked() -> None:
    def never(actor: Actor) -> QuerySet[Organisation]:
        return Organisation.objects.filter(pk__in=[])

    with acting(two_structures().first) as actor, CaptureQueriesContext(connection) as asked:
        assert prepared(never)(actor) == []
    assert not [one for one in asked if "access_organisation" in one["sql"] and "WHERE" in one["sql"]]
