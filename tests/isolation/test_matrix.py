"""The matrix: every address × who × what the object is to them × method, run four times.

1. as it is · 2. the queries no longer restrict anything: the database holds alone · 3. row-level security off: the
queries hold alone · 4. both off: the control, where each table must leak to each role, or the matrix proves nothing.
"""

import logging
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection, transaction

from clausette.kernel import scope
from clausette.web.routes import Route, all_routes
from tests.hats import acting, as_owner
from tests.isolation import expected
from tests.isolation.knocking import Knocker, Outcome
from tests.isolation.principals import Principal, seated
from tests.isolation.probes import Target, targets
from tests.isolation.rendering import watched
from tests.isolation.selection import (
    ORGANISATION,
    SHORT,
    UNUSUAL,
    distinct,
    shut,
    stopped_by,
    told_by_another,
)
from tests.isolation.summary import say
from tests.isolation.tables import READS, tenant_tables
from tests.isolation.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LEAST = 5_000
GAP = 10.0  # milliseconds
FILLED = ("own", "shared", "list", "revoked", "foreign")
READABLE = (*FILLED, "asked", "organisation")
LEAKING = ("list", "foreign", "revoked")  # what the control asks for: enough for every table and role
FRAGMENTS = (*UNUSUAL, "M")  # a fragment is a part of the page, read with the same queries
SENDING = (*SHORT, "C", "F2", "second", "no_factor", "revoked", "anonymous")
# what a secret, a code or the demonstration opens: entered by tests of their own, which ask for this address
ELSEWHERE = {
    "account:login": ("test_account_sign_in.py", "/compte/connexion/"),
    "account:second_step": ("test_account_sign_in.py", "/compte/connexion/code/"),
    "account:reset": ("test_account_own.py", "/compte/mot-de-passe/"),
    "account:confirm_email": ("test_account_own.py", "/compte/courriel/"),
    "account:invitation": ("test_account_members.py", "/compte/invitation/"),
    "account:mandate": ("test_mandates.py", "/compte/mandat/"),
    "account:deposit": ("test_deposit.py", "/compte/depot/"),
    "account:deposit_code": ("test_deposit.py", "code/"),
    "account:mails": ("test_account_members.py", "/demonstration/courriels/"),
    "account:mail": ("test_account_members.py", "/demonstration/courriels/"),
    # what needs another body, an amount, or a contract in another state
    "contracts:transfer": ("test_contracts_life.py", "/transferer/"),
    "contracts:relaunch": ("test_contracts_life.py", "/relance/"),
    "contracts:plan_phase": ("test_contracts_life.py", "/phases/nouvelle/"),
    "contracts:create_order": ("test_contracts_life.py", "/commandes/nouvelle/"),
    "contracts:admit_buyer": ("test_contracts_amounts.py", "/intervenants/nouveau/"),
    "contracts:end_party": ("test_contracts_amounts.py", "intervenants/{party}/terminer/"),
    "contracts:set_share": ("test_contracts_amounts.py", "intervenants/{party}/part/"),
    "hours:reporting": ("test_hours_reporting.py", "/structure-declarante/"),
    "contracts:portfolio": ("test_contracts_amounts.py", "marches/portefeuille/"),
    "contracts:note_exchange": ("test_contracts_exchanges.py", "/echanges/nouveau/"),
    "advice:bring_programme": ("test_advice_programmes.py", "apporter/"),
    "advice:confirm_programme": ("test_advice_programmes.py", "confirmer/"),
    "advice:waive_study": ("test_advice_purchase.py", "derogation/"),
    "advice:follow_study": ("test_advice_following.py", "marche/"),
    "advice:award_study": ("test_advice_following.py", "attribuer/"),
    "imports:accept_match": ("test_imports_matching.py", "rapprocher/"),
    "imports:leave_match": ("test_imports_matching.py", "ecarter/"),
    "imports:follow_record": ("test_imports_matching.py", "suivre/"),
    "contracts:bases": ("test_contracts_engagement.py", "/heures-travaillees/"),
    "contracts:withdraw_base": ("test_contracts_engagement.py", "heures-travaillees/{base}/retirer/"),
    "imports:takeover:apply": ("test_takeover_pages.py", "reprendre/"),
    "imports:takeover:undo": ("test_takeover_pages.py", "defaire/"),
    "hours:files:apply": ("test_hours_files.py", "confirmer/"),
    "hours:files:match_one": ("test_hours_files.py", "lignes/{other}/"),
    "hours:files:cancel": ("test_hours_files.py", "abandonner/"),
    "hours:confirm": ("test_hours_confirming.py", "/heures/a-confirmer/"),
    "hours:remove_prior": ("test_hours_priors.py", "/formation-avant-embauche/retirer/"),
    "account:forget_factor": ("test_account_lost_factor.py", "/double-authentification/"),
    "contracts:join_project": ("test_contracts_amounts.py", "/organismes/nouveau/"),
    "people:erase": ("test_people_erasing.py", "effacer"),  # the name of the person is to be typed
    "advice:templates": ("test_advice_templates.py", "/conseil/modeles/"),  # a DOCX is sent
}


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Thousands of refusals are no news for the log."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def lines() -> list[tuple[Route, expected.Line]]:
    known = expected.read()
    return [(route, known[route.name]) for route in all_routes()]


def test_every_address_is_listed_once_and_nothing_else_is() -> None:
    assert {route.name for route in all_routes()} == set(expected.read())


def test_what_the_matrix_does_not_enter_is_entered_by_another_test() -> None:
    for file, address in ELSEWHERE.values():
        assert address in (Path(__file__).parents[1] / "web" / file).read_text(encoding="utf-8"), (file, address)


def test_every_tenant_table_has_its_direct_probe() -> None:
    assert tenant_tables() == sorted(READS)


@contextmanager
def without_policies() -> Iterator[None]:
    """Switch row-level security off on every table, until the end."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity ORDER BY relname")
        tables = [row[0] for row in cursor.fetchall()]
        cursor.execute(";".join(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY" for table in tables))
    try:
        yield
    finally:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(";".join(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY" for table in tables))


def without_scopes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every query read all that the database gives."""
    monkeypatch.setattr(scope, "apply", lambda queryset, condition: queryset)


def knock_at_all(knocker: Knocker, people: list[Principal]) -> None:
    """Run 1: readings first (they show the forms), then sendings, empty and plausible."""
    knocker.remember()
    with transaction.atomic():  # the readings they journal would be looked through at each sending
        for who in people:
            for route, line in lines():
                if "GET" not in route.methods and who.name not in UNUSUAL:
                    continue  # refused for its method, whoever reads
                found = targets(knocker.world, route, line, who, seen=2 if who.name == "A" else 1)
                for target in distinct(found, "GET"):
                    read_every_way(knocker, target)
        knocker.nothing_written()
        transaction.set_rollback(True)
    for who in people:
        for route, line in lines():
            if who.name in SENDING and ("POST" in route.methods or who.name in UNUSUAL):
                send_every_way(knocker, route, line, who)


def read_every_way(knocker: Knocker, target: Target) -> None:
    """The page; its fragment, its head and the methods that nobody knows."""
    who, relation = target.who, target.relation
    if told_by_another(target):
        return
    knocker.read(target)
    if shut(target):
        return
    if relation in ("list", "own") and who.name in FRAGMENTS:
        knocker.read(target, htmx=True)
    if who.name not in UNUSUAL:
        return
    if relation == "foreign":
        knocker.read(target, htmx=True)
    if relation in ("list", "foreign"):
        knocker.read(target, "HEAD")
    if relation in ("list", "own"):
        knocker.read(target, "PUT")
    if relation in ("list", "absent"):
        knocker.read(target, "DELETE")


def send_every_way(knocker: Knocker, route: Route, line: expected.Line, who: Principal) -> None:
    """An empty body, and the body of the form that the page shows to those who may."""
    known = knocker.out.bodies.get(route.name)
    for target in distinct(targets(knocker.world, route, line, who, seen=1), "POST"):
        if target.relation == "asked" or ("slug" in target.relation and who.name != "A"):
            continue
        knocker.send(target, [], "empty")
        if known and not stopped_by(target, "POST") and target.relation in FILLED:
            knocker.send(target, known, "plausible")


def knock_to_read(knocker: Knocker, people: list[Principal], relations: tuple[str, ...] = READABLE) -> None:
    """Runs 2 to 4: readings of each address by one of each role. What a door refuses needs no net."""
    for who in people:
        if who.name not in SHORT:
            continue
        for route, line in lines():
            if route.access not in ORGANISATION:
                continue
            for target in targets(knocker.world, route, line, who, seen=1):
                if target.relation in relations and not stopped_by(target, "GET"):
                    knocker.read(target)


def look_directly(world: World, people: list[Principal]) -> dict[tuple[str, str], set[str]]:
    """Ask each read of each table as each member; return the foreign rows by (table, role)."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for who in people:
        if who.actor is None or who.name not in SHORT:
            continue
        for table, read in READS.items():
            with acting(who.actor) as actor:
                for pk in read(actor).values_list("pk", flat=True).order_by("pk"):
                    planted = world.aviary.rows.get((table, pk))
                    if planted is not None and who.org not in planted.seen_by:
                        found[table, who.role].add(str(pk))
    return found


def wrong(outcome: Outcome) -> list[str]:
    """Faults and leaks, in words."""
    return outcome.faults + sorted({f"LEAK {label}: {row.table} {row.pk}" for _, label, row in outcome.leaks})


def told(outcome: Outcome, limit: int = 40) -> str:
    """What went wrong, the first lines of it."""
    found = wrong(outcome)
    return "\n".join([f"{len(found)} faults", *found[:limit]])


def different(outcome: Outcome) -> list[str]:
    """Answers about what one may not see that differ from the answer about nothing."""
    found = []
    for key, answers in outcome.unseen.items():
        models = answers.get("absent") or answers.get("absent slug")
        found += [
            f"{key} {relation}: {status} {len(body)} != {sorted((known, len(said)) for known, said in models)}"
            for relation, given in answers.items()
            if models
            for status, body in sorted(given - models)
        ]
    return found


def test_as_it_is(world: World) -> None:
    people = seated(world)
    knocker = Knocker(world)
    rendering: set[str] = set()
    with watched(rendering):
        knock_at_all(knocker, people)
    out = knocker.out
    direct = look_directly(world, people)
    closed = [
        (route.name, method)
        for route, _ in lines()
        for method in ("GET", "POST")
        if method in route.methods and (route.name, method) not in out.entered.keys() | out.sent_back.keys()
    ]
    say(f"matrix, as it is: {out.knocks} probes, {len(out.leaks)} leaks, {len(out.faults)} faults, "
        f"foreign/absent gap {out.gap():.1f} ms, {dict(sorted(out.statuses.items()))}")  # fmt: skip
    say(f"matrix: {len(out.bodies)} forms filled, {out.writing} sendings wrote; {len(out.entered)} (address, method) "
        f"entered by somebody, {len(out.sent_back.keys() - out.entered.keys())} that send back to the form only, "
        f"{len(closed)} by tests of their own; {len(out.stopped)} stopped at the second factor; "
        f"{len(rendering)} queries while a template is rendered")  # fmt: skip
    slow = "\n".join(["queries while a template is rendered:", *sorted(rendering)])
    assert not wrong(out), told(out) + slow
    assert not direct, direct
    assert not rendering, slow
    assert not different(out), "\n".join(different(out)[:40])
    met = knocker.register.met
    say(f"matrix, register: marks of {len(met)} personal fields met, {len(out.shown)} where no role may read them")
    assert not out.shown, "\n".join(["read in spite of the register:", *sorted(out.shown)[:60]])
    assert len(met) > 40, sorted(met)  # else the look at what is shown sees nothing
    unentered = {name for name, _ in closed}
    # some of those named elsewhere let somebody in here too, as the forms filled turn out
    assert unentered <= set(ELSEWHERE), f"let somebody in, or send back to the form: {unentered - set(ELSEWHERE)}"
    assert out.knocks >= LEAST
    assert out.writing > 100  # else the look at what was written sees nothing
    assert out.gap() < GAP


def test_the_database_holds_alone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    people = seated(world)
    without_scopes(monkeypatch)
    knocker = Knocker(world, strict=False)
    knock_to_read(knocker, people)
    direct = look_directly(world, people)
    say(f"matrix, scopes off: {knocker.out.knocks} probes, {len(knocker.out.leaks)} leaks")
    assert not wrong(knocker.out), told(knocker.out)
    assert not direct, direct


def test_the_queries_hold_alone(world: World) -> None:
    people = seated(world)
    knocker = Knocker(world, strict=False)
    with without_policies():
        knock_to_read(knocker, people)
        direct = look_directly(world, people)
    say(f"matrix, row-level security off: {knocker.out.knocks} probes, {len(knocker.out.leaks)} leaks")
    assert not wrong(knocker.out), told(knocker.out)
    assert not direct, direct


def test_without_both_nets_every_table_leaks_to_every_role(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = seated(world)
    without_scopes(monkeypatch)
    knocker = Knocker(world, strict=False)
    with without_policies():
        knock_to_read(knocker, people, LEAKING)
        direct = look_directly(world, people)
    pages: dict[tuple[str, str], set[str]] = defaultdict(set)
    for role, label, row in knocker.out.leaks:
        pages[row.table, role].add(label)
    roles = sorted({who.role for who in people if who.name in SHORT})
    wanted = {(table, role) for table in tenant_tables() for role in roles}
    by_page = wanted & set(pages)
    say(f"matrix, both off (control): {knocker.out.knocks} probes, {len(knocker.out.leaks)} leaks; "
        f"{len(wanted)} table × role all bite, {len(by_page)} of them through a page")  # fmt: skip
    assert wanted - set(pages) - set(direct) == set()
