"""A statement certified online, and taken back by its declarant until control."""

import pytest
from django.db import IntegrityError, transaction

from clausette.hours.models import HoursLine, Statement
from clausette.hours.operations import (
    Signer,
    return_statement,
    submit_statement,
    take_back,
    validate_statement,
)
from clausette.kernel.errors import Absent, Invalid, NotAllowed, WrongState
from clausette.kernel.integrity import sentence_of
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import OCT, World, world
from tests.world import demonstration

pytestmark = pytest.mark.django_db
INES = Signer("Inès Ferrand", "conductrice de travaux")


@pytest.fixture
def w() -> World:
    demonstration()
    return world()


def sent(w: World, signer: Signer | None = INES, **values: bool) -> Statement:
    entries = [] if values else [w.entry(w.lemaire, "121.5")]
    with acting(w.firm) as firm:
        ref = w.save(firm, OCT, *entries, source="portal", **values)
        submit_statement(actor=firm, uid=ref.uid, version=None, signer=signer, at=noon(TODAY), on=TODAY)
    return row()


def row() -> Statement:
    with as_owner():
        return Statement.objects.get()


def test_certified_with_name_quality_day_and_hours_then_frozen(w: World) -> None:
    done = sent(w)
    assert (done.certified_name, done.certified_as, done.certified_on) == (INES.name, INES.quality, TODAY)
    assert f"{done.certified_hours}" == "121.50"
    with pytest.raises(IntegrityError) as caught, as_owner(), transaction.atomic():
        Statement.objects.update(certified_name="Quelqu'un d'autre")
    assert sentence_of(caught.value).startswith("Ce qui a été certifié ne change plus")
    with acting(w.pilot) as pilot:
        return_statement(actor=pilot, uid=done.uid, version=None, reason="À revoir.", at=noon(TODAY))
    assert (row().certified_name, row().certified_on) == ("", None)


def test_half_a_certification_is_none(w: World) -> None:
    with pytest.raises(Invalid) as caught:
        sent(w, Signer("Inès Ferrand", ""))
    assert set(caught.value.errors) == {"certified_as"}
    sent(w, None)
    with pytest.raises(IntegrityError) as broken, as_owner(), transaction.atomic():
        Statement.objects.update(state="returned", return_reason="À revoir.", certified_name="Inès")
    assert "le nom, la qualité, la date" in sentence_of(broken.value)


def test_no_hour_is_undone_by_who_said_it_and_nobody_else(w: World) -> None:
    done = sent(w, None, is_nil=True)
    for other, refusal in ((w.pilot, NotAllowed), (w.etti, Absent), (w.stranger, Absent)):
        with acting(other) as actor, pytest.raises(refusal):
            take_back(actor=actor, uid=done.uid, version=None)
    with acting(w.firm) as firm:
        take_back(actor=firm, uid=done.uid, version=done.version)
        assert take_back(actor=firm, uid=done.uid, version=None).already
    assert (row().state, row().is_nil, row().submitted_at) == ("draft", False, None)


def test_taken_back_with_its_lines_until_it_is_validated(w: World) -> None:
    done = sent(w)
    with acting(w.firm) as firm:
        take_back(actor=firm, uid=done.uid, version=None)
        with as_owner():
            assert [line.state for line in HoursLine.objects.all()] == ["draft"]
        submit_statement(actor=firm, uid=done.uid, version=None, signer=INES, at=noon(TODAY), on=TODAY)
    with acting(w.pilot) as pilot:
        validate_statement(actor=pilot, uid=done.uid, version=None, at=noon(TODAY), on=TODAY)
    assert row().certified_name == INES.name
    with acting(w.firm) as firm, pytest.raises(WrongState):
        take_back(actor=firm, uid=done.uid, version=None)
