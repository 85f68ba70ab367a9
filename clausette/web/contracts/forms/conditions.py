"""The conditions of an engagement, and the default rules of a structure: the same fields, three pages."""

from decimal import Decimal
from typing import Any

from django import forms

from clausette.commitments.enums import EttAdmission, Periodicity, WorkStudyCounting
from clausette.commitments.operations import EngagementOptions, Options
from clausette.commitments.queries import Conditions
from clausette.commitments.rules import MOST_MONTHS, MOST_MULTIPLIER, Applied, Counting
from clausette.hours.operations import Decided
from clausette.hours.rules.controls import CONTROLS
from clausette.kernel.french import format_number, format_percent, plural
from clausette.placements.enums import Modality
from clausette.reference.queries import categories
from clausette.web.contracts.forms.fields import AreaForm, Share, whole_field
from clausette.web.inputs import Amount, FreeText, Month

COPIED = ("ett", "periodicity", "due_day", "penalty_multiplier", "publics", "modalities", "confirmed_by_firm")
COUNTED = ("cdi_months", "work_study", "training_cap", "validity_months")


class ConditionsForm(AreaForm):
    """Who is admitted, how hours are handed over, how they are counted."""

    counting_hint = (
        "Laissées vides, ce sont celles de la structure, sinon l'usage daté. Elles valent pour tous les mois : si le "
        "marché change en cours de route, dites-le dans « Règles de valorisation », à partir d'un mois."
    )
    publics = forms.MultipleChoiceField(
        label="Publics admis", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Aucun coché : tous les publics éligibles.",
    )  # fmt: skip
    modalities = forms.MultipleChoiceField(
        label="Modalités admises", choices=Modality.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Aucune cochée : toutes. L'intérim classique suit en plus sa propre règle.",
    )  # fmt: skip
    ett = forms.ChoiceField(label="Intérim classique", choices=EttAdmission.choices)
    periodicity = forms.ChoiceField(label="Relevés d'heures", choices=Periodicity.choices)
    due_day = whole_field("Relevé attendu le (jour du mois)", low=1, high=28, required=True)
    penalty_multiplier = Amount(
        "Pénalité : multiple du SMIC horaire par heure", least=0, most=MOST_MULTIPLIER, help_text="Par exemple 2.",
    )  # fmt: skip
    cdi_months = whole_field("Mois comptés d'un CDI", low=1, high=MOST_MONTHS)
    work_study = forms.ChoiceField(label="Heures comptées en alternance", required=False)
    training_cap = Share("Heures de formation au plus", zero=True, required=False)
    validity_months = whole_field("Mois comptés d'une personne", low=1, high=MOST_MONTHS)

    controls_off = forms.MultipleChoiceField(
        label="Contrôles éteints", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Un contrôle éteint ne dit plus rien des heures à venir. Les autres contrôles ne s'éteignent pas.",
    )  # fmt: skip

    confirmed_by_firm = forms.BooleanField(
        label="L'entreprise confirme les heures que d'autres déclarent", required=False,
        help_text="L'employeur (ETTI, GEIQ…) déclare, l'entreprise titulaire confirme ou conteste ligne par ligne, "
        "vous tranchez et validez.",
    )  # fmt: skip

    outside = forms.ChoiceField(
        label="Ces heures validées", required=False, widget=forms.RadioSelect,
        choices=[
            ("keep", "Restent comptées, malgré les nouvelles règles"),
            ("correct", "Sont à corriger : la page suivante les montre"),
        ],
    )  # fmt: skip
    outside_reason = FreeText("Pourquoi", max_length=200, lines=2, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = [(row.code, row.label) for row in categories()]
        self.fields["publics"].choices = known  # type: ignore[attr-defined]  # ChoiceField
        off = [(one.code, f"{one.title} ({one.code})") for one in CONTROLS if one.may_be_off]
        self.fields["controls_off"].choices = off  # type: ignore[attr-defined]  # ChoiceField
        said = [("", "Non précisé"), *WorkStudyCounting.choices]
        self.fields["work_study"].choices = said  # type: ignore[attr-defined]  # ChoiceField

    def say_counting(self, found: Applied, structure: Counting | None = None) -> None:
        """Say at each counting rule what applies when it is left empty, and where that comes from."""
        told = counting_told(found)
        for name in COUNTED:
            own = structure is not None and getattr(structure, name) is not None
            self.fields[
                name
            ].help_text = f"Vide : {told[name]} ({'règle de la structure' if own else 'usage daté'})."

    def say_structure(self, structure: Conditions) -> None:
        """Say at each condition copied at the creation what the structure proposes today."""
        told = copied_told(structure)
        for name in COPIED:
            kept = self.fields[name].help_text
            self.fields[name].help_text = f"{kept} Règle de la structure : {told[name]}.".strip()

    @property
    def conditions_open(self) -> bool:
        """Whether something typed in the folded part must be seen."""
        return any(name in self.errors for name in (*COPIED, *COUNTED))

    def ask_outside(self) -> None:
        """Hours validated stop the change: what becomes of them must be said, and why."""
        for name in ("outside", "outside_reason"):
            self.fields[name].required = True
        if self.data.get("outside") and not self.cleaned_data.get("outside_reason"):
            self.add_error("outside_reason", "Dites pourquoi, en quelques mots.")

    def decided(self) -> Decided | None:
        """What becomes of hours validated outside the new rules; None when it is not said with its reason."""
        fate, reason = self.cleaned_data["outside"], self.cleaned_data["outside_reason"]
        return Decided(fate == "keep", reason) if fate and reason else None

    def options(self) -> Options:
        """What is to be written: everything the form shows, save what it may leave to the structure and is left."""
        values = self.cleaned_data
        work_study = values["work_study"]
        found = Options(
            publics=list(values["publics"]),
            modalities=list(values["modalities"]),
            cdi_months=values["cdi_months"],
            work_study=WorkStudyCounting(work_study) if work_study else None,
            training_cap=values["training_cap"],
            validity_months=values["validity_months"],
            confirmed_by_firm=values["confirmed_by_firm"],
        )
        if "controls_off" in values:
            found["controls_off"] = list(values["controls_off"])
        if values["ett"]:
            found["ett"] = EttAdmission(values["ett"])
        if values["periodicity"]:
            found["periodicity"] = Periodicity(values["periodicity"])
        if values["due_day"]:
            found["due_day"] = values["due_day"]
        if values["penalty_multiplier"] is not None:
            found["penalty_multiplier"] = values["penalty_multiplier"]
        return found


def copied_initial(said: Conditions) -> dict[str, object]:
    """What the form shows first of the conditions that are copied on a new engagement."""
    return {
        "ett": said.ett,
        "periodicity": said.periodicity,
        "due_day": str(said.due_day),
        "penalty_multiplier": said.penalty_multiplier,
        "publics": list(said.publics),
        "modalities": list(said.modalities),
        "confirmed_by_firm": said.confirmed_by_firm,
    }


def conditions_initial(said: Conditions) -> dict[str, object]:
    """What the form shows first of everything that is written."""
    counted = {name: getattr(said.counting, name) for name in COUNTED}
    return copied_initial(said) | counted | {"controls_off": list(said.controls_off)}


def counting_told(found: Applied) -> dict[str, str]:
    """The counting rules in words, by field."""
    cap = (
        "sans plafond"
        if found.training_cap is None
        else f"{format_percent(found.training_cap)} des heures dues"
    )
    return {
        "cdi_months": plural(found.cdi_months, "mois", "mois"),
        "work_study": found.work_study.label.lower(),
        "training_cap": cap,
        "validity_months": plural(found.validity_months, "mois", "mois"),
    }


def differences(said: Conditions, before: Conditions) -> list[str]:
    """What conditions say that those before them did not, in words: « Mois comptés d'un CDI : 12 mois »."""
    old, new = _told(before), _told(said)
    return [f"{label} : {words}" for label, words in new.items() if words != old[label]]


def _told(said: Conditions) -> dict[str, str]:
    """All that conditions say, by what it is of; publics, modalities and controls by their names."""
    fields = ConditionsForm().fields
    off = dict(fields["controls_off"].choices)  # type: ignore[attr-defined]  # ChoiceField
    copied = copied_told(said)
    for name in ("publics", "modalities"):
        known = dict(fields[name].choices)  # type: ignore[attr-defined]  # ChoiceField
        copied[name] = ", ".join(str(known.get(code, code)) for code in getattr(said, name)) or copied[name]
    counting, usage = said.counting, "usage daté"
    cap = counting.training_cap
    counted = {
        "cdi_months": plural(counting.cdi_months, "mois", "mois") if counting.cdi_months else usage,
        "work_study": counting.work_study.label.lower() if counting.work_study else usage,
        "training_cap": usage if cap is None else f"{format_percent(cap)} des heures dues",
        "validity_months": plural(counting.validity_months, "mois", "mois") if counting.validity_months else usage,
        "controls_off": ", ".join(str(off.get(code, code)) for code in said.controls_off) or "aucun",
    }
    return {str(fields[name].label): words for name, words in (copied | counted).items()}


def copied_told(said: Conditions) -> dict[str, str]:
    """The conditions that are copied, in words, by field."""
    return {
        "ett": said.ett.label.lower(),
        "periodicity": said.periodicity.label.lower(),
        "due_day": f"le {said.due_day}",
        "penalty_multiplier": format_number(Decimal(said.penalty_multiplier)),
        "publics": plural(len(said.publics), "public") if said.publics else "tous",
        "modalities": plural(len(said.modalities), "modalité") if said.modalities else "toutes",
        "confirmed_by_firm": "oui" if said.confirmed_by_firm else "non",
    }


class EngagementConditionsForm(ConditionsForm):
    """The same on one engagement, which may have been taken over under way."""

    expected_from = Month(
        "Relevés attendus depuis", required=False,
        help_text="Par exemple 10/2026. Vide : depuis le début de l'engagement.",
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["controls_off"]  # dated: a page of its own

    def options(self) -> EngagementOptions:
        """What is to be written, the first month expected too."""
        return EngagementOptions(**super().options(), expected_from=self.cleaned_data["expected_from"])
