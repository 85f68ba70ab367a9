"""Who may do what, with the reason that is shown."""

from uuid import uuid4

import pytest

from clausette.hours.enums import PieceLeft
from clausette.hours.permissions import (
    ContractPart,
    can_amend_handed,
    can_leave_piece,
    can_read_names,
    can_type,
    can_validate,
    can_validate_input,
)
from clausette.kernel.actor import Actor


def actor(*capabilities: str, organisation: int = 7) -> Actor:
    return Actor(1, "Zoe", organisation, "Bâti Ouche", "bati-ouche", frozenset(capabilities), is_admin=False)


def part(*, piloted: bool = False, declares: bool = False, bought: bool = False) -> ContractPart:
    return ContractPart(1, uuid4(), "Gymnase", piloted, declares, bought)


@pytest.mark.parametrize(
    ("held", "declarant", "reason"),
    [
        (part(piloted=True), 9, ""),
        (part(declares=True), 7, ""),
        (part(declares=True), 9, "Ce relevé est celui d'un autre organisme."),
        (
            part(bought=True),
            7,
            "Seules la structure en charge du marché et les entreprises déclarantes saisissent les heures.",
        ),
    ],
)
def test_typing(held: ContractPart, declarant: int, reason: str) -> None:
    assert can_type(actor("contractor"), held, declarant).reason == reason


def test_a_piece_is_seen_by_those_in_charge_and_withheld_by_who_declares() -> None:
    firm, told = part(declares=True), "Seule la structure en charge du marché peut dire qu'elle a vu la pièce."
    assert can_leave_piece(actor("facilitator"), part(piloted=True), 9, PieceLeft.SEEN).ok
    assert can_leave_piece(actor("contractor"), firm, 7, PieceLeft.SEEN).reason == told
    assert can_leave_piece(actor("contractor"), firm, 7, PieceLeft.WITHHELD).ok
    assert not can_leave_piece(actor("contractor"), firm, 9, PieceLeft.WITHHELD).ok


@pytest.mark.parametrize("decide", [can_validate, can_amend_handed])
def test_only_the_structures_in_charge_validate_and_amend(decide: object) -> None:
    assert callable(decide)
    assert decide(part(piloted=True)).ok
    assert not decide(part(declares=True, bought=True)).ok
    assert decide(part(declares=True)).reason


def test_a_structure_associee_never_validates_its_own_input() -> None:
    own = ContractPart(1, uuid4(), "Gymnase", piloted=True, declares=False, bought=False, shared=True)
    told = "Vous avez transmis ce relevé : la structure référente, ou un collègue, le valide à votre place."
    assert can_validate_input(actor("facilitator"), own, 1).reason == told
    assert can_validate_input(actor("facilitator"), own, 2).ok
    assert can_validate_input(actor("facilitator"), part(piloted=True), 1).ok
    assert not can_validate_input(actor("contractor"), part(declares=True), 2).ok


def test_buyers_know_no_name() -> None:
    assert can_read_names(actor("facilitator")).ok
    assert can_read_names(actor("employer")).ok
    assert can_read_names(actor("buyer")).reason == (
        "Les noms des personnes ne sont pas communiqués aux maîtres d'ouvrage."
    )
