"""Stand-ins of lower rooms while they are being written; each gives way to the real one as soon as it exists."""

import sys
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps
from django.db.models import Q
from django.db.models.expressions import RawSQL

from clausette.kernel.scope import narrow


def _module(name: str, **functions: object) -> None:
    if find_spec(name) is None:
        module = ModuleType(name)
        module.__dict__.update(functions)
        sys.modules[name] = module


def placements_visible_to(actor):
    rows = apps.get_model("placements", "Placement").objects.all()
    return narrow(rows, Q(owner_org_id=actor.organisation_id) | Q(pk__in=RawSQL("SELECT unnest(sec.placements())", [])))


def allocations_visible_to(actor):
    from clausette.procurement.queries import takes_part

    rows = apps.get_model("placements", "Allocation").objects.all()
    ours = Q(employer_id=actor.organisation_id) | Q(host_company_id=actor.organisation_id)
    return narrow(rows, Q(takes_part(actor, "pilot", "copilot")) | (ours & Q(takes_part(actor))))


def refusals_at_hire(*, actor, hires):
    return dict.fromkeys(hires, "")


def file_id(actor, uid):
    return apps.get_model("files", "StoredFile").objects.get(uid=uid).pk


def store_file(*, actor, name, data, purpose, contract_uid=None):
    from hashlib import sha256

    from clausette.kernel.operation import writing

    with writing("test"):
        return apps.get_model("files", "StoredFile").objects.create(
            owner_org_id=actor.organisation_id, name=name, content_type="application/pdf", size=len(data),
            sha256=sha256(data).hexdigest(), deposited_by_id=actor.account_id,
        ).uid  # fmt: skip


def install() -> None:
    _module(
        "clausette.placements.queries",
        placements_visible_to=placements_visible_to,
        allocations_visible_to=allocations_visible_to,
    )
    _module("clausette.participants.queries", refusals_at_hire=refusals_at_hire)
    _module("clausette.files.queries", file_id=file_id)
    _module("clausette.files.operations", store_file=store_file)
