"""Taking a workbook in: kept without any social security number, compared, its columns remembered."""

from datetime import date

import pytest

from clausette.files import storage
from clausette.files.errors import FileRefused
from clausette.imports.enums_takeover import LineFate, LineKind, TakeoverState
from clausette.imports.errors import AlreadyImported
from clausette.imports.models import ColumnMapping, TakeoverBatch, TakeoverLine
from clausette.imports.operations.takeover import (
    SheetAnswer,
    cancel_takeover,
    decide_person,
    map_columns,
    take_in_workbook,
)
from clausette.imports.queries.takeover import (
    codes_said,
    list_lines,
    returned_file,
    takeover_sheet,
    template_file,
    totals_of,
)
from clausette.imports.takeover.fields import SheetKind
from clausette.imports.takeover.reading import read_workbook
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, Invalid, NotAllowed
from clausette.participants.models import Participant
from clausette.participants.operations import create_participant
from clausette.procurement.models import Contract
from tests.hats import TODAY, acting, as_owner
from tests.imports.takeover.books import NIR, PERSON_HEAD, four, hours, xlsx
from tests.world import two_structures

pytestmark = pytest.mark.django_db
JAN = date(2026, 1, 1)


@pytest.fixture
def ana() -> Actor:
    return two_structures().first


def take(who: Actor, data: bytes, name: str = "suivi.xlsx", sender: str = "") -> object:
    with acting(who) as actor:
        return take_in_workbook(actor=actor, name=name, data=data, sender=sender, on=TODAY)


def test_a_workbook_is_read_and_nothing_is_written(ana: Actor) -> None:
    with acting(ana) as actor:
        uid = take_in_workbook(
            actor=actor, name="s.xlsx", data=four(hours=[hours(JAN, 98.5), hours(JAN, "x1")]), on=TODAY
        )
        sheet = takeover_sheet(actor=actor, uid=uid)
        totals = totals_of(actor=actor, batch_uid=uid)
        shown, count = list_lines(actor=actor, batch_uid=uid, fate="aside")
        said = codes_said(actor=actor, batch_uid=uid)
    assert (sheet.state, sheet.count(LineFate.NEW), sheet.aside, sheet.unreadable) == (
        TakeoverState.READ,
        4,
        1,
        1,
    )
    assert (count, shown[0].line, shown[0].findings[0].column) == (1, 3, "E")
    assert ("E201", 1) in said
    assert [(one.name, str(one.workbook)) for one in totals.contracts] == [("École des Tilleuls", "98.50")]
    with as_owner():
        assert not Contract.objects.exists()
        assert not Participant.objects.exists()


def test_a_number_of_social_security_is_nowhere(ana: Actor) -> None:
    data = xlsx({"Personnes": [(*PERSON_HEAD, "N° SS"), ("Lefranc", "Ines", date(1994, 5, 17), NIR)]})
    with acting(ana) as actor:
        uid = take_in_workbook(actor=actor, name="s.xlsx", data=data, on=TODAY)
        sheet = takeover_sheet(actor=actor, uid=uid)
    assert "jamais conservé" in sheet.notices[0]
    with as_owner():
        batch = TakeoverBatch.objects.select_related("file").get()
        kept = storage.read(batch.file.sha256)
        assert NIR not in str(TakeoverLine.objects.order_by("id").values_list("values", "findings"))
    copy = read_workbook(kept, kind="book")
    assert copy.sheets[0].lines[1].cells[:3] == ("Lefranc", "Ines", "1994-05-17")
    assert NIR not in str(copy)


def test_the_same_workbook_again_says_when_and_by_whom(ana: Actor) -> None:
    take(ana, four())
    with pytest.raises(AlreadyImported, match=r"déjà envoyé : le .* par Ana"):
        take(ana, four(), name="autre nom.xlsx")


def test_a_workbook_given_up_may_be_sent_again(ana: Actor) -> None:
    with acting(ana) as actor:
        uid = take_in_workbook(actor=actor, name="s.xlsx", data=four(), on=TODAY)
        cancel_takeover(actor=actor, batch_uid=uid)
        assert take_in_workbook(actor=actor, name="s.xlsx", data=four(), on=TODAY) != uid


def test_unsure_columns_are_asked_once_for_a_sender(ana: Actor) -> None:
    rows = [("Nom", "Prénom", "Machin", "Mois", "Heures"), ("Lefranc", "Ines", "M1", "03/2026", 12)]
    with acting(ana) as actor:
        uid = take_in_workbook(
            actor=actor, name="s.xlsx", data=xlsx({"X": rows}), sender="ETTI du Val", on=TODAY
        )
        assert takeover_sheet(actor=actor, uid=uid).state is TakeoverState.COLUMNS
        answer = SheetAnswer("X", SheetKind.HOURS, {0: "last_name", 1: "first_name", 3: "month", 4: "hours"})
        with pytest.raises(Invalid) as refusal:
            map_columns(actor=actor, batch_uid=uid, answers=[answer], on=TODAY)
        assert "Numéro du marché" in refusal.value.errors["X"]
        answer = SheetAnswer("X", SheetKind.HOURS, {**answer.columns, 2: "contract_number"})
        map_columns(actor=actor, batch_uid=uid, answers=[answer], on=TODAY)
        assert takeover_sheet(actor=actor, uid=uid).state is TakeoverState.READ
        again = take_in_workbook(
            actor=actor,
            name="s2.xlsx",
            data=xlsx({"Autre": [*rows, rows[1]]}),
            sender="ETTI du Val",
            on=TODAY,
        )
        assert takeover_sheet(actor=actor, uid=again).state is TakeoverState.READ
    with as_owner():
        assert ColumnMapping.objects.get().columns["2"] == "contract_number"


def test_a_person_of_the_same_name_is_decided(ana: Actor) -> None:
    with acting(ana) as actor:
        create_participant(
            actor=actor, first_name="Ines", last_name="Lefranc", birth_date=date(1980, 1, 1), on=TODAY
        )
        uid = take_in_workbook(actor=actor, name="s.xlsx", data=four(), on=TODAY)
        (line,), _ = list_lines(actor=actor, batch_uid=uid, fate="ask")
        with pytest.raises(Invalid):
            decide_person(actor=actor, batch_uid=uid, line_uid=line.uid, answer="peut-être", on=TODAY)
        decide_person(actor=actor, batch_uid=uid, line_uid=line.uid, answer="new", on=TODAY)
        sheet = takeover_sheet(actor=actor, uid=uid)
    assert (sheet.count(LineFate.ASK), sheet.count(LineFate.NEW, LineKind.PERSON)) == (0, 1)


def test_the_lines_come_back_with_what_is_said(ana: Actor) -> None:
    with acting(ana) as actor:
        uid = take_in_workbook(
            actor=actor, name="suivi.xlsx", data=four(hours=[hours(JAN, "=1+1"), hours(JAN, "x1")]), on=TODAY
        )
        given = returned_file(actor=actor, batch_uid=uid, only_said=True)
    found = read_workbook(given.data, kind="book")
    assert given.name == "suivi - à corriger.xlsx"
    last = found.sheets[3].lines[-1].cells
    assert (last[:2], last[4]) == (("Lefranc", "Ines"), "x1")
    assert last[5].startswith("Colonne E : « x1 » n'est pas un nombre d'heures")
    assert last[5].endswith("(E201)")


def test_the_template_is_taken_as_it_is(ana: Actor) -> None:
    with acting(ana) as actor:
        data = template_file(actor=actor, on=TODAY).data
        uid = take_in_workbook(actor=actor, name="modele.xlsx", data=data, on=TODAY)
        sheet = takeover_sheet(actor=actor, uid=uid)
    assert (sheet.state, sheet.lines) == (TakeoverState.READ, 0)


def test_another_structure_sees_nothing(ana: Actor) -> None:
    uid = take(ana, four())
    other = two_structures_second()
    with acting(other) as actor, pytest.raises(Absent):
        takeover_sheet(actor=actor, uid=uid)  # type: ignore[arg-type]  # the fixture gives a uid


def two_structures_second() -> Actor:
    from tests.world import body, member

    return member(body("Pays de Nordre Insertion", "facilitator"), "cle@nordre.example")


def test_only_a_facilitator_takes_over() -> None:
    from tests.world import body, member

    firm = member(body("Bâti Ouche", "contractor"), "bao@bati.example")
    with pytest.raises(NotAllowed):
        take(firm, four())


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.pdf", b"%PDF-1.7 %%EOF", "un PDF"), ("a.xlsx", b"", "vide"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ancien"),
        ("a.xlsx", b"PK\x03\x04 bidon", "abîmé"), ("a.csv", b"{}", "JSON"), ("a.html", b"<html></html>", "page web"),
        ("a.xlsx", four()[:900], "abîmé"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_refused(ana: Actor, name: str, data: bytes, sentence: str) -> None:
    with pytest.raises(FileRefused, match=sentence):
        take(ana, data, name=name)
    with as_owner():
        assert not TakeoverBatch.objects.exists()
