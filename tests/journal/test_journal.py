"""The journal as a whole: what is masked, what is checked."""

import json
from datetime import date
from decimal import Decimal
from io import StringIO
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from clausette.access.operations import register_organisation
from clausette.journal import rules
from clausette.journal.models import Event
from clausette.journal.queries import check_journal, history_of
from tests.hats import acting, as_owner
from tests.world import two_structures


def test_values_are_kept_exact_and_personal_ones_masked() -> None:
    values = {
        "hours": Decimal("7.50"), "on": date(2026, 3, 3), "uid": UUID(int=1), "tags": {"a"}, "name": "Zoé", "note": "",
        "unknown": "x", "n": 3,
    }  # fmt: skip
    assert rules.written(values, {"hours", "on", "uid", "tags", "n"}) == {
        "hours": "7.50", "on": "2026-03-03", "uid": str(UUID(int=1)), "tags": ["a"], "name": "•", "note": "",
        "unknown": "•", "n": 3,
    }  # fmt: skip
    assert rules.written(None, set()) is None
    assert rules.label({"name": "Zoé", "title": "Lot 1"}, {"title"}) == "Lot 1"
    assert rules.label({"name": "Zoé"}, set()) == ""


@pytest.mark.django_db
def test_history_shows_one_s_own_acts() -> None:
    cast = two_structures()
    with acting(cast.first) as actor:
        uid = register_organisation(actor=actor, name="Ville de Lens", capabilities=["buyer"])
        [line] = history_of(actor=actor, subject=uid)
        assert (line.verb, line.subject_label) == ("access.organisation.registered", "Ville de Lens")
    with acting(cast.second) as actor:
        assert history_of(actor=actor, subject=uid) == []


@pytest.mark.django_db
def test_the_check_finds_an_unknown_verb_and_a_right_too_many() -> None:
    two_structures()
    with as_owner():
        assert check_journal().faults == ()
        out = StringIO()
        call_command("verify-journal", "--json", stdout=out)
        assert json.loads(out.getvalue())["ok"] is True
        Event.objects.create(
            verb="forged.by.hand",
            account_id=1,
            account_name="x",
            organisation_id=1,
            subject_type="x",
            after={},
        )
        with connection.cursor() as cursor:
            cursor.execute("GRANT UPDATE ON journal_event TO clausette_app")
        faults = check_journal().faults
        assert "verbe inconnu : forged.by.hand" in faults
        assert "droit de trop : clausette_app UPDATE journal_event" in faults
        with pytest.raises(CommandError):
            call_command("verify-journal", stdout=StringIO())
