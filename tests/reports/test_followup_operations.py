"""Issuing bilans, points d'étape and yearly attestations: figures of the rows, numbers, rights, files."""

import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from clausette.hours.operations import submit_statement, validate_statement
from clausette.kernel.errors import Absent, NotAllowed, Refusal
from clausette.reports.enums import Audience, FileFormat, ReportKind, SubjectKind
from clausette.reports.followup.facts import FollowUpFacts
from clausette.reports.models import Report
from clausette.reports.operations import follow_up, issue_follow_up, set_files
from clausette.reports.queries import (
    Asked,
    FollowUpDraft,
    Target,
    draft_follow_up,
    list_reports,
    report_content,
    report_sheet,
    subject_choices,
    verified,
)
from clausette.reports.rules import Span, civil_year
from tests.agenda.builders import AT, filled
from tests.hats import TODAY, acting, as_owner
from tests.hours.builders import World, commitment, contract, made, party, uid_of, worker
from tests.world import body, member

pytestmark = pytest.mark.django_db
YEAR = civil_year(2026)
D = Decimal


def asked(w: World, **changes: Any) -> Asked:
    """A bilan of 2026 for the buyer of the contract."""
    base = Asked(
        ReportKind.SUMMARY,
        Target(SubjectKind.CONTRACT, w.contract.uid),
        YEAR,
        Audience.PARTIES,
        date(2026, 1, 31),
    )
    return replace(base, **changes)


def draft(w: World, **changes: Any) -> FollowUpDraft:
    with acting(w.pilot) as pilot:
        return draft_follow_up(actor=pilot, asked=asked(w, **changes), on=TODAY)


def issued(w: World, *, formats: tuple[FileFormat, ...] = (), options: Any = None, **changes: Any) -> UUID:
    with acting(w.pilot) as pilot:
        return issue_follow_up(
            actor=pilot, asked=asked(w, **changes), formats=formats, on=TODAY, **(options or {})
        )


def facts_of(w: World, uid: UUID) -> FollowUpFacts:
    with acting(w.pilot) as pilot:
        facts = report_sheet(actor=pilot, uid=uid).facts
    assert isinstance(facts, FollowUpFacts)
    return facts


def test_a_bilan_says_the_figures_of_the_rows() -> None:
    w = filled()
    facts = facts_of(w, issued(w))
    totals = facts.totals
    assert (facts.number, facts.subject.name, totals.in_period, totals.waiting) == (
        "BIL-2026-0001", "Gymnase des Acacias", Decimal(140), Decimal("221.5"),
    )  # fmt: skip
    assert (totals.due_firm, totals.remaining, totals.raw, totals.capped) == (
        Decimal(833), Decimal(693), Decimal("0.1681"), Decimal("0.1681"),
    )  # fmt: skip
    assert (facts.participants, facts.new_entrants, facts.work_contracts, facts.counted_contracts) == (
        1,
        1,
        1,
        1,
    )
    assert [(row.month.month, row.validated, row.waiting) for row in facts.months] == [
        (9, D(140), D(0)), (10, D(0), D("221.5")), (11, D(0), D(0)),
    ]  # fmt: skip
    assert [(row.label, row.hours, row.counted) for row in facts.modalities] == [("Embauche directe", D(140), 1)]
    assert [(row.state, row.hours) for row in facts.lines] == [
        ("Validées", D(140)),
        ("À valider", Decimal("221.5")),
    ]
    assert facts.fte == Decimal("0.09")
    assert (facts.recipient.name if facts.recipient else "", facts.as_of) == ("Lys Métropole", TODAY)


def test_the_line_of_declared_hours_leaves_the_validated_one_where_hours_wait() -> None:
    curve = {row.month.month: row for row in draft(filled()).facts.curve}
    assert [(curve[n].validated, curve[n].declared) for n in (8, 9, 10, 11)] == [
        (D(0), D(0)), (D(140), D(140)), (D(140), D("361.5")), (None, None),
    ]  # fmt: skip


def test_no_person_is_named_in_what_is_kept() -> None:
    w = filled()
    uid = issued(w, formats=tuple(FileFormat))
    with as_owner():
        kept = json.dumps(Report.objects.get(uid=uid).facts, ensure_ascii=False)
    assert "Lemaire" not in kept
    assert "Diallo" not in kept


def test_breakdowns_are_masked_for_the_buyer_and_whole_for_the_structure() -> None:
    w = filled()
    assert all(one.rows == () for one in draft(w).facts.breakdowns)
    own = draft(w, audience=Audience.OWN).facts.breakdowns
    assert [(one.title, [(row.label, row.people) for row in one.rows]) for one in own][:2] == [
        ("Sexe", [("non renseigné", 1)]), ("Âge à l’entrée", [("26 à 49 ans", 1)]),
    ]  # fmt: skip


def test_people_enough_are_shown() -> None:
    w = filled()
    with acting(w.pilot) as pilot:
        several = [worker(w.pilot, w.commitment, f"P{n}", f"Nom{n}", host=w.firm) for n in range(6)]
        entries = [w.entry(one, "10") for one in several]
        ref = w.save(pilot, date(2026, 8, 1), *entries)
        ref = submit_statement(actor=pilot, uid=ref.uid, version=ref.version, at=AT, on=TODAY)
        validate_statement(
            actor=pilot, uid=ref.uid, version=ref.version, justifications={"W104": "Vu."}, at=AT, on=TODAY
        )
    facts = draft(w).facts
    assert facts.participants == 7
    assert [(row.label, row.people, row.hours) for row in facts.breakdowns[1].rows] == [
        ("26 à 49 ans", 7, D(200))
    ]


def test_hours_of_closed_years_validated_since_are_on_their_own_line() -> None:
    w = filled()
    span = Span(date(2026, 10, 1), date(2026, 12, 31))
    since = draft(w, span=span, closed_on=date(2026, 10, 31)).facts
    before = draft(w, span=span, closed_on=TODAY).facts
    assert [(row.year, row.hours) for row in since.catch_up] == [(2026, Decimal(140))]
    assert before.catch_up == ()
    assert since.totals.in_period == 0


def test_buyer_operation_and_contract_agree() -> None:
    w = filled()
    operation = made(
        "procurement.WorksOperation", owner_org_id=w.pilot.organisation_id, name="ZAC", sort_key="zac"
    )
    with as_owner():
        type(w.contract).objects.filter(pk=w.contract.pk).update(operation=operation)
    buyer = uid_of(w.buyer)
    scopes = (
        Target(SubjectKind.CONTRACT, w.contract.uid), Target(SubjectKind.OPERATION, operation.uid, buyer),
        Target(SubjectKind.BUYER, buyer),
    )  # fmt: skip
    found = [draft(w, target=target).facts for target in scopes]
    assert len({(one.totals, one.months, one.lines, one.engagements) for one in found}) == 1
    assert [draft(w, target=target).recipient_id for target in scopes] == [w.buyer.organisation_id] * 3
    with acting(w.pilot) as pilot:
        values = [one.value for one in subject_choices(actor=pilot)]
    assert values == [f"buyer:{buyer}", f"operation:{operation.uid}:{buyer}", f"contract:{w.contract.uid}",
                      f"firm:{w.uids['firm']}"]  # fmt: skip


def test_the_year_of_a_firm_holds_all_its_engagements_with_the_structure_and_no_other() -> None:
    w = filled()
    other = contract(w.pilot, w.buyer, "Crèche des Tilleuls")
    party(other, w.firm, "contractor")
    commitment(other, w.firm, 100)
    elsewhere = contract(w.stranger, w.buyer, "Ailleurs")
    party(elsewhere, w.firm, "contractor")
    commitment(elsewhere, w.firm, 100)
    uid = issued(w, kind=ReportKind.YEAR_CERTIFICATE, target=Target(SubjectKind.FIRM, w.uids["firm"]))
    facts = facts_of(w, uid)
    assert [row.contract for row in facts.engagements] == ["Gymnase des Acacias", "Crèche des Tilleuls"]
    assert (facts.number, facts.totals.in_period) == ("ATA-2026-0001", Decimal(140))
    with acting(w.firm) as firm:
        assert report_content(actor=firm, uid=uid).data.startswith(b"%PDF-")
    with acting(w.buyer) as buyer, pytest.raises(Absent):
        report_content(actor=buyer, uid=uid)


def test_a_point_holds_on_one_page_and_goes_to_firm_and_buyer() -> None:
    w = filled()
    uid = issued(
        w, kind=ReportKind.UPDATE, target=Target(SubjectKind.COMMITMENT, w.commitment.uid),
        span=Span(date(2026, 7, 1), TODAY),
    )  # fmt: skip
    for who in (w.pilot, w.firm, w.buyer):
        with acting(who) as actor:
            pages = PdfReader(io.BytesIO(report_content(actor=actor, uid=uid).data)).pages
        assert len(pages) == 1
    assert "221,5" in pages[0].extract_text()


def test_who_reads_what() -> None:
    w = filled()
    associated = member(body("Structure associée", "facilitator"), "lou@associee.example")
    party(w.contract, associated, "copilot")
    buyer = uid_of(w.buyer)
    made_for = {
        "contract": issued(w),
        "own": issued(w, audience=Audience.OWN),
        "buyer": issued(w, target=Target(SubjectKind.BUYER, buyer)),
    }
    read = {}
    for who in (w.pilot, associated, w.buyer, w.firm, w.stranger):
        with acting(who) as actor:
            numbers = {row.uid for row in list_reports(actor=actor).rows}
            read[who.account_name] = {name for name, uid in made_for.items() if uid in numbers}
            for uid in made_for.values():
                if uid in numbers:
                    assert report_content(actor=actor, uid=uid).data
                else:
                    with pytest.raises(Absent):
                        report_content(actor=actor, uid=uid)
    assert read == {
        "Ana": {"contract", "own", "buyer"}, "Lou": {"contract"}, "Max": {"contract", "buyer"},
        "Zoe": set(), "Bob": set(),
    }  # fmt: skip


def test_a_correction_cites_the_old_one_of_the_same_subject() -> None:
    w = filled()
    first = issued(w)
    second = issued(w, options={"replaces_uid": first, "reason": "Une erreur"})
    with acting(w.pilot) as pilot:
        old = report_sheet(actor=pilot, uid=first)
    assert (old.line.replaced_by, old.is_intact) == ("BIL-2026-0002", True)
    corrects = facts_of(w, second).corrects
    assert corrects is not None
    assert (corrects.number, corrects.reason) == ("BIL-2026-0001", "Une erreur")
    with pytest.raises(Refusal, match="déjà remplacé par le n° BIL-2026-0002"):
        issued(w, options={"replaces_uid": first, "reason": "Encore"})
    with pytest.raises(Absent):
        issued(
            w,
            target=Target(SubjectKind.BUYER, uid_of(w.buyer)),
            options={"replaces_uid": second, "reason": "Autre"},
        )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"span": Span(date(2026, 3, 5), date(2026, 5, 31))}, "mois entiers"),
        ({"span": civil_year(2027)}, "pas commencé"),
        ({"span": civil_year(2020)}, "Aucun engagement"),
        ({"kind": ReportKind.YEAR_CERTIFICATE}, "ne porte pas sur cet objet"),
        ({"kind": ReportKind.UPDATE, "audience": Audience.OWN}, "Seul un bilan"),
    ],
)
def test_what_does_not_hold_is_refused(changes: dict[str, Any], sentence: str) -> None:
    w = filled()
    with pytest.raises(Refusal, match=sentence):
        issued(w, **changes)
    with as_owner():
        assert not Report.objects.exists()


@pytest.mark.parametrize("who", ["buyer", "firm"])
def test_only_the_structure_in_charge_issues(who: str) -> None:
    w = filled()
    with acting(getattr(w, who)) as actor, pytest.raises(NotAllowed, match="structure facilitatrice"):
        issue_follow_up(actor=actor, asked=asked(w), on=TODAY)
    party(w.contract, w.stranger, "copilot")
    with acting(w.stranger) as actor, pytest.raises(NotAllowed, match="structure référente"):
        issue_follow_up(actor=actor, asked=asked(w), on=TODAY)


def test_a_long_one_is_set_by_the_worker_and_twice_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    w = filled()
    monkeypatch.setattr(follow_up, "is_long", lambda _engagements, _lines: True)
    uid = issued(w, formats=(FileFormat.XLSX,))
    with acting(w.pilot) as pilot:
        assert report_sheet(actor=pilot, uid=uid).waiting == 2
        with pytest.raises(Absent):
            report_content(actor=pilot, uid=uid)
        assert (set_files(actor=pilot, report_uid=uid), set_files(actor=pilot, report_uid=uid)) == (2, 0)
        assert report_sheet(actor=pilot, uid=uid).waiting == 0
        assert report_content(actor=pilot, uid=uid, chosen=FileFormat.XLSX).data[:2] == b"PK"
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args->>'report' FROM procrastinate_jobs")
        assert cursor.fetchall() == [("reports.set_files", str(uid))]


def test_a_document_is_found_by_its_fingerprints() -> None:
    w = filled()
    uid = issued(w, formats=(FileFormat.DOCX,))
    with acting(w.pilot) as pilot:
        sheet = report_sheet(actor=pilot, uid=uid)
        prints = [sheet.facts_sha256, *(one.sha256 for one in sheet.files)]
        found = [verified(actor=pilot, sha256=one) for one in prints]
        assert [one.of_file if one else "?" for one in found] == [None, FileFormat.PDF, FileFormat.DOCX]
        assert verified(actor=pilot, sha256="0" * 64) is None
    with acting(w.stranger) as actor:
        assert verified(actor=actor, sha256=prints[0]) is None


def test_reading_costs_the_same_whatever_the_number() -> None:
    w = filled()
    costs = []
    for number in (1, 4):
        for n in range(number):
            worker(
                w.pilot,
                commitment(w.contract, w.firm, 100, start=date(2026, 1, 1 + n + number)),
                f"A{n}",
                f"B{n}{number}",
                host=w.firm,
            )
        with acting(w.pilot) as pilot, CaptureQueriesContext(connection) as captured:
            draft_follow_up(actor=pilot, asked=asked(w), on=TODAY)
        costs.append(len(captured))
    assert costs[0] == costs[1]
