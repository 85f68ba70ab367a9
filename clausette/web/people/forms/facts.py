"""What else is known of a person on the day of a decision: facts, reasoned opinion, what is missing."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django import forms

from clausette.participants.operations import Opinion
from clausette.participants.queries import HomeKnown
from clausette.participants.rules import LEVELS, FactsEntry, Paper, Situation
from clausette.web.inputs import FreeText, FrenchDate

MONTHS = [("", "Non renseigné"), *((str(count), str(count)) for count in range(13))]
OPINION = ("opinion_author", "opinion_body", "opinion_on", "opinion_text")
FACTS = ("registered_on", "months_worked", "level", "left_school_on", "inactive_since")


class FactsFields(forms.Form):
    """Nothing here is asked of a decision, but the reasoned opinion of those that rest on one."""

    registered_on = FrenchDate(
        "Inscription à France Travail", required=False, help_text="Sans interruption depuis cette date."
    )
    months_worked = forms.ChoiceField(
        label="Mois travaillés", required=False, choices=MONTHS, help_text="Sur les douze derniers mois."
    )
    level = forms.ChoiceField(
        label="Niveau de formation", required=False, choices=[("", "Non renseigné"), *LEVELS.items()],
        help_text="En mots : le « niveau 3 » d'aujourd'hui (CAP, BEP) était le « niveau V » avant 2019.",
    )
    left_school_on = FrenchDate("Sortie de l'école", required=False)
    inactive_since = FrenchDate("Sans activité depuis", required=False, help_text="Pour un jeune diplômé.")
    already_employed = forms.BooleanField(label="Déjà salarié de l'entreprise qui recrute", required=False)
    employed_reason = FreeText(
        "Pourquoi l'accepter tout de même", max_length=300, lines=1, required=False,
        help_text="Par exemple une progression, acceptée par l'acheteur.",
    )  # fmt: skip
    opinion_author = FreeText("Auteur de l'avis motivé", max_length=120, lines=1, required=False)
    opinion_body = FreeText("Organisme de l'auteur", max_length=160, lines=1, required=False)
    opinion_on = FrenchDate("Avis daté du", required=False)
    opinion_text = FreeText("Ce que dit l'avis", max_length=1500, lines=3, required=False)
    missing = FreeText(
        "Ce qui manque", max_length=500, lines=2, required=False,
        help_text="Les pièces que la réponse demande y sont ajoutées.",
    )  # fmt: skip

    @property
    def facts_fields(self) -> list[forms.BoundField]:
        """Dates and level."""
        return [self[name] for name in FACTS]

    @property
    def opinion_fields(self) -> list[forms.BoundField]:
        """The reasoned opinion."""
        return [self[name] for name in OPINION]

    @property
    def facts_open(self) -> bool:
        """Whether a fact was sent, or is wrong; or is known already and would be frozen unseen."""
        if not self.is_bound:
            return any(self.initial.get(name) for name in (*FACTS, "others"))
        seen = self.data.get("decision") in ("voir", "attente")
        return seen or any(self.data.get(name) for name in (*FACTS, "already_employed", "others"))

    @property
    def opinion_open(self) -> bool:
        """Whether a reasoned opinion is asked or begun."""
        return self.is_bound and (
            self.data.get("category") == "AVIS_MOTIVE" or any(self.data.get(name) for name in OPINION)
        )

    def facts(self, home: HomeKnown | None) -> FactsEntry:
        """What will be frozen with the decision."""
        said = self.cleaned_data
        return FactsEntry(
            level=said["level"], registered_on=said["registered_on"], months_worked=self._months(),
            already_employed=said["already_employed"] or None, in_district=home.in_district if home else None,
            district_2024=home.district_2024 if home else "", district_2015=home.district_2015 if home else "",
            district_means=home.means if home and home.in_district else None,
        )  # fmt: skip

    def _months(self) -> Decimal | None:
        raw = self.cleaned_data["months_worked"]
        return Decimal(raw) if raw else None

    def opinion(self) -> Opinion | None:
        """The reasoned opinion; None when the public retenu asks none and nothing of it is written."""
        author, body, given_on, text = (self.cleaned_data[name] for name in OPINION)
        if self.cleaned_data["category"] != "AVIS_MOTIVE" and not (author or body or given_on or text):
            return None
        return Opinion(author, body, text, given_on)

    def situation(
        self, born_on: date, today: date, *, options: Collection[str], admitted: Collection[str] | None
    ) -> Situation:
        """The situation as the rules take it, with the paper of the public retenu when its date is written."""
        said = self.cleaned_data
        main, paper = said.get("category") or "", Paper(said.get("evidence_on"), said.get("title_ends_on"))
        return Situation(
            said.get("decided_on") or today, frozenset({*said.get("others", ()), *([main] if main else [])}), born_on,
            said.get("registered_on"), self._months(), said.get("left_school_on"), said.get("inactive_since"),
            said.get("level", ""), paper.title_ends_on if main == "SIAE" else None,
            said.get("already_employed", False), frozenset(options), None if admitted is None else frozenset(admitted),
            {main: paper} if main and (paper.on or paper.title_ends_on) else {},
        )  # fmt: skip
