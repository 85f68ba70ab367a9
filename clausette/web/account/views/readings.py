"""« Lectures »: who opened which person, for the administrators of a structure."""

from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from clausette.access.operations import set_reading_alert
from clausette.access.permissions import can_read_readings
from clausette.access.queries import names_of_accounts, reading_threshold
from clausette.journal.enums import ReadingKind
from clausette.journal.queries import AlertLine, ReadingFilters, ReadingLine, list_readings, recent_alerts
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.decision import demand
from clausette.kernel.errors import Refusal
from clausette.participants.queries.referrals import names_of_candidates, shown_bodies
from clausette.participants.queries.visibility import names_of_persons
from clausette.reference.queries import parameter
from clausette.web.account.sessions import moment
from clausette.web.addresses import address_of
from clausette.web.components.badges import Badge
from clausette.web.components.lists import Breadcrumb, Crumb
from clausette.web.components.notices import EmptyState
from clausette.web.components.paging import Pagination, page_number
from clausette.web.components.tables import Table
from clausette.web.doors import action
from clausette.web.inputs import FrenchDate
from clausette.web.refusals import add_refusal


class FilterForm(forms.Form):
    """Filters of the list; they live in the address."""

    du = FrenchDate("Du", required=False)
    au = FrenchDate("Au", required=False)
    nature = forms.ChoiceField(label="Ce qui est lu", required=False, choices=[("", "Tout"), *ReadingKind.choices])
    qui = forms.ChoiceField(
        label="Par qui", required=False, choices=[("", "Tous"), ("autres", "Les autres organismes seulement")]
    )


class ThresholdForm(forms.Form):
    """From how many persons in an hour an administrator is told."""

    threshold = forms.IntegerField(
        label="Fiches ouvertes en une heure par un collègue", required=False, min_value=20, max_value=5000,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: object, usual: int, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # passed on as they come
        self.fields["threshold"].help_text = f"Vide : {usual}. Au-delà, un courriel ; personne n'est arrêté."


def _filters(form: FilterForm) -> ReadingFilters:
    said = form.cleaned_data if form.is_valid() else {}
    return ReadingFilters(said.get("du"), said.get("au"), said.get("nature", ""), said.get("qui") == "autres")


def _threshold(request: HttpRequest, actor: Actor) -> ThresholdForm | None:
    """The form of a structure whose colleagues are never stopped; None for the others."""
    if not actor.can("facilitator"):
        return None
    usual = int(parameter(code="reading_facilitator_hour", on=clock.today()))
    posted = request.POST if request.method == "POST" else None
    return ThresholdForm(posted, usual=usual, initial={"threshold": reading_threshold(actor=actor)})


@action(methods=("GET", "POST"))
def show_readings(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The readings, fifty a page, and the alerts; an administrator sets the threshold of alert."""
    demand(can_read_readings(actor))
    here, threshold = reverse("account:readings", kwargs={"slug": actor.slug}), _threshold(request, actor)
    if threshold is not None and threshold.is_bound and threshold.is_valid():
        try:
            set_reading_alert(actor=actor, threshold=threshold.cleaned_data["threshold"])
        except Refusal as refusal:
            add_refusal(threshold, refusal)
        else:
            messages.success(request, "Le seuil d'alerte est enregistré.")
            return HttpResponseRedirect(here)
    form, number = FilterForm(request.GET), page_number(request)
    lines, total = list_readings(actor=actor, filters=_filters(form), offset=(number - 1) * 50)
    alerts = recent_alerts(actor=actor)
    names = _Names(actor, lines, alerts)
    context = {
        "crumbs": Breadcrumb((Crumb("Structure", reverse("account:members", kwargs={"slug": actor.slug})),)),
        "form": form, "threshold": threshold, "table": _table(actor, lines, names), "total": total,
        "alerts": _alerts(alerts, names) if alerts else "",
        "pagination": Pagination(total, number, "lectures", request.GET),
    }  # fmt: skip
    part = "#results" if request.headers.get("HX-Request") else ""
    status = 400 if threshold is not None and threshold.is_bound and threshold.errors else 200
    return TemplateResponse(request, f"accounts/readings.html{part}", context, status=status)


class _Names:
    """How accounts, organisations and persons of a page are called (five queries)."""

    def __init__(self, actor: Actor, lines: Sequence[ReadingLine], alerts: Sequence[AlertLine]) -> None:
        every: list[ReadingLine | AlertLine] = [*lines, *alerts]
        self.accounts = names_of_accounts(one.account_id for one in every)
        self.bodies = shown_bodies(actor=actor, numbers=(one.organisation_id for one in every))
        uids = [one.subject_uid for one in lines]
        self.persons = names_of_persons(actor=actor, uids=uids)
        self.candidates = names_of_candidates(actor=actor, uids=uids)

    def reader(self, one: ReadingLine | AlertLine) -> str:
        """« Ana Roux, PLIE du Lys »; « organisme habilité » when the name of the body would tell of the person."""
        return f"{self.accounts.get(one.account_id, 'compte fermé')}, {self.bodies.get(one.organisation_id, '')}"

    def subject(self, one: ReadingLine) -> str | None:
        """Initials, and the way to the person: this page is not one more reading of fifty identities."""
        name = self.persons.get(one.subject_uid) or self.candidates.get(one.subject_uid)
        return " ".join(f"{word[0]}." for word in name.split()) if name else None


def _table(actor: Actor, lines: Sequence[ReadingLine], names: _Names) -> Table:
    columns: tuple[Column[ReadingLine], ...] = (
        Column("Quand", lambda one: moment(one.at)),
        Column("Qui", names.reader),
        Column("Ce qui est lu", lambda one: one.kind.label),
        Column("Personne", names.subject),
    )
    why = "Chaque ouverture d'une identité ou d'un motif s'écrit ici, sans que personne puisse l'effacer."

    def opened(one: ReadingLine) -> str:
        if one.subject_uid in names.persons:
            return address_of(actor, "people:show", uid=one.subject_uid)
        return address_of(actor, "referrals:show", uid=one.subject_uid) if one.subject_uid in names.candidates else ""

    empty = EmptyState("Aucune lecture", why, icon="search")
    return Table("Lectures", columns, lines, links={"Personne": opened}, empty=empty)


def _alerts(alerts: Sequence[AlertLine], names: _Names) -> Table:
    columns: tuple[Column[AlertLine], ...] = (
        Column("Quand", lambda one: moment(one.at)),
        Column("Qui", names.reader),
        Column("Niveau", lambda one: Badge(one.level.label, "warn" if one.level.value == "warn" else "danger")),
        Column("Personnes en une heure", lambda one: one.hour, "int"),
        Column("Personnes ce jour-là", lambda one: one.day, "int"),
    )
    return Table("Alertes", columns, alerts)
