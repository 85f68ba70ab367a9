"""Every personal field is declared once in docs/reference/fields.toml, with its purpose, duration and readers."""

import json
from collections import Counter
from io import StringIO

from django.apps import apps
from django.core.management import call_command

from clausette.privacy.queries.catalogue import personal_fields
from clausette.web.fields import field_matrix, read_fields


def declared() -> Counter[str]:
    return Counter(f"{table.name}.{name}" for table in read_fields() for group in table.groups for name in group.fields)


def test_every_personal_field_is_declared_once_and_no_other() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("clausette.")]
    personal = {f"{model._meta.label}.{name}" for model in ours for name in personal_fields(model)}
    told = declared()
    assert {"missing": personal - set(told), "gone": set(told) - personal} == {"missing": set(), "gone": set()}
    assert {field: count for field, count in told.items() if count > 1} == {}


def test_every_table_says_why_and_how_long() -> None:
    for table in read_fields():
        assert table.purpose, table.name
        assert table.basis, table.name
        assert table.lasts, table.name


def test_nobody_reads_without_an_account_and_no_buyer_reads_a_person() -> None:
    for one in field_matrix():
        assert one["who"]["anonymous"] == "no"
        if one["field"].startswith(("participants.", "placements.", "privacy.")):
            assert one["who"]["buyer"] == "no", one["field"]


def test_a_reason_is_read_by_who_follows_the_person_alone() -> None:
    reasons = [one for one in field_matrix() if one["field"].startswith("participants.EligibilityReason.")]
    assert reasons
    for one in reasons:
        readers = {role for role, answer in one["who"].items() if answer != "no"}
        assert readers == {"prescriber", "pilot", "pilot_admin"}


def test_the_command_gives_actions_and_fields() -> None:
    out = StringIO()
    call_command("matrix", "--json", stdout=out, skip_checks=True)
    told = json.loads(out.getvalue())
    assert {one["field"] for one in told["fields"]} == set(declared())
    assert told["actions"]
