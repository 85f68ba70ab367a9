"""Issuing an attestation: figures of the rows, numbers without gap, frozen, corrected by another."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from clausette.hours.operations import correct_line
from clausette.hours.queries import LineFilters, lines_behind
from clausette.journal.models import Event
from clausette.kernel.errors import Absent, NotAllowed, Refusal
from clausette.kernel.operation import writing
from clausette.reports.attestation.facts import AttestationFacts, facts_from_json, facts_hash
from clausette.reports.models import Report
from clausette.reports.operations import certificate as operations
from clausette.reports.operations import issue_certificate
from clausette.reports.queries import ReportSheet, draft_certificate, report_content, report_sheet
from tests.agenda.builders import AT, filled
from tests.hats import TODAY, acting, as_owner
from tests.hours.builders import OCT, SEPT, World, commitment, contract, party
from tests.world import body, member

pytestmark = pytest.mark.django_db
AS_OF = date(2026, 10, 31)


def issued(w: World, **options: Any) -> Any:
    """Issue as the structure référente."""
    with acting(w.pilot) as pilot:
        return issue_certificate(
            actor=pilot, commitment_uid=w.commitment.uid, as_of=AS_OF, on=TODAY, **options
        )


def certified(sheet: ReportSheet) -> AttestationFacts:
    """The facts of an attestation."""
    assert isinstance(sheet.facts, AttestationFacts)
    return sheet.facts


def test_an_attestation_says_the_figures_of_the_rows() -> None:
    w = filled()
    uid = issued(w)
    with acting(w.pilot) as pilot:
        sheet = report_sheet(actor=pilot, uid=uid)
    facts = certified(sheet)
    figures = facts.figures
    assert (sheet.line.number, figures.validated, figures.declared) == (
        "ATT-2026-0001", Decimal(140), Decimal("361.5"),
    )  # fmt: skip
    assert (figures.due_firm, figures.remaining, figures.raw_rate) == (
        Decimal(833), Decimal(693), Decimal("0.1681"),
    )  # fmt: skip
    assert (figures.people, figures.work_contracts) == (1, 1)
    assert [(row.month, row.declared, row.validated) for row in facts.months] == [
        (SEPT, 140, 140), (OCT, Decimal("221.5"), None), (date(2026, 7, 1), None, None), (date(2026, 8, 1), None, None),
    ]  # fmt: skip
    assert [(one.label, one.hours) for one in facts.asides] == [("À valider", Decimal("221.5"))]
    assert (facts.firm.name, facts.buyer.name) == ("Bâti Ouche", "Lys Métropole")


def test_facts_bytes_and_hashes_hold_together_and_name_nobody() -> None:
    w = filled()
    uid = issued(w)
    with acting(w.pilot) as pilot:
        sheet, content = report_sheet(actor=pilot, uid=uid), report_content(actor=pilot, uid=uid)
    with as_owner():
        kept = json.dumps(Report.objects.get(uid=uid).facts, ensure_ascii=False)
    assert content.data.startswith(b"%PDF-")
    assert sha256(content.data).hexdigest() == content.sha256 == sheet.files[0].sha256
    assert facts_hash(facts_from_json(kept)) == sheet.facts_sha256
    assert sheet.is_intact
    assert "Lemaire" not in kept


def test_the_journal_keeps_the_act_and_not_the_bytes() -> None:
    w = filled()
    uid = issued(w)
    with as_owner():
        events = Event.objects.filter(verb="reports.certificate.issue").order_by("id")
        event, kept = (events.get(subject_type=f"reports.{name}") for name in ("report", "reportfile"))
    assert (event.subject_uid, event.after["number"]) == (uid, "ATT-2026-0001")
    assert kept.after["content"] == "•"


def test_numbers_follow_each_other_by_structure_and_start_again_each_year() -> None:
    w = filled()
    issued(w)
    with acting(w.pilot) as pilot:
        issue_certificate(actor=pilot, commitment_uid=w.commitment.uid, as_of=AS_OF, on=TODAY)
        next_year = issue_certificate(
            actor=pilot, commitment_uid=w.commitment.uid, as_of=AS_OF, on=date(2027, 1, 4)
        )
        number = report_sheet(actor=pilot, uid=next_year).line.number
    with as_owner():
        numbers = sorted(Report.objects.values_list("number", flat=True).order_by("id"))
    assert (numbers, number) == (["ATT-2026-0001", "ATT-2026-0002", "ATT-2027-0001"], "ATT-2027-0001")


def test_a_failure_leaves_no_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    w = filled()

    def broken(_facts: object) -> bytes:
        raise RuntimeError("no engine")

    with monkeypatch.context() as patch:
        patch.setattr(operations, "render_pdf", broken)
        with pytest.raises(RuntimeError):
            issued(w)
    with acting(w.pilot) as pilot:
        assert report_sheet(actor=pilot, uid=issued(w)).line.number == "ATT-2026-0001"


def test_a_correction_cites_the_old_one_which_never_changes() -> None:
    w = filled()
    first = issued(w)
    with acting(w.pilot) as pilot:
        before = report_content(actor=pilot, uid=first).sha256
        line = lines_behind(actor=pilot, filters=LineFilters(month=SEPT), with_names=True).rows[0]
        assert line.line_uid is not None
        correct_line(
            actor=pilot, line_uid=line.line_uid, new_hours=Decimal(126), reason="Absence.", on=TODAY, at=AT
        )
    second = issued(w, replaces_uid=first, reason="Septembre corrigé")
    with acting(w.pilot) as pilot:
        old, new = report_sheet(actor=pilot, uid=first), report_sheet(actor=pilot, uid=second)
        after = report_content(actor=pilot, uid=first).sha256
    assert (old.line.replaced_by, new.line.replaces_number) == ("ATT-2026-0002", "ATT-2026-0001")
    corrects = certified(new).corrects
    assert corrects is not None
    assert corrects.reason == "Septembre corrigé"
    assert (certified(old).figures.validated, certified(new).figures.validated) == (Decimal(140), Decimal(126))
    assert before == after


def test_a_correction_needs_a_reason_and_comes_once() -> None:
    w = filled()
    first = issued(w)
    with pytest.raises(Refusal, match="Dites pourquoi") as refused:
        issued(w, replaces_uid=first)
    issued(w, replaces_uid=first, reason="Une erreur")
    with pytest.raises(Refusal, match="déjà remplacé par le n° ATT-2026-0002"):
        issued(w, replaces_uid=first, reason="Encore")
    assert refused.value.field == "reason"


@pytest.mark.parametrize(
    ("as_of", "sentence"),
    [(date(2026, 11, 17), "à une date à venir"), (date(2026, 6, 30), "commence le 1er")],
)
def test_days_that_do_not_fit_are_refused(as_of: date, sentence: str) -> None:
    w = filled()
    with acting(w.pilot) as pilot, pytest.raises(Refusal, match=sentence) as refused:
        issue_certificate(actor=pilot, commitment_uid=w.commitment.uid, as_of=as_of, on=TODAY)
    assert refused.value.field == "as_of"


def test_figures_that_contradict_each_other_are_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    w = filled()
    honest = draft_certificate

    def lying(**options: Any) -> Any:
        draft = honest(**options)
        figures = replace(draft.facts.figures, validated=Decimal(999))
        return replace(draft, facts=replace(draft.facts, figures=figures))

    monkeypatch.setattr(operations, "draft_certificate", lying)
    with pytest.raises(Refusal, match="n'est pas établie"):
        issued(w)
    with as_owner():
        assert not Report.objects.exists()


@pytest.mark.parametrize("who", ["buyer", "firm"])
def test_only_a_facilitator_issues(who: str) -> None:
    w = filled()
    with (
        acting(getattr(w, who)) as actor,
        pytest.raises(NotAllowed, match="Seule une structure facilitatrice"),
    ):
        issue_certificate(actor=actor, commitment_uid=w.commitment.uid, as_of=AS_OF, on=TODAY)


def test_on_a_shared_contract_only_the_structure_in_charge_issues() -> None:
    w = filled()
    party(w.contract, w.stranger, "copilot")
    with acting(w.stranger) as actor, pytest.raises(NotAllowed, match="structure référente"):
        issue_certificate(actor=actor, commitment_uid=w.commitment.uid, as_of=AS_OF, on=TODAY)


def test_an_engagement_of_others_is_absent() -> None:
    w = filled()
    with acting(w.stranger) as actor, pytest.raises(Absent):
        issue_certificate(actor=actor, commitment_uid=w.commitment.uid, as_of=AS_OF, on=TODAY)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE reports_report SET number = 'X'",
        "DELETE FROM reports_report",
        "UPDATE reports_reportfile SET content = 'X'",
        "DELETE FROM reports_reportfile",
    ],
)
def test_the_database_itself_refuses_to_change_a_document(sql: str) -> None:
    w = filled()
    issued(w)
    with (
        acting(w.pilot),
        writing("test"),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        connection.cursor().execute(sql)
    with as_owner(), pytest.raises(DatabaseError, match="ne change plus"), transaction.atomic():
        connection.cursor().execute(sql)


def test_followed_engagement_has_no_rate() -> None:
    w = filled()
    other = contract(w.pilot, member(body("Habitat", "buyer"), "h@habitat.example"), "Espaces verts")
    party(other, w.firm, "contractor")
    owed = commitment(other, w.firm, hours=0, kind="followed")
    with acting(w.pilot) as pilot:
        uid = issue_certificate(actor=pilot, commitment_uid=owed.uid, as_of=AS_OF, on=TODAY)
        figures = certified(report_sheet(actor=pilot, uid=uid)).figures
    assert (figures.due_firm, figures.raw_rate, figures.remaining) == (None, None, None)
