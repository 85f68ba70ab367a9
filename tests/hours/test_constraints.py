"""What cannot exist, whoever writes it, and the French sentence that says so."""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from clausette.hours.models import HoursLine, Justification, Statement, WorkedMonth
from clausette.kernel.integrity import sentence_of, violated_constraint
from tests.hats import TODAY, as_owner, noon
from tests.hours.builders import OCT, SEPT, World, commitment, contract, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w() -> World:
    return world()


def _checked(write: Callable[[], object]) -> None:
    write()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def refusal(write: Callable[[], object]) -> tuple[str, str]:
    """Constraint broken and its sentence."""
    with pytest.raises(IntegrityError) as caught, as_owner(), transaction.atomic():
        _checked(write)
    return violated_constraint(caught.value), sentence_of(caught.value)


def statement(w: World, **values: Any) -> Statement:
    defaults = {
        "contract": w.contract,
        "declarant_id": w.firm.organisation_id,
        "month": OCT,
        "source": "grid",
    }
    return Statement.objects.create(**defaults | values)


def worked(w: World, **values: Any) -> WorkedMonth:
    defaults = {
        "placement_id": w.lemaire.pk, "employer_id": w.firm.organisation_id, "owner_org_id": w.pilot.organisation_id,
        "month": OCT, "hours": Decimal(120),
    }  # fmt: skip
    return WorkedMonth.objects.create(**defaults | values)


def line(w: World, **values: Any) -> HoursLine:
    own = values.pop("of", None) or statement(w)
    total = values.pop("total", None) or worked(w)
    defaults = {
        "statement_id": own.pk, "contract_id": own.contract_id, "declarant_id": own.declarant_id, "month": own.month,
        "worked_month_id": total.pk, "placement_id": total.placement_id, "commitment_id": w.commitment.pk,
        "hours": Decimal(100),
    }  # fmt: skip
    return HoursLine.objects.create(**defaults | values)


BROKEN: list[tuple[str, Callable[[World], object], str]] = [
    ("hours_statement_once", lambda w: (statement(w), statement(w)), "Ce relevé existe déjà"),
    ("hours_statement_month", lambda w: statement(w, month=OCT.replace(day=3)), "premier jour"),
    ("hours_statement_submitted", lambda w: statement(w, state="submitted"), "sa date et son auteur"),
    (
        "hours_statement_validated",
        lambda w: statement(
            w, state="validated", submitted_at=noon(TODAY), submitted_by_id=w.pilot.account_id
        ),
        "Un relevé validé porte sa date et son auteur.",
    ),
    (
        "hours_statement_piece_left",
        lambda w: statement(w, piece_left="seen", piece_left_by_id=w.pilot.account_id),
        "Un relevé sans pièce dit pourquoi, par qui et quel jour.",
    ),
    (
        "hours_statement_return_reason",
        lambda w: statement(
            w, state="returned", submitted_at=noon(TODAY), submitted_by_id=w.pilot.account_id
        ),
        "Un renvoi porte son motif.",
    ),
    ("hours_workedmonth_once", lambda w: (worked(w), worked(w)), "déjà enregistré"),
    ("hours_workedmonth_hours", lambda w: worked(w, hours=Decimal("744.01")), "entre 0 et 744"),
    (
        "hours_workedmonth_placement_id_same_scope",
        lambda w: worked(w, employer_id=w.etti.organisation_id),
        "pas l'employeur",
    ),
    (
        "hours_workedmonth_placement_id_same_scope",
        lambda w: worked(w, owner_org_id=w.etti.organisation_id),
        "ni la structure qui suit la personne",
    ),
    ("hours_line_hours", lambda w: line(w, hours=Decimal(0)), "supérieures à zéro"),
    (
        "hours_line_within_worked",
        lambda w: line(w, hours=Decimal("120.01")),
        "dépassent les heures travaillées",
    ),
    (
        "hours_line_once",
        lambda w: (
            lambda s, t: (line(w, of=s, total=t, hours=Decimal(1)), line(w, of=s, total=t, hours=Decimal(2)))
        )(statement(w), worked(w)),
        "déjà une ligne",
    ),
    (
        "hours_line_correction_reason",
        lambda w: (lambda s, t: line(w, of=s, total=t, corrects=line(w, of=s, total=t), hours=Decimal(-1)))(
            statement(w), worked(w)
        ),
        "Une correction porte son motif.",
    ),
    (
        "hours_hoursline_statement_id_same_scope",
        lambda w: line(w, month=SEPT),
        "même marché, mois et déclarant",
    ),
    (
        "hours_hoursline_commitment_id_same_scope",
        lambda w: line(w, commitment_id=commitment(contract(w.pilot, w.buyer, "Autre"), w.firm).pk),
        "pas de ce marché",
    ),
    (
        "hours_justification_once",
        lambda w: [
            Justification.objects.create(
                statement=s, contract=w.contract, code="W104", text="vu", written_by_id=w.pilot.account_id
            )
            for s in [statement(w)] * 2
        ],
        "déjà justifié",
    ),
]


@pytest.mark.parametrize(("name", "write", "words"), BROKEN, ids=[name for name, _, _ in BROKEN])
def test_refused(w: World, name: str, write: Callable[[World], object], words: str) -> None:
    broken, sentence = refusal(lambda: write(w))
    assert broken == name
    assert words in sentence


@pytest.mark.parametrize("state", ["validated", "refused"])
def test_a_validated_or_refused_line_never_changes(w: World, state: str) -> None:
    with as_owner():
        held = line(w, state=state)
    broken, sentence = refusal(lambda: HoursLine.objects.filter(pk=held.pk).update(hours=Decimal(1)))
    assert broken == "hours_line_validated_stays"
    assert sentence == "Une ligne validée ne change plus : corrigez-la par une nouvelle ligne."


def test_the_total_cannot_go_under_its_lines(w: World) -> None:
    with as_owner():
        held = line(w)
    broken, _ = refusal(lambda: WorkedMonth.objects.filter(pk=held.worked_month_id).update(hours=Decimal(99)))
    assert broken == "hours_line_within_worked"


NOBODY = 10**9
PROVED: list[tuple[dict[str, Any], str]] = [
    ({"statement_id": NOBODY}, "hours_hoursline_statement_id_same_scope"),
    ({"declarant_id": NOBODY}, "hours_hoursline_statement_id_same_scope"),
    ({"worked_contract_id": NOBODY, "contract_id": NOBODY}, "hours_hoursline_(commitment|statement)_id_same_scope"),
    ({"commitment_id": NOBODY}, "hours_hoursline_commitment_id_same_scope"),
    ({"worked_month_id": NOBODY}, "hours_hoursline_worked_month_id_same_scope"),
    ({"placement_id": NOBODY}, "hours_hoursline_worked_month_id_same_scope"),
    ({"prior_id": NOBODY, "kind": "before"}, "hours_hoursline_prior_id_same_scope"),
    ({"reporting_org_id": NOBODY}, "hours_hoursline_reporting_org_is_there"),
]


@pytest.mark.parametrize(("values", "broken"), PROVED, ids=["-".join(values) for values, _ in PROVED])
def test_a_line_points_to_what_exists_by_the_keys_that_keep_it_in_its_scope(
    w: World, values: dict[str, Any], broken: str
) -> None:
    found, _ = refusal(lambda: line(w, **{"reporting_org_id": w.pilot.organisation_id} | values))
    assert re.fullmatch(broken, found)


def test_a_worked_month_points_to_what_exists_and_what_lines_point_to_stays(w: World) -> None:
    assert refusal(lambda: worked(w, placement_id=NOBODY))[0] == "hours_workedmonth_placement_id_same_scope"
    for column in ("employer_id", "owner_org_id"):
        assert refusal(partial(worked, w, **{column: NOBODY}))[0] == "hours_workedmonth_placement_id_same_scope"
    with as_owner(), transaction.atomic():
        line(w)
    for table in ("hours_statement", "sec.declarations"):  # an engagement takes its declarations with it, too
        broken, sentence = refusal(partial(_empty, table))
        assert (broken, sentence[:21]) == ("hours_line_declaration", "Des heures sont décla")
    assert refusal(lambda: _empty("hours_workedmonth"))[0] == "hours_hoursline_worked_month_id_same_scope"


MOVED: list[tuple[str, str]] = [
    ("statement_id", "hours_hoursline_statement_id_same_scope"),
    ("month", "hours_hoursline_statement_id_same_scope"),
    ("declarant_id", "hours_hoursline_statement_id_same_scope"),
    ("commitment_id", "hours_hoursline_commitment_id_same_scope"),
]


@pytest.mark.parametrize(("column", "broken"), MOVED, ids=[column for column, _ in MOVED])
def test_a_line_moved_still_points_to_what_exists(w: World, column: str, broken: str) -> None:
    with as_owner(), transaction.atomic():
        held = line(w)
    elsewhere = SEPT if column == "month" else NOBODY
    assert refusal(lambda: HoursLine.objects.filter(pk=held.pk).update(**{column: elsewhere}))[0] == broken


def test_a_line_whose_keys_nobody_proved_is_refused_by_its_own(w: World) -> None:
    with as_owner(), transaction.atomic():
        _ran("ALTER TABLE hours_hoursline DISABLE TRIGGER hours_line_declared")
        broken, _ = refusal(lambda: line(w))
        _ran("ALTER TABLE hours_hoursline ENABLE TRIGGER hours_line_declared")
    assert broken == "hours_line_declaration"


def test_a_statement_and_an_engagement_that_have_no_line_left_may_go(w: World) -> None:
    with as_owner(), transaction.atomic():
        held = line(w)
        line(w, of=Statement.objects.get(pk=held.statement_id), total=WorkedMonth.objects.get(pk=held.worked_month_id),
             kind="training", hours=Decimal(2))  # fmt: skip
    with as_owner():
        assert _ran("SELECT FROM sec.declarations") == 1  # for both lines
        _empty("hours_hoursline")
        _empty("hours_statement")
        _checked(lambda: None)
        assert _ran("SELECT FROM sec.declarations") == 0


def _ran(sql: str) -> int:
    """Rows read or written."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.rowcount)


def _empty(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")
