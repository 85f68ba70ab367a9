"""A correction proposed by who declared, and what is answered to it."""

from django import forms

from clausette.web.inputs import FreeText, Hours


class Proposal(forms.Form):
    """What a validated line should be, and why."""

    hours = Hours(
        "Heures exactes", least=0, most=100_000, help_text="0 si cette personne n'a pas travaillé ce mois-ci."
    )
    reason = FreeText(
        "Motif", max_length=250, lines=2,
        help_text="Par exemple : « feuille d'heures mal lue ». Le facilitateur lit cette phrase. N'y nommez personne.",
    )  # fmt: skip
    vu = Hours("Heures à l'écran", least=0, most=100_000, required=False, widget=forms.HiddenInput)


class ProposalAnswer(forms.Form):
    """Accept or decline; a refusal says why."""

    outcome = forms.ChoiceField(
        label="Votre réponse", widget=forms.RadioSelect,
        choices=[
            ("accept", "Accepter : la correction est écrite tout de suite"),
            ("decline", "Refuser : la ligne reste comme elle est"),
        ],
        error_messages={"required": "Choisissez : accepter ou refuser."},
    )  # fmt: skip
    reason = FreeText(
        "Motif", max_length=300, lines=2, required=False, help_text="Demandé pour un refus : l'entreprise le lit."
    )
