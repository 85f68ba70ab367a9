"""« Mandats de déclaration »: a firm lets another organisation, or a person, declare its hours in its name."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce, Lower

from clausette.kernel.rows import Row

from .contracts import Contract


def _days() -> Func:
    return Func(F("starts_on"), F("ends_on"), Value("[]"), function="daterange", output_field=DateRangeField())


class Mandate(Row):
    """A firm lets an organisation known here, or a person named by e-mail, declare its hours, until a day.

    On all its contracts, or on one. Never erased: what was declared by it says so (docs/adr/0022).
    """

    organisation = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="entreprise"
    )
    holder = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="donné à"
    )
    email = models.EmailField("adresse électronique", max_length=254, blank=True)
    full_name = models.CharField("prénom et nom", max_length=150, blank=True)
    account = models.ForeignKey(
        "access.Account", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="accepté par"
    )
    accepted_at = models.DateTimeField("accepté le", null=True, blank=True)
    token_hash = models.CharField("empreinte du lien", max_length=64, unique=True, null=True, blank=True)
    sent_at = models.DateTimeField("lien renvoyé le", null=True, blank=True)
    contract = models.ForeignKey(
        Contract, models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="marché"
    )
    starts_on = models.DateField("du")
    ends_on = models.DateField("au")
    given_by = models.ForeignKey("access.Account", models.RESTRICT, related_name="+", verbose_name="donné par")
    revoked_at = models.DateTimeField("retiré le", null=True, blank=True)

    class Meta:
        verbose_name = "mandat de déclaration"
        verbose_name_plural = "mandats de déclaration"
        constraints: ClassVar = [
            models.UniqueConstraint("id", "organisation", name="procurement_mandate_of_firm"),
            models.CheckConstraint(
                name="procurement_mandate_whose",
                condition=Q(
                    holder__isnull=False, email="", full_name="", account=None, accepted_at=None, token_hash=None
                )
                | (
                    Q(holder=None, token_hash__isnull=False) & ~Q(email="") & Q(email=Lower("email"))
                    & (Q(account=None, accepted_at=None) | Q(account__isnull=False, accepted_at__isnull=False))
                ),
                violation_error_message="Un mandat est donné à un organisme, ou à une personne par son courriel.",
            ),
            models.CheckConstraint(
                name="procurement_mandate_not_itself", condition=Q(holder=None) | ~Q(holder=F("organisation")),
                violation_error_message="Une entreprise ne se donne pas mandat à elle-même.",
            ),
            models.CheckConstraint(
                name="procurement_mandate_dates",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="La fin du mandat précède son début.",
            ),
            ExclusionConstraint(
                name="procurement_mandate_once",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    (Coalesce("holder", 0), RangeOperators.EQUAL),
                    ("email", RangeOperators.EQUAL),
                    (Coalesce("contract", 0), RangeOperators.EQUAL),
                    (_days(), RangeOperators.OVERLAPS),
                ],
                condition=Q(revoked_at=None),
                violation_error_message="Le même mandat court déjà à ces dates.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = {"email", "full_name", "token_hash"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "organisation", "holder", "account", "accepted_at", "sent_at", "contract",
            "starts_on", "ends_on", "given_by", "revoked_at",
        }  # fmt: skip
