"""Recording an engagement, its versions, its settling: works, refused with its reason, journalled."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clausette.commitments.enums import CommitmentKind, PartStatus, Rounding, VersionReason
from clausette.commitments.errors import CalculationImpossible
from clausette.commitments.models import Commitment, CommitmentPart, CommitmentVersion
from clausette.commitments.operations import (
    PartEntry,
    Terms,
    add_version,
    close_commitment,
    create_commitment,
)
from clausette.commitments.queries import commitment_sheet
from clausette.journal.models import Event
from clausette.kernel.errors import Absent, Conflict, Invalid, NotAllowed, Refusal, WrongState
from tests.commitments.builders import MILLION, commitment
from tests.hats import TODAY, acting, as_owner
from tests.procurement.builders import Cast, cast, contract

pytestmark = pytest.mark.django_db

START, TERM = date(2026, 3, 1), date(2027, 6, 30)
FIRM = PartEntry("Tranche ferme", PartStatus.FIRM, START, date(2026, 12, 31), Decimal(260))
OPTION = PartEntry("Tranche optionnelle", PartStatus.CONDITIONAL, date(2027, 1, 1), date(2027, 3, 31), Decimal(100))


@pytest.fixture
def people() -> Cast:
    return cast()


def test_the_hours_of_the_formula_are_one_firm_part(people: Cast) -> None:
    uid = commitment(people, contract(people))
    with as_owner():
        part = CommitmentPart.objects.get()
        assert (part.label, part.status, part.hours) == ("Base", PartStatus.FIRM.value, Decimal(833))
        assert (part.starts_on, part.ends_on) == (START, TERM)
        version = CommitmentVersion.objects.get()
        assert (version.number, version.reason, version.effective_on) == (1, VersionReason.INITIAL, START)
        row = Commitment.objects.get(uid=uid)
        verbs = Event.objects.filter(verb="commitments.commitment.created", contract_id=row.contract_id)
        assert verbs.count() == 3  # the engagement, its version, its part


@pytest.mark.parametrize(
    ("rounding", "hours", "sentence"),
    [
        (Rounding.NEAREST, 833, "1 000 000 € × 50 % × 5 % ÷ 30 €/h = 833,33 → 833 h"),
        (Rounding.UP, 834, "1 000 000 € × 50 % × 5 % ÷ 30 €/h = 833,33 → 834 h"),
    ],
)
def test_833_by_the_nearest_and_834_up(people: Cast, rounding: Rounding, hours: int, sentence: str) -> None:
    terms = replace(MILLION, rounding=rounding)
    uid = commitment(people, contract(people), terms=terms)
    with acting(people.pilot) as actor:
        sheet = commitment_sheet(actor=actor, uid=uid, as_of=TODAY)
    assert (sheet.due, sheet.figures.firm_at_term) == (Decimal(hours), Decimal(hours))
    assert sheet.arithmetic.replace("\u202f", " ").replace("\u00a0", " ") == sentence
    assert (sheet.people_months, sheet.people) == (Decimal("5.5"), "≈ 1\u00a0personne pendant 5,5\u00a0mois")


def test_the_greater_of_minimum_and_offer_is_due(people: Cast) -> None:
    terms = Terms(minimum_hours=Decimal(300), offer_hours=Decimal(360))
    uid = commitment(people, contract(people), kind=CommitmentKind.FIXED, terms=terms, parts=(FIRM, OPTION))
    with acting(people.pilot) as actor:
        sheet = commitment_sheet(actor=actor, uid=uid, as_of=date(2026, 12, 31))
    assert sheet.due == 360
    assert (sheet.figures.firm_at_term, sheet.figures.possible) == (Decimal(260), Decimal(100))
    assert sheet.arithmetic == (
        "Minimum exigé : 300\u00a0h ; engagement de l'offre : 360\u00a0h. Le plus grand est dû."
    )


def test_a_followed_engagement_has_no_figure(people: Cast) -> None:
    uid = commitment(people, contract(people), kind=CommitmentKind.FOLLOWED, terms=Terms())
    with acting(people.pilot) as actor:
        sheet = commitment_sheet(actor=actor, uid=uid, as_of=TODAY)
    assert (sheet.due, sheet.figures.followed, sheet.parts, sheet.people) == (None, True, (), "")


def test_it_is_due_at_term_before_it_starts(people: Cast) -> None:
    uid = commitment(people, contract(people), starts_on=date(2026, 12, 1), ends_on=date(2027, 11, 30))
    with acting(people.pilot) as actor:
        figures = commitment_sheet(actor=actor, uid=uid, as_of=TODAY).figures
    assert (figures.to_date, figures.firm_at_term) == (Decimal(0), Decimal(833))


BAD: list[tuple[dict[str, Any], str, str]] = [
    ({"ends_on": date(2026, 2, 1)}, "ends_on", "Le terme de l'engagement précède son début."),
    ({"terms": Terms()}, "amount_ht", "Donnez le montant HT."),
    ({"kind": CommitmentKind.FIXED, "terms": Terms()}, "minimum_hours",
     "Donnez les heures dues : minimum exigé ou engagement de l'offre."),
    ({"kind": CommitmentKind.FIXED, "terms": Terms(minimum_hours=Decimal(0))}, "minimum_hours",
     "Les heures doivent être supérieures à zéro."),
    ({"kind": CommitmentKind.PER_AMOUNT, "terms": Terms()}, "euros_per_hour",
     "Donnez le montant qui fait une heure."),
    ({"kind": CommitmentKind.SHARE_OF_HOURS, "terms": Terms()}, "hours_share", "Donnez la part des heures."),
    ({"kind": CommitmentKind.VOLUNTARY, "terms": Terms(), "parts": (FIRM,)}, "parts",
     "Des heures volontaires n'ont pas d'échéancier."),
    ({"parts": (FIRM,)}, "parts", "Les parties font 260\u00a0h, l'engagement 833\u00a0h : accordez-les."),
    ({"kind": CommitmentKind.FOLLOWED, "parts": (FIRM,)}, "parts",
     "Un suivi sans objectif chiffré n'a pas d'échéancier."),
    ({"parts": (PartEntry("A", PartStatus.FIRM, START, date(2028, 1, 1), Decimal(833)),)}, "parts",
     "Partie « A » : une partie ferme reste entre le début et le terme de l'engagement."),
    ({"parts": (PartEntry("A", PartStatus.FIRM, TERM, START, Decimal(833)),)}, "parts",
     "Partie « A » : la fin précède le début."),
    ({"parts": (PartEntry("A", PartStatus.FIRM, START, TERM, Decimal(0)),)}, "parts",
     "Partie « A » : les heures doivent être supérieures à zéro."),
    ({"firm": "other_firm"}, "contractor", "Cette entreprise n'est pas titulaire de ce marché : attribuez-le d'abord."),
]  # fmt: skip


@pytest.mark.parametrize(("values", "field", "sentence"), BAD)
def test_what_does_not_hold_is_said(people: Cast, values: dict[str, Any], field: str, sentence: str) -> None:
    uid = contract(people)
    with pytest.raises(Invalid) as refused:
        commitment(people, uid, **values)
    assert refused.value.errors[field] == sentence
    with as_owner():
        assert Commitment.objects.count() == 0


def test_a_rate_above_one_is_absurd(people: Cast) -> None:
    terms = Terms(amount_ht=Decimal(1), labour_share=Decimal(2), rate=Decimal("0.05"), hourly_cost=Decimal(30))
    with pytest.raises(CalculationImpossible) as refused:
        commitment(people, contract(people), terms=terms)
    assert refused.value.field == "labour_share"


def test_the_same_firm_owes_once(people: Cast) -> None:
    uid = contract(people)
    commitment(people, uid)
    with pytest.raises(Invalid, match="a déjà un engagement d'insertion ici"):
        commitment(people, uid)


def test_only_the_structure_referente_records(people: Cast) -> None:
    uid = contract(people)
    given: dict[str, Any] = {
        "contract_uid": uid, "contractor_uid": people.uid("firm"), "kind": CommitmentKind.COMPUTED,
        "starts_on": START, "ends_on": TERM, "terms": MILLION, "on": TODAY,
    }  # fmt: skip
    with acting(people.firm) as actor, pytest.raises(NotAllowed, match="Seule une structure facilitatrice"):
        create_commitment(actor=actor, **given)
    with acting(people.stranger) as actor, pytest.raises(Absent):
        create_commitment(actor=actor, **given)


def _reduce(people: Cast, uid: object, **values: Any) -> None:
    given: dict[str, Any] = {
        "reason": VersionReason.REDUCTION, "effective_on": date(2026, 10, 1), "comment": "Avenant 2",
        "terms": Terms(minimum_hours=Decimal(500)), **values,
    }  # fmt: skip
    with acting(people.pilot) as actor:
        add_version(actor=actor, uid=uid, **given)  # type: ignore[arg-type]  # uid of builders


def test_a_figure_uses_the_version_of_its_day(people: Cast) -> None:
    uid = commitment(people, contract(people), kind=CommitmentKind.FIXED, terms=Terms(minimum_hours=Decimal(833)))
    _reduce(people, uid)
    with acting(people.pilot) as actor:
        before = commitment_sheet(actor=actor, uid=uid, as_of=date(2026, 9, 30))
        after = commitment_sheet(actor=actor, uid=uid, as_of=date(2026, 10, 1))
    assert (before.figures.firm_at_term, after.figures.firm_at_term) == (Decimal(833), Decimal(500))
    assert [(v.number, v.reason_label, v.hours) for v in after.versions] == [
        (2, "Réduction", Decimal(500)), (1, "Version initiale", Decimal(833)),
    ]  # fmt: skip
    with as_owner():
        assert Event.objects.filter(verb="commitments.version.added", reason="Avenant 2").exists()


def test_a_version_may_move_the_term(people: Cast) -> None:
    uid = commitment(people, contract(people), kind=CommitmentKind.FIXED, terms=Terms(minimum_hours=Decimal(833)))
    _reduce(people, uid, ends_on=date(2027, 12, 31))
    with as_owner():
        assert Commitment.objects.get(uid=uid).ends_on == date(2027, 12, 31)


def test_a_version_that_does_not_hold(people: Cast) -> None:
    uid = commitment(people, contract(people), kind=CommitmentKind.FIXED, terms=Terms(minimum_hours=Decimal(833)))
    with pytest.raises(Invalid, match="s'applique avant la précédente"):
        _reduce(people, uid, effective_on=date(2026, 1, 1))
    with pytest.raises(Invalid, match="Choisissez le motif"):
        _reduce(people, uid, reason=VersionReason.INITIAL)
    with pytest.raises(Invalid, match="précède son début"):
        _reduce(people, uid, ends_on=date(2026, 1, 1))


def test_two_people_writing_a_version(people: Cast) -> None:
    uid = commitment(people, contract(people), kind=CommitmentKind.FIXED, terms=Terms(minimum_hours=Decimal(833)))
    _reduce(people, uid, after=1)
    with pytest.raises(Conflict, match="Une autre version"):
        _reduce(people, uid, after=1)


def test_who_may_write_a_version(people: Cast) -> None:
    uid = commitment(people, contract(people))
    for who, error in (("firm", NotAllowed), ("buyer", NotAllowed), ("stranger", Absent), ("other_firm", Absent)):
        with acting(getattr(people, who)) as actor, pytest.raises(error):
            add_version(
                actor=actor, uid=uid, reason=VersionReason.AMENDMENT, effective_on=TODAY, terms=MILLION
            )


def test_a_settled_engagement_does_not_change(people: Cast) -> None:
    uid = commitment(people, contract(people))
    with acting(people.pilot) as actor:
        with pytest.raises(Refusal, match="ne se solde pas avant"):
            close_commitment(actor=actor, uid=uid, on=date(2026, 1, 1))
        close_commitment(actor=actor, uid=uid, on=TODAY, reason="Réception des travaux")
        with pytest.raises(WrongState, match="soldé"):
            close_commitment(actor=actor, uid=uid, on=TODAY)
        with pytest.raises(WrongState, match="soldé"):
            add_version(actor=actor, uid=uid, reason=VersionReason.AMENDMENT, effective_on=TODAY, terms=MILLION)
