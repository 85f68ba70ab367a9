"""What is answered line by line when a statement is validated: not retained, under reserve, late."""

from uuid import UUID

from django import forms
from django.http import HttpRequest

from clausette.hours.operations import Reserve
from clausette.kernel.parsing import parse_date
from clausette.web.inputs import FreeText


def typed(request: HttpRequest, prefix: str) -> dict[str, str]:
    """Return what was typed in the boxes whose name begins so, by the rest of the name."""
    return {
        key.removeprefix(prefix): str(value) for key, value in request.POST.items() if key.startswith(prefix)
    }


def by_line(request: HttpRequest, prefix: str) -> dict[UUID, str]:
    """Return the texts typed for lines, by line; empty boxes left out."""
    found = {}
    for raw, text in typed(request, prefix).items():
        if text.strip():
            try:
                found[UUID(raw)] = text
            except ValueError:
                continue
    return found


def reserves_typed(request: HttpRequest) -> dict[UUID, Reserve]:
    """Return the reserves asked for; a date that cannot be read is no date, and is refused by the operation."""
    limits = by_line(request, "limite-")
    found = {}
    for uid, reason in by_line(request, "reserve-").items():
        try:
            until = parse_date(limits.get(uid, ""))
        except ValueError:
            until = None
        found[uid] = Reserve(until, reason)
    return found


class SettleForm(forms.Form):
    """What becomes of hours retained under reserve."""

    outcome = forms.ChoiceField(
        label="Décision",
        choices=[("kept", "Lever la réserve : les heures sont validées"), ("refused", "Ne pas retenir ces heures")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez ce que deviennent ces heures."},
    )
    reason = FreeText("Motif", max_length=300, lines=2, help_text="La pièce reçue, ou ce qui manque.")


class DecideForm(forms.Form):
    """Which of two figures is retained."""

    outcome = forms.ChoiceField(
        label="Chiffre retenu", widget=forms.RadioSelect, choices=[("declared", ""), ("theirs", "")],
        error_messages={"required": "Choisissez le chiffre retenu."},
    )  # fmt: skip
    reason = FreeText(
        "Motif", max_length=300, lines=2, help_text="L'entreprise et l'employeur lisent cette phrase telle quelle."
    )

    def say(self, declared: str, theirs: str) -> None:
        """Write both figures at their buttons."""
        self.fields["outcome"].choices = [("declared", declared), ("theirs", theirs)]  # type: ignore[attr-defined]  # ChoiceField


class OutsideForm(forms.Form):
    """Why lines outside the counting rules are brought to zero."""

    reason = FreeText("Motif", max_length=300, lines=2, help_text="Il est gardé avec chaque ligne corrigée.")
