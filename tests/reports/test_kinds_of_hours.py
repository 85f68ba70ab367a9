"""Nominatives, sous réserve, non nominatives, reprise: the same on screen, in the facts, in each format."""

import io
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from docx import Document
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from clausette.hours.models import HoursLine
from clausette.hours.operations import Reserve, record_opening_balance, submit_statement, validate_statement
from clausette.hours.queries import progress_of
from clausette.kernel.actor import Actor
from clausette.kernel.french import format_hours
from clausette.reports.attestation.facts import AttestationFacts
from clausette.reports.enums import Audience, FileFormat, ReportKind, SubjectKind
from clausette.reports.followup.facts import FollowUpFacts
from clausette.reports.frozen import kept_hash
from clausette.reports.models import Report
from clausette.reports.operations import issue_certificate, issue_follow_up
from clausette.reports.queries import Asked, Target, report_content, report_sheet
from clausette.reports.rules import Span, civil_year
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import NOV, OCT, SEPT, World, commitment, made, uid_of, world
from tests.hours.test_operations_collective import attest
from tests.hours.test_operations_openings import paper, record
from tests.hours.test_operations_reserves import LIMIT
from tests.web.browsing import html
from tests.world import demonstration

pytestmark = pytest.mark.django_db
AT, D = noon(TODAY), Decimal
OPENING, NAMED, RESERVED, COLLECTIVE, WAITING = D("420.25"), D("140.5"), D(100), D(60), D(35)
VALIDATED = OPENING + NAMED + RESERVED + COLLECTIVE
SINCE = {
    "Heures validées": VALIDATED, "dont nominatives": NAMED, "dont retenues sous réserve": RESERVED,
    "dont non nominatives": COLLECTIVE, "dont reprise au 31 août 2026": OPENING,
}  # fmt: skip
IN_YEAR = {
    "Heures validées de la période": NAMED + RESERVED + COLLECTIVE, "dont nominatives": NAMED,
    "dont retenues sous réserve": RESERVED, "dont non nominatives": COLLECTIVE, "Reprise détaillée": D(400),
}  # fmt: skip


@pytest.fixture
def w() -> World:
    """A balance, then September with its person, October under reserve and without names, November that waits."""
    demonstration()
    w = world()
    with as_owner():
        checks = apps.get_model("participants.EligibilityCheck").objects
        checks.filter(participant_id=w.diallo.participant_id).update(
            state="in_review", decided_on=None, decided_by=None, hire_before=None
        )
    with acting(w.pilot) as pilot:
        record(pilot, w, hours=OPENING, by_year={2026: D(400)})
        _close(pilot, w.save(pilot, SEPT, w.entry(w.lemaire, str(NAMED))).uid)
        ref = w.save(pilot, OCT, w.entry(w.diallo, str(RESERVED)))
        attest(pilot, w, hours=COLLECTIVE)
        _close(pilot, ref.uid, held=w.diallo.pk)
        ref = w.save(pilot, NOV, w.entry(w.lemaire, str(WAITING)))
        submit_statement(actor=pilot, uid=ref.uid, version=ref.version, at=AT, on=TODAY)
    return w


def _close(actor: Actor, uid: UUID, held: int | None = None) -> None:
    """Hand over and validate; the hours of the work contract `held` are kept under reserve."""
    ref = submit_statement(actor=actor, uid=uid, version=None, at=AT, on=TODAY)
    with as_owner():
        lines = HoursLine.objects.filter(placement_id=held) if held else HoursLine.objects.none()
        reserves = {line.uid: Reserve(LIMIT, "Pièce attendue") for line in lines}
    validate_statement(
        actor=actor, uid=ref.uid, version=ref.version, justifications={"W104": "Feuilles vues."}, reserves=reserves,
        at=AT, on=TODAY,
    )  # fmt: skip


def operation_of(w: World) -> UUID:
    """The contract in an operation."""
    operation = made(
        "procurement.WorksOperation",
        owner_org_id=w.pilot.organisation_id,
        name="Quartier",
        sort_key="quartier",
    )
    with as_owner():
        type(w.contract).objects.filter(pk=w.contract.pk).update(operation_id=operation.pk)
    return operation.uid  # type: ignore[no-any-return]  # a row of any model


def targets(w: World) -> dict[str, tuple[ReportKind, Target]]:
    """One document of each kind and subject, all about the same engagement."""
    kinds = SubjectKind
    return {
        "contract": (ReportKind.SUMMARY, Target(kinds.CONTRACT, w.contract.uid)),
        "operation": (ReportKind.SUMMARY, Target(kinds.OPERATION, operation_of(w), uid_of(w.buyer))),
        "buyer": (ReportKind.SUMMARY, Target(kinds.BUYER, uid_of(w.buyer))),
        "point": (ReportKind.UPDATE, Target(kinds.COMMITMENT, w.commitment.uid)),
        "firm": (ReportKind.YEAR_CERTIFICATE, Target(kinds.FIRM, w.uids["firm"])),
    }


def issued(w: World, name: str) -> tuple[Any, dict[FileFormat, bytes]]:
    """Issue it in three formats; return its frozen facts and its files."""
    kind, target = targets(w)[name]
    span = Span(date(2026, 7, 1), TODAY) if kind == ReportKind.UPDATE else civil_year(2026)
    asked = Asked(kind, target, span, Audience.PARTIES, date(2026, 2, 28))
    with acting(w.pilot) as pilot:
        uid = issue_follow_up(actor=pilot, asked=asked, formats=tuple(FileFormat), on=TODAY)
        files = {one: report_content(actor=pilot, uid=uid, chosen=one).data for one in FileFormat}
        return report_sheet(actor=pilot, uid=uid).facts, files


def flat(text: str) -> str:
    """Lines, tags and kinds of spaces do not count when a text is looked for."""
    return re.sub(r"[\s\u200b]+", " ", text)


def in_pdf(data: bytes) -> str:
    return flat("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages))


def in_word(data: bytes) -> dict[str, str]:
    """First cell → second cell of every line of every table."""
    rows = [row.cells for table in Document(io.BytesIO(data)).tables for row in table.rows]
    return {flat(cells[0].text): flat(cells[1].text) for cells in rows}


def in_book(data: bytes) -> dict[str, Decimal]:
    """First cell → second cell, numbers only, of every line of every sheet."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    rows = [
        row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() if len(row) > 1
    ]
    return {flat(str(row[0])): Decimal(str(row[1])) for row in rows if isinstance(row[1], float | int)}


def agree(files: Mapping[FileFormat, bytes], wanted: Mapping[str, Decimal]) -> None:
    """Each figure is in the three files, under its own label."""
    pdf, word, book = (
        in_pdf(files[FileFormat.PDF]),
        in_word(files[FileFormat.DOCX]),
        in_book(files[FileFormat.XLSX]),
    )
    for label, hours in wanted.items():
        written = flat(format_hours(hours))
        assert f"{label} {written}" in pdf, label
        assert word[label] == written, label
        assert book[label] == hours, label


def test_the_page_of_the_engagement_says_them(w: World) -> None:
    page = flat(
        re.sub(r"<[^>]+>", " ", html(w.pilot, f"engagements/{w.commitment.uid}/")).replace("&#x27;", "'")
    )
    for hours, label in (
        (VALIDATED, "validées"), (WAITING, "à valider"), (OPENING, "reprise au 31 août 2026"),
        (COLLECTIVE, "non nominatives"), (RESERVED, "retenues sous réserve"),
    ):  # fmt: skip
        assert f"{flat(format_hours(hours))} {label}" in page, label


@pytest.mark.parametrize("name", ["contract", "operation", "buyer"])
def test_a_bilan_says_the_same_in_its_facts_and_in_each_format(w: World, name: str) -> None:
    facts, files = issued(w, name)
    assert isinstance(facts, FollowUpFacts)
    same_as_the_pages(w, facts)
    assert (facts.participants, facts.work_contracts) == (2, 2)
    assert [(row.label, row.hours) for row in facts.modalities] == [
        ("Embauche directe", NAMED + RESERVED), ("Heures non nominatives", COLLECTIVE),
    ]  # fmt: skip
    assert [(row.month.month, row.validated, row.waiting) for row in facts.months] == [
        (9, NAMED, 0), (10, RESERVED + COLLECTIVE, 0), (11, 0, WAITING),
    ]  # fmt: skip
    # « dont … » is said twice, since the start and for the period, of the same hours
    agree(files, SINCE | {"Heures à valider": WAITING, "Reprise détaillée": D(400)})
    listed = {(row.state, row.modality): row.hours for row in facts.lines}
    assert listed == {
        ("Validées", "Embauche directe"): NAMED, ("Sous réserve", "Embauche directe"): RESERVED,
        ("Validées", "Heures non nominatives"): COLLECTIVE, ("À valider", "Embauche directe"): WAITING,
    }  # fmt: skip


def same_as_the_pages(w: World, facts: FollowUpFacts) -> None:
    """The frozen facts hold what the pages read of the same engagement the same day."""
    with acting(w.pilot) as pilot:
        done = progress_of(actor=pilot, as_of=TODAY)[w.commitment.pk]
    totals, made_up = facts.totals, done.makeup
    assert (totals.validated, totals.waiting, totals.remaining) == (
        done.validated,
        done.declared,
        done.remaining,
    )
    assert (totals.named, totals.reserved, totals.collective, totals.opening, totals.opening_on) == (
        made_up.named, made_up.reserved, made_up.collective, made_up.opening, made_up.taken_over_on,
    )  # fmt: skip
    assert (totals.named, totals.reserved, totals.collective, totals.opening) == (
        NAMED,
        RESERVED,
        COLLECTIVE,
        OPENING,
    )
    assert totals.in_period == NAMED + RESERVED + COLLECTIVE
    assert facts.curve[-1].due == done.due_firm
    assert max(row.validated for row in facts.curve if row.validated is not None) == VALIDATED


def test_a_point_says_the_same(w: World) -> None:
    facts, files = issued(w, "point")
    same_as_the_pages(w, facts)
    agree(files, SINCE | {"Heures à valider": WAITING})


def test_the_year_of_the_firm_holds_the_months_and_tells_the_balance_apart(w: World) -> None:
    facts, files = issued(w, "firm")
    same_as_the_pages(w, facts)
    agree(files, IN_YEAR)
    told = flat(f"Depuis le début : dont {format_hours(OPENING)} de reprise au 31 août 2026")
    assert told in in_pdf(files[FileFormat.PDF])


def test_the_attestation_of_the_engagement_says_the_same(w: World) -> None:
    with acting(w.pilot) as pilot:
        uid = issue_certificate(actor=pilot, commitment_uid=w.commitment.uid, as_of=TODAY, on=TODAY)
        facts = report_sheet(actor=pilot, uid=uid).facts
        pdf = in_pdf(report_content(actor=pilot, uid=uid).data)
    assert isinstance(facts, AttestationFacts)
    figures = facts.figures
    assert (figures.validated, figures.named, figures.reserved, figures.collective, figures.opening_balance) == (
        VALIDATED, NAMED, RESERVED, COLLECTIVE, OPENING,
    )  # fmt: skip
    for label, hours in SINCE.items():
        assert f"{label} {flat(format_hours(hours))}" in pdf, label


def test_several_engagements_are_told_apart_one_by_one(w: World) -> None:
    other = commitment(w.contract, w.firm, 100, start=date(2026, 9, 1))
    with acting(w.pilot) as pilot:
        record_other(pilot, w, other)
    facts, files = issued(w, "contract")
    assert (facts.totals.opening, facts.totals.opening_on) == (OPENING + 30, None)
    assert "reprises" in in_pdf(files[FileFormat.PDF])
    book = CalamineWorkbook.from_filelike(io.BytesIO(files[FileFormat.XLSX]))
    name = next(one for one in book.sheet_names if one.startswith("De quoi sont faites"))
    rows = book.get_sheet_by_name(name).to_python()
    heads, total = rows[0], next(row for row in rows if row[0] == "Total")
    assert heads[1:] == ["Nominatives", "Sous réserve", "Non nominatives", "Reprise", "Validées"]
    assert [Decimal(str(one)) for one in total[1:]] == [
        NAMED,
        RESERVED,
        COLLECTIVE,
        OPENING + 30,
        VALIDATED + 30,
    ]


def record_other(actor: Actor, w: World, other: Any) -> None:
    """A balance of another day on another engagement."""
    record_opening_balance(
        actor=actor, commitment_uid=other.uid, document_uid=paper(actor, w), as_of=date(2026, 9, 30), hours=D(30),
        by_year={}, on=TODAY,
    )  # fmt: skip


def test_a_document_of_an_older_version_is_still_the_one_that_was_issued(w: World) -> None:
    """Facts frozen before a field existed keep their hash, and are read with what that field says by default."""
    with acting(w.pilot) as pilot:
        asked = Asked(*targets(w)["contract"], civil_year(2026), Audience.PARTIES, date(2026, 2, 28))
        uid = issue_follow_up(actor=pilot, asked=asked, on=TODAY)
    with as_owner():
        report = Report.objects.get(uid=uid)
        del report.facts["totals"]["collective"]
        report.pk, report.uid, report.number = None, uuid4(), "BIL-2026-0002"
        report.facts_sha256 = kept_hash(report.facts)
        report.save(force_insert=True)
    with acting(w.pilot) as pilot:
        sheet = report_sheet(actor=pilot, uid=report.uid)
    assert sheet.is_intact
    assert isinstance(sheet.facts, FollowUpFacts)
    assert sheet.facts.totals.collective == 0
