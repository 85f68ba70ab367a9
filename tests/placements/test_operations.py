"""Verbs about people at work: three bodies, dates, what the engagement admits, prolong, end."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from clausette.commitments.enums import EttAdmission
from clausette.journal.models import Event
from clausette.kernel.errors import Absent, Invalid, NotAllowed, Refusal, WrongState
from clausette.placements.enums import LinkKind, Modality, PlacementEnd, WorkContractKind
from clausette.placements.errors import AlreadyEmployed, DatesImpossible, NotAdmitted, SplitImpossible
from clausette.placements.models import Allocation, Placement
from clausette.placements.operations import Beside, allocate, end_placement, prolong
from clausette.procurement.models import ContractParty
from clausette.procurement.operations import share_contract
from clausette.procurement.queries import contracts_visible_to
from tests.hats import TODAY, acting, as_owner
from tests.placements.builders import ENDS, STARTS, lent, people, person, put_to_work, site
from tests.procurement.builders import organisation_uid

pytestmark = pytest.mark.django_db


def parties() -> set[tuple[str, str]]:
    with as_owner():
        return set(ContractParty.objects.order_by().values_list("organisation__name", "role"))


def test_a_direct_hiring_credits_the_engagement() -> None:
    cast = people()
    owed = site(cast)
    uid = put_to_work(cast, person(cast.pilot), owed)
    with acting(cast.pilot):
        row, part = Placement.objects.get(uid=uid), Allocation.objects.select_related("commitment").get()
    assert (row.employer_id, part.host_company_id) == (cast.firm.organisation_id, cast.firm.organisation_id)
    assert (part.commitment.uid, part.starts_on, part.ends_on, part.share) == (owed, STARTS, ENDS, Decimal(1))
    with as_owner():
        event = Event.objects.get(verb="placements.placement.created", subject_type="placements.placement")
    assert event.contract_id == part.contract_id
    assert event.after["job"] == "•"


def test_a_lender_and_its_host_are_admitted_to_the_contract_once() -> None:
    cast = people()
    owed = site(cast)
    put_to_work(cast, person(cast.pilot), owed, **lent(cast, host="other_firm"))
    put_to_work(cast, person(cast.pilot, "Paul"), owed, **lent(cast, host="other_firm"))
    assert parties() >= {
        ("Relais Intérim", "employer"),
        ("Toitures Morel", "subcontractor"),
        ("Bâti Ouche", "contractor"),
    }
    with acting(cast.etti) as actor:
        assert contracts_visible_to(actor).count() == 1
    with as_owner():
        assert ContractParty.objects.filter(role__in=["employer", "subcontractor"]).count() == 2


def test_the_titulaire_is_not_admitted_twice() -> None:
    cast = people()
    put_to_work(cast, person(cast.pilot), site(cast), starts_on=date(2026, 9, 1))
    assert parties() == {
        ("PLIE du Lys", "pilot"),
        ("Métropole du Lys", "buyer"),
        ("Bâti Ouche", "contractor"),
    }


@pytest.mark.parametrize(
    ("details", "told"),
    [
        ({"ends_on": None}, "Donnez la date de fin : seul un CDI peut ne pas en avoir."),
        ({"ends_on": STARTS - timedelta(days=1)}, "La fin précède le début."),
        (
            {"starts_on": date(2027, 7, 1), "ends_on": date(2027, 8, 1)},
            "L'engagement prend fin le 30\u00a0juin 2027.",
        ),
        ({"weekly_hours": Decimal(49)}, "Les heures par semaine sont comprises entre 0 et 48."),
        ({"employed_since": date(2025, 1, 6)}, "Déjà salarié de l'entreprise depuis le 6\u00a0janvier 2025"),
        (
            {"modality": Modality.GEIQ},
            "« Mise à disposition par un GEIQ » : l'entreprise utilisatrice n'est pas l'employeur.",
        ),
    ],
)
def test_what_cannot_stand_is_refused_whole(details: dict[str, Any], told: str) -> None:
    cast = people()
    owed = site(cast)
    uid = person(cast.pilot)
    with pytest.raises(Refusal) as caught:
        put_to_work(cast, uid, owed, **details)
    assert told in caught.value.message
    with acting(cast.pilot):
        assert not Placement.objects.exists()


def test_a_host_that_is_not_the_employer_is_refused_in_a_direct_hiring() -> None:
    cast = people()
    owed = site(cast)
    with pytest.raises(Invalid, match="la personne travaille chez son employeur"):
        put_to_work(cast, person(cast.pilot), owed, host_company_uid=cast.uid("other_firm"))


def test_someone_already_employed_is_accepted_with_a_reason() -> None:
    cast = people()
    owed, since = site(cast), date(2025, 1, 6)
    uid = person(cast.pilot)
    with pytest.raises(AlreadyEmployed):
        put_to_work(cast, uid, owed, employed_since=since)
    kept = put_to_work(
        cast, uid, owed, employed_since=since, already_employed_reason="Accord du maître d'ouvrage"
    )
    with acting(cast.pilot):
        assert Placement.objects.get(uid=kept).already_employed_reason == "Accord du maître d'ouvrage"


@pytest.mark.parametrize(
    ("ett", "approval", "field"),
    [(EttAdmission.NO, "Accord", "modality"), (EttAdmission.ON_APPROVAL, "", "ett_approval")],
)
def test_ordinary_temporary_work_follows_the_engagement(ett: EttAdmission, approval: str, field: str) -> None:
    cast = people()
    owed = site(cast, ett=ett)
    with pytest.raises(NotAdmitted) as caught:
        put_to_work(cast, person(cast.pilot), owed, ett_approval=approval, **lent(cast, "agency"))
    assert caught.value.field == field


def test_ordinary_temporary_work_on_approval_keeps_the_approval() -> None:
    cast = people()
    owed = site(cast)
    put_to_work(cast, person(cast.pilot), owed, ett_approval="Courriel du 2 octobre", **lent(cast, "agency"))
    with as_owner():
        reasons = Event.objects.filter(verb="placements.placement.created").values_list("reason", flat=True)
        assert set(reasons) == {"Courriel du 2 octobre"}


def test_a_modality_not_admitted_is_refused() -> None:
    cast = people()
    owed = site(cast, modalities=["etti", "geiq"])
    with pytest.raises(NotAdmitted, match="« Embauche directe » n'est pas une modalité admise"):
        put_to_work(cast, person(cast.pilot), owed)


@pytest.mark.parametrize("conditions", [{"modalities": ["geiq"]}, {"ett": EttAdmission.NO}])
def test_a_mise_a_disposition_follows_the_modalities_of_its_engagement(conditions: dict[str, Any]) -> None:
    cast = people()
    lending: dict[str, Any] = lent(cast, "agency") if "ett" in conditions else {}
    placed = put_to_work(cast, person(cast.pilot), site(cast), ett_approval="Courriel du 2 octobre", **lending)
    with acting(cast.pilot) as pilot, pytest.raises(NotAdmitted):
        allocate(
            actor=pilot, placement_uid=placed, commitment_uid=site(cast, "Halle", **conditions),
            host_company_uid=cast.uid("firm"), starts_on=STARTS, share=Decimal("0.5"), beside=Beside.SHARE, on=TODAY,
        )  # fmt: skip
    with as_owner():
        assert Allocation.objects.count() == 1


def test_strangers_see_nothing_and_firms_do_not_place() -> None:
    cast = people()
    owed = site(cast)
    with pytest.raises(Absent):
        put_to_work(cast, person(cast.stranger, "Luc"), owed, by=cast.stranger)
    uid = person(cast.pilot)
    with pytest.raises(Absent):
        put_to_work(cast, uid, owed, by=cast.firm)
    put_to_work(cast, uid, owed)
    with pytest.raises(NotAllowed, match="Seule une structure facilitatrice suit une personne"):
        put_to_work(cast, uid, owed, by=cast.firm, starts_on=STARTS + timedelta(days=9))


def test_a_structure_that_shares_the_contract_puts_its_own_people_to_work() -> None:
    cast = people()
    owed = site(cast)
    with acting(cast.pilot) as actor:
        where = contracts_visible_to(actor).get().uid
        share_contract(
            actor=actor, contract_uid=where, structure_uid=organisation_uid(cast.stranger), on=TODAY
        )
    mine = person(cast.stranger, "Luc")
    put_to_work(cast, mine, owed, by=cast.stranger)
    put_to_work(cast, person(cast.stranger, "Léo"), owed, by=cast.stranger, **lent(cast))
    assert ("Relais Intérim", "employer") in parties()


def test_a_second_contract_says_what_it_follows() -> None:
    cast = people()
    owed = site(cast)
    uid = person(cast.pilot)
    first = put_to_work(cast, uid, owed, ends_on=date(2026, 10, 30), **lent(cast))
    after: dict[str, Any] = {"starts_on": date(2026, 11, 2), "follows_uid": first}
    with pytest.raises(Invalid, match="Dites par quel lien"):
        put_to_work(cast, uid, owed, **after)
    with pytest.raises(Invalid, match="n'est pas celui de cette personne"):
        put_to_work(cast, person(cast.pilot, "Paul"), owed, link=LinkKind.FOLLOWS, **after)
    second = put_to_work(cast, uid, owed, link=LinkKind.HIRED_AFTER_MISSION, **after)
    with acting(cast.pilot):
        follows = Placement.objects.select_related("follows").get(uid=second).follows
        assert follows is not None
        assert follows.uid == first


def test_a_lent_person_goes_to_several_firms_within_their_contract() -> None:
    cast = people()
    first, second = site(cast), site(cast, "École Pasteur", who="other_firm")
    uid = put_to_work(cast, person(cast.pilot), first, **lent(cast))
    to: dict[str, Any] = {
        "placement_uid": uid,
        "commitment_uid": second,
        "host_company_uid": cast.uid("other_firm"),
        "on": TODAY,
    }
    with acting(cast.pilot) as actor:
        with pytest.raises(SplitImpossible, match="dépassent 100"):
            allocate(actor=actor, starts_on=date(2026, 12, 1), **to)
        with pytest.raises(Invalid, match="sort des dates du contrat de travail"):
            allocate(actor=actor, starts_on=date(2027, 4, 1), ends_on=date(2027, 4, 30), **to)
        allocate(actor=actor, starts_on=date(2026, 12, 1), beside=Beside.LEAVE, **to)
        ends = Allocation.objects.order_by("id").values_list("ends_on", flat=True)
        assert list(ends) == [date(2026, 11, 30), ENDS]


def test_a_person_placed_for_a_part_leaves_room_for_others() -> None:
    cast = people()
    first, second = site(cast), site(cast, "École Pasteur", who="other_firm")
    half = Decimal("0.5")
    uid = put_to_work(
        cast, person(cast.pilot), first, share=half, host_until=date(2026, 12, 31), **lent(cast)
    )
    with acting(cast.pilot) as actor:
        allocate(
            actor=actor,
            placement_uid=uid,
            commitment_uid=second,
            host_company_uid=cast.uid("other_firm"),
            starts_on=STARTS,
            share=half,
            on=TODAY,
        )
        parts = Allocation.objects.order_by("id").values_list("ends_on", "share")
        assert list(parts) == [(date(2026, 12, 31), half), (ENDS, half)]


def test_prolonging_moves_the_end_and_the_mise_a_disposition() -> None:
    cast = people()
    uid = put_to_work(cast, person(cast.pilot), site(cast))
    later = date(2027, 5, 31)
    with acting(cast.pilot) as actor:
        with pytest.raises(Invalid, match="La nouvelle fin suit celle du 31\u00a0mars 2027"):
            prolong(actor=actor, uid=uid, ends_on=ENDS, on=TODAY)
        prolong(actor=actor, uid=uid, ends_on=later, on=TODAY)
        assert Placement.objects.get().ends_on == Allocation.objects.get().ends_on == later


def test_a_contract_without_end_is_not_prolonged() -> None:
    cast = people()
    uid = put_to_work(cast, person(cast.pilot), site(cast), work_contract=WorkContractKind.CDI, ends_on=None)
    with acting(cast.pilot) as actor, pytest.raises(WrongState, match="il n'y a rien à prolonger"):
        prolong(actor=actor, uid=uid, ends_on=ENDS, on=TODAY)


def test_an_end_has_its_day_and_its_reason_and_closes() -> None:
    cast = people()
    uid = put_to_work(cast, person(cast.pilot), site(cast))
    broken = date(2026, 11, 13)
    with acting(cast.pilot) as actor:
        for day, error in (
            (TODAY + timedelta(days=1), Invalid),
            (STARTS - timedelta(days=1), DatesImpossible),
        ):
            with pytest.raises(error):
                end_placement(actor=actor, uid=uid, ended_on=day, reason=PlacementEnd.RESIGNATION, on=TODAY)
        with pytest.raises(Invalid, match="choisissez un autre motif"):
            end_placement(actor=actor, uid=uid, ended_on=broken, reason=PlacementEnd.TERM, on=TODAY)
        end_placement(actor=actor, uid=uid, ended_on=broken, reason=PlacementEnd.RESIGNATION, on=TODAY)
        row = Placement.objects.get()
        assert (row.ended_on, row.end_reason) == (broken, "resignation")
        with pytest.raises(WrongState, match="Ce contrat de travail a pris fin le 13\u00a0novembre 2026"):
            prolong(actor=actor, uid=uid, ends_on=date(2027, 5, 1), on=TODAY)
    with acting(cast.firm) as actor, pytest.raises(NotAllowed):
        end_placement(actor=actor, uid=uid, ended_on=broken, reason=PlacementEnd.OTHER, on=TODAY)


def test_the_same_employer_and_day_twice_is_refused_in_french() -> None:
    cast = people()
    owed = site(cast)
    uid = person(cast.pilot)
    put_to_work(cast, uid, owed)
    with pytest.raises(Refusal, match="a déjà un contrat de travail chez cet employeur à cette date"):
        put_to_work(cast, uid, owed)
