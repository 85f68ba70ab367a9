"""Why a validated month is reopened, and what a second person says of it."""

from django import forms

from clausette.web.inputs import FreeText


class ReopeningRequest(forms.Form):
    """The reason of a request."""

    reason = FreeText(
        "Motif de la réouverture", max_length=300, lines=2,
        help_text="L'entreprise qui a déclaré ces heures lira cette phrase. N'y nommez personne.",
    )  # fmt: skip


class ReopeningDecision(forms.Form):
    """Accept or decline; a refusal says why."""

    outcome = forms.ChoiceField(
        label="Votre décision", widget=forms.RadioSelect,
        choices=[
            ("accept", "Accepter : le mois est rouvert tout de suite"), ("decline", "Refuser : le mois reste validé"),
        ],
        error_messages={"required": "Choisissez : accepter ou refuser."},
    )  # fmt: skip
    reason = FreeText(
        "Motif", max_length=300, lines=2, required=False, help_text="Demandé pour un refus : qui a demandé le lira."
    )
