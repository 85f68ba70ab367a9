"""A list of persons alone: read, completed, told apart, written once, undone."""

from datetime import date

import pytest

from clausette.access.enums import Capability
from clausette.access.operations import register_organisation
from clausette.imports.enums_takeover import LineFate, TakeoverState
from clausette.imports.operations.takeover import decide_person, take_in_workbook, take_over, undo_takeover
from clausette.imports.queries.takeover import list_lines, takeover_sheet
from clausette.kernel.actor import Actor
from clausette.participants.enums import PairState
from clausette.participants.models import DecisionFacts, Home, Participant, PersonContact, Resemblance
from clausette.participants.operations import create_participant
from clausette.participants.queries import list_participants
from tests.hats import TODAY, acting, as_owner, noon
from tests.imports.takeover.books import NIR, xlsx
from tests.world import two_structures

pytestmark = pytest.mark.django_db
HEAD = ("NOM", "Prénom", "Né(e) le", "Tél", "Courriel", "CP", "Ville", "QPV", "Niveau", "Prescripteur")
INES = ("Lefranc", "Ines", "17/05/1994", 612345678, "ines@exemple.fr", "59000", "Lille", "oui", "CAP", "")


@pytest.fixture
def ana() -> Actor:
    return two_structures().first


def book(*rows: tuple[object, ...], head: tuple[object, ...] = HEAD) -> bytes:
    return xlsx({"Feuil1": (("Liste des candidats",), head, *rows, ("Total", len(rows)))})


def test_a_list_of_persons_is_read_completed_and_never_written_twice(ana: Actor) -> None:
    with acting(ana):
        create_participant(actor=ana, first_name="Ines", last_name="Lefranc", birth_date=date(1994, 5, 17), on=TODAY)
        new = ("Roy", "Ali", date(1999, 2, 1), "07 11 22 33 44", "", "", "Lille", "non", "", "Personne de connu")
        uid = take_in_workbook(actor=ana, name="a.xlsx", data=book(INES, new), on=TODAY)
        sheet = takeover_sheet(actor=ana, uid=uid)
        assert sheet.state is TakeoverState.READ
        rows, _ = list_lines(actor=ana, batch_uid=uid)
        assert [(row.title, row.fate) for row in rows] == [
            ("Ines Lefranc", LineFate.NEW), ("Ali Roy", LineFate.NEW),
        ]  # fmt: skip
        assert {one.code for row in rows for one in row.findings} == {"I201", "W213", "W214"}
        take_over(actor=ana, batch_uid=uid, at=noon(TODAY), on=TODAY)
        again = take_in_workbook(actor=ana, name="b.xlsx", data=book(INES, new, ("", "", "")), on=TODAY)
        assert takeover_sheet(actor=ana, uid=again).count(LineFate.NEW) == 0
    with as_owner():
        assert Participant.objects.count() == 2
        reach = PersonContact.objects.get(participant__last_name="Lefranc")
        assert (reach.phone, reach.email) == ("0612345678", "ines@exemple.fr")
        homes = Home.objects.order_by("participant__last_name").values_list("in_district", "means")
        assert list(homes) == [(True, "typed"), (False, "typed")]


def test_the_prescriber_of_a_line_is_found_by_their_name(ana: Actor) -> None:
    with acting(ana):
        register_organisation(
            actor=ana, name="Mission locale du Lys", commune_name="Lille", capabilities={Capability.PRESCRIBER}
        )
        row = ("Roy", "Ali", date(1999, 2, 1), "mission locale du lys", "12/01/2026")
        head = ("Nom", "Prénom", "Date de naissance", "Prescripteur", "Orienté le")
        uid = take_in_workbook(actor=ana, name="a.xlsx", data=book(row, head=head), on=TODAY)
        take_over(actor=ana, batch_uid=uid, at=noon(TODAY), on=TODAY)
        person = list_participants(actor=ana, words="roy", on=TODAY).rows[0]
    assert (person.referred_by_name, person.referred_on) == ("Mission locale du Lys", date(2026, 1, 12))


def test_what_a_list_wrote_can_be_undone(ana: Actor) -> None:
    with acting(ana):
        uid = take_in_workbook(actor=ana, name="a.xlsx", data=book(INES), on=TODAY)
        take_over(actor=ana, batch_uid=uid, at=noon(TODAY), on=TODAY)
        undo_takeover(actor=ana, batch_uid=uid, at=noon(TODAY))
    with as_owner():
        assert not Participant.objects.exists()
        assert not Home.objects.exists()


def test_not_the_same_person_is_remembered(ana: Actor) -> None:
    with acting(ana):
        create_participant(actor=ana, first_name="Inès", last_name="Lefrant", birth_date=date(1994, 5, 17), on=TODAY)
        uid = take_in_workbook(actor=ana, name="a.xlsx", data=book(INES), on=TODAY)
        rows, _ = list_lines(actor=ana, batch_uid=uid)
        assert [row.fate for row in rows] == [LineFate.ASK]
        decide_person(actor=ana, batch_uid=uid, line_uid=rows[0].uid, answer="new", on=TODAY)
        take_over(actor=ana, batch_uid=uid, at=noon(TODAY), on=TODAY)
    with as_owner():
        assert list(Resemblance.objects.values_list("state", flat=True)) == [PairState.DIFFERENT]


def test_the_nomenclature_of_numbers_is_asked_and_roman_ones_tell(ana: Actor) -> None:
    with acting(ana):
        head = ("Nom", "Prénom", "Date de naissance", "Niveau", "Public retenu", "Validé le")
        row = ("Roy", "Ali", "01/02/1999", "5", "RSA", "05/01/2026")
        asked = take_in_workbook(actor=ana, name="a.xlsx", data=book(row, head=head), on=TODAY)
        assert takeover_sheet(actor=ana, uid=asked).state is TakeoverState.COLUMNS
        row = ("Roy", "Ali", "01/02/1999", "V", "RSA", "05/01/2026")
        uid = take_in_workbook(actor=ana, name="b.xlsx", data=book(row, head=head), on=TODAY)
        take_over(actor=ana, batch_uid=uid, at=noon(TODAY), on=TODAY)
    with as_owner():
        assert DecisionFacts.objects.get().level == "51"


def test_each_wrong_cell_is_told_with_its_column(ana: Actor) -> None:
    wrong = ("Roy", "Ali", "31/02/1999", "06 12", "ali@", "59", "Lille", "QP12", "bla", NIR)
    with acting(ana):
        uid = take_in_workbook(actor=ana, name="a.xlsx", data=book(INES, INES, INES, wrong), on=TODAY)
        rows, _ = list_lines(actor=ana, batch_uid=uid)
    said = {(one.column, one.code) for one in rows[-1].findings}
    assert said == {(column, "E201") for column in "CDEFHI"} | {("J", "E203")}
