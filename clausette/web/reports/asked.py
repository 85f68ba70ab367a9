"""The form of a new document, and what it asks."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from clausette.kernel.actor import Actor
from clausette.kernel.months import first_day, last_day
from clausette.reference.queries import months_of, parameters_on
from clausette.reports.enums import Audience, FileFormat, FteDivisor, ReportKind, SubjectKind
from clausette.reports.queries import SUBJECTS, Asked, SubjectChoice, Target, last_closing
from clausette.reports.rules import Span, civil_year, usual_closing
from clausette.web.inputs import FreeText, FrenchDate

START, OTHER = "debut", "autre"
KINDS = (ReportKind.SUMMARY, ReportKind.UPDATE, ReportKind.YEAR_CERTIFICATE)
YEARS = 6
WRONG = {
    ReportKind.SUMMARY: "Un bilan porte sur un marché, une opération ou un maître d'ouvrage.",
    ReportKind.UPDATE: "Un point d'étape porte sur un marché ou un engagement.",
    ReportKind.YEAR_CERTIFICATE: "Une attestation annuelle porte sur une entreprise.",
}


class MakeForm(forms.Form):
    """Kind, subject, period; what is left open has a usual answer."""

    nature = forms.ChoiceField(label="Document", choices=[(kind, kind.label) for kind in KINDS])
    objet = forms.CharField(
        label="Sur quoi",
        widget=forms.Select(),
        error_messages={"required": "Choisissez ce que dit le document."},
    )
    periode = forms.ChoiceField(
        label="Période", help_text="Un point d'étape va toujours du début à aujourd'hui."
    )
    du = FrenchDate("Du", required=False, help_text="Pour une autre période : un premier jour de mois.")
    au = FrenchDate("Au", required=False, help_text="Un dernier jour de mois.")
    diffusion = forms.ChoiceField(
        label="Diffusion", choices=Audience.choices, required=False,
        help_text="Communicable : répartitions par critère personnel masquées sous 5 personnes.",
    )  # fmt: skip
    etp = forms.ChoiceField(label="Équivalent temps plein", choices=FteDivisor.choices, required=False)
    clos = FrenchDate(
        "Années précédentes closes au", required=False,
        help_text="Les heures plus anciennes validées depuis sont des rattrapages, sur leur ligne. "
        "Vide : le jour du bilan précédent, sinon deux mois après le début de la période (fin février pour une année).",
    )  # fmt: skip
    formats = forms.MultipleChoiceField(
        label="En plus du PDF", required=False, widget=forms.CheckboxSelectMultiple(),
        choices=[(FileFormat.XLSX, "Classeur, avec les lignes"), (FileFormat.DOCX, "Texte à modifier")],
    )  # fmt: skip
    remplace = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(self, data: Any, *, subjects: Sequence[SubjectChoice], today: date) -> None:
        years = [(str(year), f"Année {year}") for year in range(today.year, today.year - YEARS, -1)]
        super().__init__(
            data, initial={"periode": str(today.year), "formats": [FileFormat.XLSX, FileFormat.DOCX]}
        )
        self.today = today
        periods: Any = self.fields["periode"]
        periods.choices = [*years, (START, "Depuis le début"), (OTHER, "Autre période")]
        subject: Any = self.fields["objet"].widget
        subject.choices = _grouped(subjects, str(self.data.get("objet", "")) if data is not None else "")

    def clean(self) -> dict[str, Any]:
        """Check that the subject suits the kind, and the days the period. Errors are at their fields."""
        asked = super().clean() or self.cleaned_data
        kind = asked.get("nature")
        target = _target(str(asked.get("objet", "")))
        if asked.get("objet") and target is None:
            self.add_error("objet", "Cet objet n'est pas dans la liste.")
        elif kind and target and target.kind not in SUBJECTS[ReportKind(kind)]:
            self.add_error("objet", WRONG[ReportKind(kind)])
        if asked.get("periode") == OTHER and kind != ReportKind.UPDATE:
            for name in ("du", "au"):
                if not asked.get(name) and name not in self.errors:
                    self.add_error(name, "Donnez les deux jours de la période.")
        return asked

    def target(self) -> Target:
        """What the document is about; only when the form is valid."""
        found = _target(self.cleaned_data["objet"])
        if found is None:
            raise ValueError("the form is not valid")
        return found

    def kept(self) -> list[tuple[str, str]]:
        """The fields as they were sent, for the form that issues."""
        data: Any = self.data
        return [
            (name, text) for name in self.fields for text in data.getlist(name) if name != "reason" and text
        ]


def with_reason() -> type[MakeForm]:
    """The form of a document that replaces another: the reason is printed."""

    class Replacing(MakeForm):
        reason = FreeText("Motif du remplacement", max_length=300, lines=2, required=False)

    return Replacing


def _grouped(subjects: Sequence[SubjectChoice], chosen: str) -> list[Any]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in subjects:
        groups.setdefault(one.group, []).append((one.value, one.label))
    known = any(one.value == chosen for one in subjects)
    extra = [(chosen, "L'engagement ouvert")] if chosen.startswith("commitment:") and not known else []
    return [("", "Choisissez"), *extra, *groups.items()]


def _target(text: str) -> Target | None:
    kind, _, rest = text.partition(":")
    uid, _, buyer = rest.partition(":")
    try:
        return Target(SubjectKind(kind), UUID(uid), UUID(buyer) if buyer else None)
    except ValueError:
        return None


def asked_of(actor: Actor, form: MakeForm, target: Target, start: date) -> Asked:
    """Return what the valid form asks; `start`: first day of the first engagement of the subject."""
    told = form.cleaned_data
    kind = ReportKind(told["nature"])
    span = _span(told, kind, start, form.today)
    own = told.get("diffusion") == Audience.OWN and kind == ReportKind.SUMMARY
    return Asked(
        kind=kind,
        target=target,
        span=span,
        audience=Audience.OWN if own else Audience.PARTIES,
        closed_on=told.get("clos") or _closing(actor, target, span),
        fte=FteDivisor(told.get("etp") or FteDivisor.AVE),
    )


def _span(told: dict[str, Any], kind: ReportKind, start: date, today: date) -> Span:
    if kind == ReportKind.UPDATE:
        return Span(min(first_day(start), today), today)
    if told["periode"] == START:
        return Span(min(first_day(start), first_day(today)), last_day(today))
    if told["periode"] == OTHER:
        return Span(told["du"], told["au"])
    return civil_year(int(told["periode"]))


def _closing(actor: Actor, target: Target, span: Span) -> date:
    keys: dict[SubjectKind, dict[str, Any]] = {
        SubjectKind.CONTRACT: {"contract__uid": target.uid},
        SubjectKind.OPERATION: {"operation__uid": target.uid, "recipient__uid": target.buyer_uid},
        SubjectKind.BUYER: {"recipient__uid": target.uid, "contract": None, "operation": None},
    }
    same = keys.get(target.kind, {})
    last = last_closing(actor=actor, before=span.starts_on, **same) if same else None
    return last or usual_closing(span, months=months_of(parameters_on(span.ends_on), "year_closing_month"))
