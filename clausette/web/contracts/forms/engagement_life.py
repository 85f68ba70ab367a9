"""What is typed in the life of an engagement: suspension, decision of parts, hours worked, acts, shares."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms

from clausette.commitments.enums import PartStatus, VersionReason
from clausette.commitments.queries import Member, PartLine
from clausette.files.enums import Purpose
from clausette.kernel.french import format_date, format_hours
from clausette.web.contracts.forms.acts import PastForm
from clausette.web.contracts.forms.fields import MOST_HOURS, AreaForm, day_field, hours_field, percent_field
from clausette.web.inputs import FreeText, Hours
from clausette.web.transfers import file_input


def paper_field(label: str, *, required: bool = False) -> forms.FileField:
    """The paper of an act."""
    return forms.FileField(label=label, required=required, widget=file_input(Purpose.EVIDENCE))


class StopForm(AreaForm):
    """A suspension: since when, why, by which paper."""

    on = day_field("Suspendu à partir du", required=True)
    comment = FreeText(label="Motif", max_length=500, lines=2)
    document = paper_field("Document (ordre de service, courrier…)")
    after = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ResumeForm(AreaForm):
    """The end of a suspension, and the new term if it moves."""

    on = day_field("Repris le", required=True)
    ends_on = day_field("Nouveau terme", help_text="Vide : le terme ne change pas.")
    comment = FreeText(label="Motif", max_length=500, lines=2)
    document = paper_field("Document (ordre de service, avenant…)")
    after = forms.IntegerField(widget=forms.HiddenInput, required=False)


class DecideForm(AreaForm):
    """What becomes of conditional parts."""

    ranks = forms.MultipleChoiceField(label="Parties décidées", widget=forms.CheckboxSelectMultiple)
    reason = forms.ChoiceField(
        label="Décision",
        choices=[
            (VersionReason.CONFIRMATION, "Affermies"),
            (VersionReason.RENEWAL, "Reconduites"),
            (VersionReason.NOT_RENEWED, "Non reconduites, ou abandonnées"),
        ],
    )
    on = day_field("Décision applicable le", required=True)
    comment = FreeText(label="Précision", max_length=500, lines=2, required=False)
    document = paper_field("Document (ordre de service, courrier…)")
    after = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, parts: Sequence[PartLine], **options: Any) -> None:
        super().__init__(*args, **options)
        waiting = [(rank, part) for rank, part in enumerate(parts) if part.status == PartStatus.CONDITIONAL]
        self.fields["ranks"].choices = [(str(rank), _told(part)) for rank, part in waiting]  # type: ignore[attr-defined]  # ChoiceField


def _told(part: PartLine) -> str:
    dates = f"du {format_date(part.starts_on)} au {format_date(part.ends_on)}"
    return f"{part.label} : {format_hours(part.hours)}, {dates}"


class ReasonForm(AreaForm):
    """Why."""

    reason = FreeText(label="Motif", max_length=300, lines=2)


class BaseForm(AreaForm):
    """Hours worked by the titulaire over a period."""

    starts_on = day_field("Du", required=True)
    ends_on = day_field("Au", required=True)
    hours = Hours(
        "Heures travaillées", least=0, most=MOST_HOURS, help_text="De tout le personnel du titulaire sur ce marché."
    )
    document = paper_field("Justificatif (état des heures…)")


class ActForm(AreaForm):
    """What every act says: to which engagement, from when, signed when, why, by which paper."""

    to = forms.ChoiceField(label="Vers l'engagement de")
    starts_on = day_field("Applicable à partir du", required=True)
    signed_on = day_field("Signé le", required=True)
    reason = FreeText(label="Motif", max_length=500, lines=2)
    document = paper_field("Acte signé", required=True)

    def __init__(self, *args: Any, others: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].choices = list(others)  # type: ignore[attr-defined]  # ChoiceField


class MoveForm(ActForm):
    """Hours due that go to another engagement."""

    hours = hours_field("Heures cédées", required=True)
    field_order = ("to", "hours", "starts_on", "signed_on", "reason", "document")


class GlobaliseForm(ActForm):
    """Hours worked here that may be credited there."""

    ceiling = hours_field("Plafond d'heures", required=True)
    ends_on = day_field("Jusqu'au")
    buyers = forms.BooleanField(
        label="L'acte porte l'accord écrit de chaque maître d'ouvrage", required=False,
        help_text="Demandé quand les deux marchés n'ont pas le même maître d'ouvrage.",
    )  # fmt: skip
    field_order = ("to", "ceiling", "starts_on", "ends_on", "signed_on", "buyers", "reason", "document")


class CarryForm(ActForm):
    """Hours of a surplus that count on another engagement."""

    hours = hours_field("Heures reportées", required=True)
    field_order = ("to", "hours", "starts_on", "signed_on", "reason", "document")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["starts_on"].help_text = "Jour de l'engagement qui reçoit : sa règle de ce mois-là s'applique."
        self.fields["document"].label = "Accord écrit du maître d'ouvrage"


class TransferForm(PastForm):
    """The balance taken over by another titulaire."""

    past = "signed_on"
    contractor = forms.ChoiceField(label="Nouveau titulaire")
    on = day_field("À partir du", required=True)
    signed_on = day_field("Acte signé le", required=True)
    reason = FreeText(label="Motif", max_length=300, lines=2)
    document = paper_field("Acte signé", required=True)

    def __init__(self, *args: Any, firms: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["contractor"].choices = list(firms)  # type: ignore[attr-defined]  # ChoiceField


class SharesForm(AreaForm):
    """The share of each member of the group, from a day on."""

    on = day_field("À partir du", required=True)

    def __init__(self, *args: Any, members: Sequence[Member], **options: Any) -> None:
        super().__init__(*args, **options)
        self.members = members
        for index, member in enumerate(members):
            role = "mandataire" if member.is_lead else "cotraitant"
            self.fields[f"share{index}"] = percent_field(f"{member.name} ({role})", help_text="En pour cent.")

    def shares(self) -> dict[UUID, Decimal]:
        """The shares typed, those left empty left out."""
        typed = {member.uid: self.cleaned_data[f"share{index}"] for index, member in enumerate(self.members)}
        return {uid: share for uid, share in typed.items() if share is not None}


def asked(form: AreaForm, name: str) -> date:
    """A day that the form asks for."""
    found = form.day(name)
    if found is None:
        raise TypeError("a valid form has its days")
    return found
