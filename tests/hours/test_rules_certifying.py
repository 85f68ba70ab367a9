"""What a certification says, and what it lacks."""

from datetime import date
from decimal import Decimal

from clausette.hours.rules.certifying import Certified, Signer, refusals_of_signer

INES = Signer("Inès Ferrand", "conductrice de travaux")


def test_a_signer_has_a_name_and_a_quality() -> None:
    assert refusals_of_signer(INES) == {}
    assert set(refusals_of_signer(Signer("", ""))) == {"certified_name", "certified_as"}
    assert set(refusals_of_signer(Signer("I" * 151, "gérante"))) == {"certified_name"}
    assert set(refusals_of_signer(Signer("Inès Ferrand", "g" * 101))) == {"certified_as"}


def test_hours_changed_since_are_said() -> None:
    done = Certified(INES, date(2026, 11, 3), Decimal("453.5"))
    same = done.sentence(Decimal("453.50"))
    assert same == "453,5\u00a0h certifiées le 3\u00a0novembre 2026 par Inès Ferrand, conductrice de travaux"
    assert done.sentence(Decimal(440)) == f"{same}. Le relevé compte depuis 440\u00a0h"
