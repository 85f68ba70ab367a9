"""`manage check-eligibility`, as it is called from outside."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def asked(monkeypatch: pytest.MonkeyPatch, *lines: object) -> list[dict[str, Any]]:
    """The answers."""
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    monkeypatch.setattr("sys.stdin", StringIO(text))
    out = StringIO()
    call_command("check-eligibility", stdout=out, skip_checks=True)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_one_answer_for_each_line(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third, fourth, fifth = asked(
        monkeypatch,
        {"id": "a", "on": "2026-11-27", "situations": ["RSA"], "papers": {"RSA": {"on": "2026-08-27"}}},
        {"id": "b", "on": "2026-11-27", "registered_on": "2025-11-27"},
        {"id": "c", "on": "2026-11-27", "situations": ["XX"], "level": "99", "birth_date": "2027-01-01",
         "papers": {"RSA": {"le": 1}}},
        "pas du JSON",
        {"id": "e", "on": "2026-11-27", "situations": ["PPSMJ"]},
    )  # fmt: skip
    assert (first["id"], first["verdict"], first["retained"], first["until"]) == ("a", "eligible", "RSA", "2027-02-27")
    assert (second["verdict"], second["retained"]) == ("incomplete", "DELD")
    assert second["categories"][0]["oldest_evidence"] == "2026-08-27"
    assert set(third["errors"]) == {"situations", "level", "birth_date", "papers.RSA.le"}
    assert fourth["ok"] is False
    assert (fifth["verdict"], "organisme habilité" in fifth["refusals"][0]) == ("not_eligible", True)


def test_a_day_before_the_known_values_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    (said,) = asked(monkeypatch, {"on": "1999-01-01", "situations": ["RSA"]})
    assert said["ok"] is False
    assert "n'est pas connu à cette date" in str(said["errors"])
