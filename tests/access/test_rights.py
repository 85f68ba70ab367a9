"""The context of rights: opened by a live membership, signed, one transaction long."""

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.test import Client

from clausette.access.errors import SecondFactorMissing
from clausette.access.models import Membership, Organisation
from clausette.access.operations import revoke_membership
from clausette.access.places import places_of
from clausette.access.queries import find_organisations, members
from clausette.access.rights import named_rights, page_rights, request_rights
from clausette.kernel import clock
from clausette.kernel.errors import Absent
from tests.hats import TODAY, acting, as_owner, on_day, sign_in
from tests.world import body, demonstration, member, two_structures

pytestmark = pytest.mark.django_db


def value(sql: str, *params: str | int) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        row = cursor.fetchone()
    return row[0] if row else None


def seen_memberships() -> int:
    return Membership.objects.count()


def test_without_rights_a_query_is_an_error_not_an_empty_list() -> None:
    two_structures()
    with pytest.raises(DatabaseError, match="rights are not open"), transaction.atomic():
        list(Organisation.objects.all())


def test_a_member_reads_all_organisations_and_only_its_own_members() -> None:
    cast = two_structures()
    with acting(cast.first) as actor:
        assert actor == cast.first
        names = {card.name for card in find_organisations(actor=actor)}
        assert names == {"PLIE du Lys", "Maison de l'emploi d'Ouche"}
        assert [line.email for line in members(actor=actor)] == ["ana@lys.example"]


def test_a_forged_context_gives_no_row() -> None:
    cast = two_structures()
    forged = f"{cast.first.account_id}|{cast.first.organisation_id}|{'0' * 64}"
    with transaction.atomic():
        value("SELECT set_config('app.ctx', %s, true)", forged)
        assert seen_memberships() == 0
        assert Organisation.objects.count() == 0


def test_the_signature_of_one_organisation_does_not_serve_another() -> None:
    cast = two_structures()
    with acting(cast.first):
        context = str(value("SELECT current_setting('app.ctx')"))
        stolen = context.replace(f"|{cast.first.organisation_id}|", f"|{cast.second.organisation_id}|")
        value("SELECT set_config('app.ctx', %s, true)", stolen)
        assert seen_memberships() == 0


@pytest.mark.django_db(transaction=True)
def test_a_context_is_not_replayed_in_the_next_transaction() -> None:
    cast = two_structures()
    with acting(cast.first):
        context = str(value("SELECT current_setting('app.ctx')"))
        assert seen_memberships() == 1
    with transaction.atomic():
        value("SELECT set_config('app.ctx', %s, true)", context)
        assert seen_memberships() == 0


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM sec.k",
        "SELECT sec.sign('1|1')",
        "SELECT sec.open_as(1, 1)",
        "SELECT sec.enter(1, 1)",
        "SELECT sec.part(1)",
        "SELECT sec.account_of('x')",
        "SELECT * FROM auth_permission",
        "SELECT sec.record_readings('x', 'y', 'identity', '{}')",
    ],
)
def test_the_web_role_cannot_make_rights_itself(sql: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_rights_end_with_the_page_even_inside_a_test_transaction() -> None:
    cast = two_structures()
    with as_owner():
        demonstration()
    key = sign_in(Client(), cast.first.account_id)
    with request_rights(key, cast.first.slug, read_only=True) as actor:
        assert actor == cast.first
        assert seen_memberships() == 1
    with pytest.raises(ProgrammingError), transaction.atomic():
        seen_memberships()


def test_a_read_only_page_cannot_write_even_by_a_function() -> None:
    cast = two_structures()
    with as_owner():
        demonstration()
    key = sign_in(Client(), cast.first.account_id)
    with (
        pytest.raises(DatabaseError, match="read-only"),
        request_rights(key, cast.first.slug, read_only=True),
    ):
        value("SELECT sec.recognise(%s, '{buyer}')", cast.second.organisation_id)


def test_no_membership_no_organisation_no_session_are_the_same_absence() -> None:
    cast = two_structures()
    key = sign_in(Client(), cast.first.account_id)
    own = cast.first.slug
    for cookie, slug in ((key, cast.second.slug), (key, "inconnue"), ("", own), ("x" * 32, own)):
        with pytest.raises(Absent), page_rights(cookie, slug, read_only=True):
            pytest.fail("opened")


def test_a_facilitator_without_second_factor_is_stopped_except_in_the_demonstration() -> None:
    cast = two_structures()
    firm = member(body("Bâti Ouche", "contractor"), "chef@bati.example")
    keys = {actor.slug: sign_in(Client(), actor.account_id) for actor in (cast.first, firm)}
    with (
        pytest.raises(SecondFactorMissing),
        page_rights(keys[cast.first.slug], cast.first.slug, read_only=True),
    ):
        pytest.fail("opened")
    with page_rights(keys[firm.slug], firm.slug, read_only=True) as opened:
        assert (opened.actor.slug, opened.demonstration) == (firm.slug, False)
    with as_owner():
        demonstration()
    with page_rights(keys[cast.first.slug], cast.first.slug, read_only=True) as opened:
        assert opened.demonstration is True


def test_revocation_holds_on_the_next_request() -> None:
    place = body("Bâti Ouche", "contractor")
    admin, colleague = member(place, "chef@bati.example"), member(place, "aide@bati.example")
    key = sign_in(Client(), colleague.account_id)
    with page_rights(key, place.slug, read_only=True):
        pass
    with acting(admin) as actor:
        line = next(one for one in members(actor=actor) if one.email == "aide@bati.example")
        revoke_membership(actor=actor, uid=line.uid, at=clock.now())
    with pytest.raises(Absent), page_rights(key, place.slug, read_only=True):
        pytest.fail("opened")
    assert places_of(key) == []


def test_a_membership_opens_on_its_first_day_and_closes_after_its_last() -> None:
    place = body("Bâti Ouche", "contractor")
    actor = member(place, "chef@bati.example")
    with as_owner():
        Membership.objects.filter(account_id=actor.account_id).update(valid_from=TODAY, valid_to=TODAY)
    key = sign_in(Client(), actor.account_id)
    assert [one.slug for one in places_of(key)] == [place.slug]
    for day in (TODAY.replace(day=15), TODAY.replace(day=17)):
        with on_day(day):
            assert places_of(key) == []


def test_a_job_opens_rights_by_identifiers_under_the_worker_role_only() -> None:
    cast = two_structures()
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        named_rights(cast.first.account_id, cast.first.organisation_id),
    ):
        pytest.fail("opened by the web role")
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SET ROLE clausette_worker")
    with named_rights(cast.first.account_id, cast.first.organisation_id) as actor:
        assert actor == cast.first
        assert seen_memberships() == 1
    with pytest.raises(Absent), named_rights(cast.first.account_id, cast.second.organisation_id):
        pytest.fail("opened elsewhere")
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SET ROLE clausette_app")
