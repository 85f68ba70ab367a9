"""Bytes past their date: the workbook as it was sent, the payslip; announced first, held with the persons in them."""

import json
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command

from clausette.files import storage
from clausette.files.errors import BytesExpired
from clausette.files.models import StoredFile
from clausette.files.queries import read_file, unclaimed
from clausette.kernel.actor import Actor
from clausette.privacy.queries.files import files_leaving
from tests.hats import TODAY, acting, as_owner, noon
from tests.isolation import world as dense
from tests.world import two_structures

pytestmark = pytest.mark.django_db


def told(on: date, *more: str) -> dict[str, dict[str, Any]]:
    out = StringIO()
    with as_owner():
        call_command("purge", "--json", "--future", "--as-of", on.isoformat(), *more, stdout=out, skip_checks=True)
    return {one["category"]: one for one in map(json.loads, out.getvalue().splitlines())}


def workbook(who: Actor, state: str) -> StoredFile:
    """A workbook handed in today, with one line read."""
    data = f"Nom;Prénom\nMoreau;Aline {state}\n".encode()
    own = {"owner_org_id": who.organisation_id}
    file = StoredFile.objects.create(
        **own, name="suivi.csv", content_type="text/csv", size=len(data), sha256=storage.write(data),
        deposited_by_id=who.account_id,
    )  # fmt: skip
    batch = apps.get_model("imports.TakeoverBatch").objects.create(
        **own, file=file, sha256=file.sha256, brought_by_id=who.account_id, state=state
    )
    apps.get_model("imports.TakeoverBatch").objects.update(created_at=noon(TODAY))
    apps.get_model("imports.TakeoverLine").objects.create(
        **own, batch=batch, position=1, kind="person", sheet="S", line=2, key="p:moreau aline|",
        values={"last_name": "Moreau"}, fate="new",
    )  # fmt: skip
    return file


def test_a_workbook_leaves_thirty_days_after_it_was_sent_and_its_lines_with_it() -> None:
    two = two_structures()
    with as_owner():
        left, running = workbook(two.first, "read"), workbook(two.first, "applying")
    last = TODAY + timedelta(days=30)
    with acting(two.first) as actor:
        assert [(one.files, one.first_on) for one in files_leaving(actor=actor, on=last)] == [(1, last)]
    with acting(two.second) as other:
        assert files_leaving(actor=other, on=last) == ()
    assert told(last)["raw_import"]["announced"] == 1
    after = last + timedelta(days=1)
    assert (told(after, "--dry-run")["raw_import"]["due"], told(after)["raw_import"]["gone"]) == (1, 1)
    assert told(after)["raw_import"]["due"] == 0
    with as_owner():
        kept = apps.get_model("imports.TakeoverLine").objects.values_list("batch__state", "values").order_by("id")
        assert list(kept) == [("cancelled", {}), ("applying", {"last_name": "Moreau"})]
        assert unclaimed([left.sha256, running.sha256]) == [left.sha256]
        batch = apps.get_model("privacy.PurgeBatch").objects.get()
        assert (batch.category, batch.gone, batch.owner_org_id) == ("raw_import", 1, two.first.organisation_id)
    with acting(two.first) as actor, pytest.raises(BytesExpired, match="effacé depuis le"):
        read_file(actor=actor, uid=left.uid)


def test_a_payslip_leaves_a_year_after_validation_or_half_a_year_after_the_end_and_stays_with_who_is_held() -> None:
    world = dense.build()
    with as_owner():
        statements = apps.get_model("hours.Statement").objects
        statement = statements.filter(pk__in=apps.get_model("hours.HoursLine").objects.values("statement")).first()
        file = StoredFile.objects.order_by("pk").first()
        assert statement
        assert file
        statements.update(evidence=None)
        apps.get_model("hours.StatementPiece").objects.all().delete()
        StoredFile.objects.filter(pk=file.pk).update(name="bulletin Moreau.pdf")
        statements.filter(pk=statement.pk).update(
            evidence=file, state="validated", return_reason="", validated_at=noon(date(2026, 11, 2)),
            validated_by=world.members["A"].account_id, submitted_at=noon(date(2026, 11, 1)),
            submitted_by=world.members["A"].account_id,
        )  # fmt: skip
        contracts = apps.get_model("procurement.Contract").objects.filter(pk=statement.contract_id)
        contracts.update(ends_on=None)
        apps.get_model("outcomes.FundedOperation").objects.update(assists_people=False)
        holds = apps.get_model("privacy.RetentionHold").objects
        holds.update(lifted_on=TODAY, lifted_by=world.members["A"].account_id)

    def due(on: date) -> tuple[int, int]:
        said = told(on, "--dry-run")["payslip"]
        return said["due"], said["announced"]

    assert (due(date(2027, 11, 2)), due(date(2027, 11, 3))) == ((0, 1), (1, 0))
    with as_owner():  # a piece beside the proof of the hours has the same end
        other = StoredFile.objects.exclude(pk=file.pk).filter(bytes_gone_on=None).order_by("pk")[0]
        beside = apps.get_model("hours.StatementPiece").objects.create(
            statement=statement, contract_id=statement.contract_id, declarant_id=statement.declarant_id,
            month=statement.month, kind="approval", file=other,
        )  # fmt: skip
    assert due(date(2027, 11, 3)) == (2, 0)
    with as_owner():
        beside.delete()
    with as_owner():
        contracts.update(ends_on=date(2026, 12, 31))
    assert (due(date(2027, 6, 30)), due(date(2027, 7, 1))) == ((0, 1), (1, 0))
    with as_owner():
        holds.update(lifted_on=None, lifted_by=None)
    assert due(date(2027, 7, 1)) == (0, 0)
    assert told(date(2027, 7, 1), "--dry-run")["payslip"]["held"] == [{"until": "persons", "count": 1}]
    with as_owner():
        holds.update(lifted_on=TODAY, lifted_by=world.members["A"].account_id)
    assert told(date(2027, 7, 1))["payslip"]["gone"] == 1
    with as_owner():
        file.refresh_from_db()
        assert (file.name, file.bytes_gone_on, len(file.sha256)) == ("fichier effacé", TODAY, 64)
