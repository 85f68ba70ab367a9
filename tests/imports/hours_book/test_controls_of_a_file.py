"""Every control through a file: at its edge silent, one step beyond found. All stories stand in one workbook."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

import pytest

from clausette.hours.rules.controls import CONTROLS, ControlParams, Finding, run
from clausette.imports.hours_book import cells
from clausette.imports.hours_book.around import around_of
from clausette.imports.hours_book.checking import Checked
from clausette.imports.hours_book.controlled import Controlled
from clausette.imports.hours_book.facts import facts_of
from clausette.imports.hours_book.lines import lines_of
from clausette.imports.hours_book.remarks import Remarks
from clausette.imports.hours_book.tables import tables_of
from tests.imports.hours_book.stories import ON, OUTSIDE, Story, book_of, checked_of, written

SEPTEMBER, NOVEMBER = "2026-09", "2026-11"
ETT = {"Modalité": "Intérim classique", "Nature du contrat": "Mission d'intérim",
       "Nature de l'employeur": "entreprise de travail temporaire"}  # fmt: skip
TWO: list[dict[str, str]] = [{}, {}]
LONG = {"Début": "2025-06-01", "Embauché le": "2026-03-02"}


def owed(**said: object) -> Story:
    return Story(owed={label.replace("_", " "): value for label, value in said.items()})


def line(**said: object) -> Story:
    return Story(lines=[{label.replace("_", " "): value for label, value in said.items()}])


def jump(last: float) -> Story:
    return Story(lines=[{"Mois": "2026-08"}, {"Mois": SEPTEMBER}, {"Heures": last}])


BEFORE = {"Nature": "Formation avant l'embauche", "Formation du": "2026-01-05", "Formation au": "2026-02-13"}


def trained(*lines: dict[str, object], rules: Sequence[dict[str, object]] = ({},), **said: Any) -> Story:
    """Trainings before a hiring on 2 March, declared in February unless told; a rule that admits them unless told."""
    matter = {"Règle": "Formation avant l'embauche"}
    return Story(lines=[{"Mois": "2026-02"} | BEFORE | one for one in lines],
                 rules=[matter | one for one in rules], **said)  # fmt: skip


def lent(*lines: dict[str, object], rules: Sequence[dict[str, object]] = ({},), **said: Any) -> Story:
    """Hours sub-contracted to an EI; a rule that admits them unless told."""
    matter = {"Règle": "Sous-traitance à une structure d'insertion"}
    return Story(work=[LENT], lines=lines or [{}], rules=[matter | one for one in rules], **said)


LENT = {"Modalité": "Sous-traitance ou cotraitance avec une EI", "Nature de l'employeur": "entreprise d'insertion"}
CASES: dict[str, tuple[Story, ...]] = {
    "E001": (line(Heures=220), line(Heures="220,01")),
    "E002": (Story(work=[{"Fin": "2026-10-01"}]), Story(work=[{"Fin": "2026-09-30"}])),
    "E003": (owed(Au="2026-10-01"), owed(Au="2026-09-30")),
    "E004": (Story(person={"Heures comptées jusqu'au": "2026-10-01"}),
             Story(person={"Heures comptées jusqu'au": "30/09/2026"})),
    "E005": (line(Mois=NOVEMBER), line(Mois="12/2026")),
    "E006": (Story(person={"Éligible au": "2026-03-02"}), Story(person={"Éligible au": "2026-03-01"})),
    "E007": (Story(owed={"CDI comptés (mois)": 7}, work=[{"Nature du contrat": "CDI"}]),
             Story(owed={"CDI comptés (mois)": 6}, work=[{"Nature du contrat": "CDI"}])),
    "E008": tuple(Story(owed={"Alternance": said}, work=[{"Nature du contrat": "Contrat d'apprentissage"}],
                        lines=[{"Nature": "Formation"}])
                  for said in ("Toutes, formation comprise", "En entreprise seulement")),
    "E009": (owed(Suspendu_du="2026-10-02"), Story(pauses=[{"Du": "2026-10-01", "Au": "2026-10-31"}])),
    "E010": (owed(Résilié_le="2026-10-01"), owed(Résilié_le="2026-09-30")),
    "E011": (owed(Transféré_le="2026-10-01"), owed(Transféré_le="2026-09-30")),
    "E012": tuple(Story(parts=[{"Du": "2026-01-01", "Au": end, "Affermie": "oui"}, {"Du": "2026-10-01"}])
                  for end in ("2026-10-01", "2026-09-30")),
    "E013": (owed(Modalités_admises="Mise à disposition par un GEIQ ; Embauche directe"),
             owed(Modalités_admises="Mise à disposition par un GEIQ")),
    "E014": (owed(Publics_admis="DELD ; RSA"), owed(Publics_admis="DELD")),
    "E015": (owed(Soldé_le="2026-10-01"), owed(Soldé_le="2026-09-30")),
    "E016": (Story(work=[ETT], owed={"Intérim classique": "Admis sur accord"}),
             Story(work=[ETT], owed={"Intérim classique": "Non admis"})),
    "E017": (line(Total_du_mois=100), Story(lines=[{"Total du mois": "119,99"}], known=[{"Heures": 20}])),
    "E018": (Story(locked=["2026-10"], known=[{}], lines=[{"Corrige": "known", "Heures": 5}]),
             Story(locked=["10/2026"])),
    "E019": (line(Nature="Formation"), line(Nature="Tutorat")),
    "E020": (line(Heures=744), line(Heures="12,345")),
    "E021": (Story(lines=[{"Heures": 50}, {"Heures": 50, "Nature": "Formation"}]),
             Story(lines=[{"Heures": 50}, {"Heures": 51}])),
    "E022": (Story(person={"Éligible du": "2026-03-02"}), Story(person={"Éligible du": "2026-03-03"})),
    "E023": (trained({}, rules=[{"À partir du": "2026-02-28"},
                                {"À partir du": "2026-03-01", "Ces heures comptent": "non"}]),
             trained({}, rules=[{"À partir du": "2026-03-01"}])),
    "E024": tuple(trained({}, rules=[{"Jours jusqu'à l'embauche": days}]) for days in (17, 16)),
    "E025": tuple(trained({"Mois": "2026-01", "Heures": 60}, {"Heures": last}, known=[{"Mois": "2026-02"}],
                          owed={"Heures dues": 500}, rules=[{"Part des heures dues au plus": "20 %"}])
                  for last in (40, "40,01")),
    "E026": (lent(rules=[{"À partir du": "2026-11-01", "Ces heures comptent": "non"}]),
             lent(rules=[{"Ces heures comptent": "non"}])),
    "E027": tuple(lent({"Heures": last}, rules=[{"Heures au plus, en tout": 120}],
                       known=[{"Mois": SEPTEMBER, "Heures": 20}, {"Mois": SEPTEMBER, "Heures": 9, "Nature": "Congés"}])
                  for last in (100, 100.01)),
    "W101": (line(Heures="170,5"), line(Heures="170,51")),
    "W102": (Story(lines=[{"Heures": 151.67, "Mois": SEPTEMBER}, {"Heures": 151.66}]),
             Story(lines=[{"Heures": 151.67, "Mois": SEPTEMBER}, {"Heures": "151,67"}])),
    "W103": (Story(known=[{"Déclarant": "Autre", "Mois": SEPTEMBER}]), Story(known=[{"Déclarant": "Autre"}])),
    "W104": (line(Pièce="a"), line(Pièce="")),
    "W105": tuple(Story(owed={"Formation au plus": 120, "Formation déjà connue": 20},
                        lines=[{"Nature": "Formation", "Heures": 50}],
                        known=[{"Nature": "Formation", "Heures": one, "Mois": SEPTEMBER}]) for one in (50, 50.01)),
    "W106": (owed(Notifié_le="2026-03-02"), owed(Notifié_le="2026-03-03")),
    "W107": (Story(work=[{"Nature du contrat": "CDDI", "Nature de l'employeur": "entreprise d'insertion"}]),
             Story(work=[{"Nature du contrat": "CDDI"}])),
    "W108": (Story(work=[{"Modalité": "Mise à disposition par un GEIQ", "Nature de l'employeur": "GEIQ"}]),
             Story(work=[{"Modalité": "Mise à disposition par un GEIQ"}])),
    "W109": tuple(Story(work=TWO, lines=[{}, {"Heures": one, "work": 1}]) for one in (70.5, 70.51)),
    "W110": (line(Heures=212.57), line(Heures=212.58)),
    "W111": (jump(150), jump(150.01)),
    "W112": (Story(lines=[{"Pièce": "même 1"}, {"Pièce": "même 1", "Mois": NOVEMBER, "Pièce remise le": "2026-12-01"}]),
             Story(lines=[{"Pièce": "même 2"}, {"Pièce": "même 2", "Mois": SEPTEMBER}])),
    "W113": (line(Pièce_remise_le="2026-10-31"), line(Pièce_remise_le="2026-10-30")),
    "W114": (Story(work=[{"Emploi": "Équipier de chantier"}]), Story(work=[{"Emploi": "Chef d'équipe"}])),
    "W115": tuple(Story(person={"Naissance": born}, lines=[{"Heures": 160}]) for born in ("2008-10-31", "2008-11-01")),
    "W116": (Story(work=[ETT]), Story(work=[ETT], owed={"Intérim classique": "Admis sur accord"})),
    "W117": tuple(trained({"Mois": "2026-01", "Heures": 200}, {"Heures": last}) for last in (200, 200.01)),
    "W118": (trained({"Formation au": "2026-01-31"}), trained({"Formation au": "2026-01-30"})),
    "I301": (Story(person={"Heures comptées jusqu'au": "2026-12-31"}),
             Story(person={"Heures comptées jusqu'au": "2026-12-30"})),
    "I302": (Story(owed={"Heures dues": 200, "Heures comptées": 100}),
             Story(owed={"Heures dues": 200, "Heures comptées": 90}, known=[{"Mois": SEPTEMBER, "Heures": 10.01}])),
    "I303": (Story(person={"Première heure": "2026-09-30"}), Story(person={"Première heure": "2026-10-01"})),
    "I304": (Story(work=[{"Fin": "2026-11-01"}]), Story(work=[{"Fin": "2026-10-31"}])),
    "I305": (line(Mois="2026-08"), line(Mois="2026-07")),
    "I306": (Story(work=[LONG], lines=[{"Mois": "2026-01"}]), Story(work=[LONG], lines=[{"Mois": "2025-12"}])),
    "I307": tuple(Story(work=[LENT | {"Convention ou agrément": said}]) for said in ("oui", "non")),
}  # fmt: skip
"""Each code: silent, heard. The findings of a story are asked of its lines alone."""


@pytest.fixture(scope="module")
def checked() -> Checked:
    named = {f"{code} {rank}": case for code, pair in CASES.items() for rank, case in enumerate(pair)}
    return checked_of(written({"sans faute": USUAL} | named))


USUAL = Story()


def codes(checked: Checked, story: Story) -> list[set[str]]:
    return [{finding.code for finding in checked.findings.get(place, ())} for place in story.places]


def test_every_control_has_its_case_and_the_usual_line_is_silent(checked: Checked) -> None:
    assert list(CASES) == [control.code for control in CONTROLS]
    assert (checked.refusal, checked.remarks) == ("", [])
    assert codes(checked, USUAL) == [set()]


@pytest.mark.parametrize("code", CASES)
def test_silent_at_the_edge_found_one_step_beyond(code: str, checked: Checked) -> None:
    silent, heard = CASES[code]
    assert not any(code in found for found in codes(checked, silent))
    assert any(code in found for found in codes(checked, heard))


def test_a_group_tells_each_of_its_lines_and_never_those_already_known(checked: Checked) -> None:
    assert [("E021" in found) for found in codes(checked, CASES["E021"][1])] == [True, True]
    known = CASES["W103"][1]
    assert [("W103" in found) for found in codes(checked, known)] == [True]
    assert len(known.places) == len(known.lines) == 1
    (finding,) = (one for one in checked.findings[CASES["W112"][1].places[0]] if one.code == "W112")
    assert finding.sentence == "La même pièce justifie déjà le relevé de septembre 2026."


def test_slice_by_slice_says_of_each_line_what_one_run_says_in_the_same_order() -> None:
    several = {f"{code} {rank}": case for code, pair in deepcopy(CASES).items() for rank, case in enumerate(pair)}
    mixed = Story(owed={"Au": "2026-08-31"}, lines=[{"Heures": 230, "Pièce": ""}])
    book = book_of(written({"mixed": mixed} | several))
    tables = tables_of(book, lambda _: cells.columns_for(OUTSIDE.publics), Remarks())
    around = around_of(tables, Remarks())
    facts = facts_of(lines_of(tables, around, Remarks()).kept, around)
    params = ControlParams.of(ON, OUTSIDE.values_on(ON))
    at_once: dict[int, list[Finding]] = {}
    for finding in run(facts, params):
        for key in finding.keys:
            at_once.setdefault(key + 2, []).append(finding)
    controlled = Controlled(facts, [line.key + 2 for line in facts], params, at_once=7)
    walked = [one for part in controlled.walk() for one in part]
    assert walked == sorted(at_once.items())
    assert [one.code for one in walked[0][1]][:5] == ["E001", "E003", "W101", "W104", "W110"]
    assert controlled.seen.counts.total() == sum(map(len, at_once.values()))
    stopped = {place: [one for one in found if one.code[0] != "I"] for place, found in walked}
    assert dict(controlled.to_correct()) == {place: found for place, found in stopped.items() if found}


def test_a_control_switched_off_by_the_engagement_is_silent() -> None:
    story = Story(owed={"Contrôles éteints": "W104 ; E001"}, lines=[{"Pièce": "", "Heures": 230}])
    found = checked_of(written({"a": story}))
    assert "W104" not in codes(found, story)[0]
    assert "E001" in codes(found, story)[0], "what protects an integrity is never off"


def test_a_control_is_switched_off_and_on_again_from_a_month_on() -> None:
    off: dict[str, object] = {"Règle": "Contrôle des heures", "Contrôle": "W104", "Ces heures comptent": "non"}
    on = off | {"Ces heures comptent": "oui", "À partir du": "2026-10-15"}
    lines = [{"Pièce": "", "Mois": month} for month in ("2026-08", "2026-09", "2026-10")]
    story = Story(rules=[off | {"À partir du": "2026-09-20"}, on], lines=lines)
    told = codes(checked_of(written({"a": story})), story)
    assert ["W104" in found for found in told] == [True, False, True]
    always = Story(owed={"Contrôles éteints": "W104"}, rules=[on], lines=lines)
    told = codes(checked_of(written({"a": always})), always)
    assert ["W104" in found for found in told] == [False, False, True]


THREE = ("2026-08", "2026-09", "2026-10")
SCHOOL = {"Nature": "Formation"}
STUDY: dict[str, object] = {"Règle": "Heures de formation en alternance", "À partir du": "2026-09-10"}
CDI: dict[str, object] = {"Règle": "Mois comptés d'un CDI", "À partir du": "2026-09-20"}
CAP: dict[str, object] = {"Règle": "Heures de formation, en tout", "À partir du": "2026-09-01"}
SHARE = "Part des heures dues au plus"


@pytest.mark.parametrize(
    ("code", "story", "told"),
    [
        ("E007", Story(owed={"CDI comptés (mois)": 3}, rules=[CDI | {"Mois comptés": 7}]), (True, False, False)),
        ("E007", Story(rules=[CDI | {"Mois comptés": 6}]), (False, False, True)),
        ("E007", Story(owed={"CDI comptés (mois)": 3}, rules=[CDI]), (True, False, False)),
        ("E008", Story(rules=[STUDY | {"Ces heures comptent": "non"}]), (False, True, True)),
        ("E008", Story(owed={"Alternance": "En entreprise seulement"}, rules=[STUDY]), (True, False, False)),
        ("W105", Story(owed={"Heures dues": 1000}, rules=[CAP | {SHARE: "20 %"}]), (False, True, True)),
        ("W105", Story(owed={"Heures dues": 1000}, rules=[CAP | {SHARE: "60 %"}]), (False,) * 3),
        ("W105", Story(owed={"Formation au plus": 100}, rules=[CAP]), (True, False, False)),
        ("W105", Story(rules=[CAP | {"Ces heures comptent": "non"}]), (False, True, True)),
        ("W105", Story(rules=[CAP | {SHARE: "1 %"}]), (False,) * 3),
    ],
)  # fmt: skip
def test_how_hours_count_changes_from_the_month_of_a_rule_on(code: str, story: Story, told: tuple[bool, ...]) -> None:
    kind = {"E007": "CDI", "E008": "Contrat d'apprentissage"}.get(code, "CDDI")
    nature = {} if code == "E007" else SCHOOL
    story.work, story.lines = [{"Nature du contrat": kind}], [nature | {"Mois": month} for month in THREE]
    found = checked_of(written({"a": story}))
    assert found.remarks == []
    assert tuple(code in one for one in codes(found, story)) == told


def test_hours_are_summed_and_a_month_may_be_a_date(checked: Checked) -> None:
    found = checked_of(written({"a": Story(lines=[{"Mois": "2026-10-01", "Heures": "12h30"}, {"Mois": SEPTEMBER}])}))
    assert (found.lines, f"{found.hours:f}") == (2, "112.50")
    assert found.remarks == []
