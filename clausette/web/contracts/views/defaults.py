"""Default rules of a structure: those of today, those of before and to come, the next ones from a day on."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.commitments import permissions
from clausette.commitments.queries import (
    Conditions,
    DefaultsLine,
    Followers,
    default_line,
    default_lines,
    followers,
    usual_counting,
)
from clausette.commitments.rules import held_on
from clausette.hours.operations import change_default_rules, withdraw_default_rules
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.decision import demand
from clausette.kernel.french import format_date, plural
from clausette.reference.queries import parameters_on
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Breadcrumb, Crumb
from clausette.web.components.notices import EmptyState
from clausette.web.components.tables import Table
from clausette.web.contracts.forms.conditions import conditions_initial, differences
from clausette.web.contracts.forms.defaults import DefaultsForm
from clausette.web.contracts.forms.engagement_life import ReasonForm
from clausette.web.contracts.views.common import href
from clausette.web.contracts.views.doing import done, sent
from clausette.web.contracts.views.outsiders import Outsiders
from clausette.web.doors import action


def usual() -> Conditions:
    """The conditions of a structure that never wrote any: the usage of the day."""
    return Conditions(penalty_multiplier=parameters_on(clock.today())["penalty_multiplier"])


@action("facilitator", methods=("GET", "POST"))
def default_rules(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What the structure proposes for each new engagement, and what those that say nothing follow, from a day on."""
    demand(permissions.can_set_defaults(actor))
    today, lines = clock.today(), default_lines(actor=actor)
    alive = [line for line in lines if line.withdrawn_on is None]
    held = held_on(alive, today)
    started = {"starts_on": today if alive else None}
    form = DefaultsForm(
        **sent(request), anything=bool(alive), initial=conditions_initial(held.said if held else usual()) | started
    )
    form.say_counting(usual_counting(on=today))
    outside = Outsiders()

    def write() -> None:
        with outside.noted():
            outside.left = change_default_rules(
                actor=actor, on=today, decided=form.decided(), options=form.options(), starts_on=form.day("starts_on"),
                reason=form.cleaned_data["reason"],
            )  # fmt: skip

    if done(request, form, write, "Les règles par défaut sont enregistrées."):
        after = "hours:all_outside" if outside.to_correct(form) else "contracts:default_rules"
        return HttpResponseRedirect(href(actor, after))
    context = {
        "form": form,
        "table": _table(actor, lines, today),
        "touched": touched(followers(actor=actor)),
        "crumbs": Breadcrumb((Crumb("Structure", href(actor, "account:members")),)),
        "cancel": href(actor, "account:members"),
        "outside_href": href(actor, "hours:all_outside"),
        **outside.shown(request, actor, form),
    }
    status = 400 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "contracts/default_rules.html", context, status=status)


def touched(found: Followers) -> str:
    """What a change of rules bears on."""
    if not found.running:
        return "Aucun engagement en cours ne les suit encore."
    told = f"{plural(found.running, 'engagement en cours suit', 'engagements en cours suivent')} ces contrôles"
    if not found.own:
        return f"{told} et ces règles de comptage, sauf ce que le marché dit lui-même."
    own = plural(found.own, "dit lui-même toutes ses règles", "disent eux-mêmes toutes leurs règles")
    return f"{told} ; {own} de comptage, les autres suivent celles-ci."


def _before(line: DefaultsLine, alive: Sequence[DefaultsLine]) -> Conditions:
    """What held just before these rules. `alive`: the latest first."""
    if line.starts_on is None:
        return usual()
    earlier = [one for one in alive if one.starts_on is None or one.starts_on < line.starts_on]
    return earlier[0].said if earlier else usual()


def _table(actor: Actor, lines: Sequence[DefaultsLine], today: date) -> Table:
    alive = [line for line in lines if line.withdrawn_on is None]
    held = held_on(alive, today)
    changed = {row.uid: " ; ".join(differences(row.said, _before(row, alive))) for row in lines}

    def since(row: DefaultsLine) -> object:
        return format_date(row.starts_on) if row.starts_on else "le début"

    def state(row: DefaultsLine) -> object:
        if row.withdrawn_on is not None:
            return f"Retirées le {format_date(row.withdrawn_on)} : {row.withdrawn_reason}"
        if row == held:
            return "en vigueur"
        return "à venir" if row.starts_on and row.starts_on > today else "passées"

    def gesture(row: DefaultsLine) -> object:
        if row.withdrawn_on is not None or row.starts_on is None:
            return ""
        about = f"les règles du {format_date(row.starts_on)}"
        return LinkButton("Retirer", href(actor, "contracts:withdraw_defaults", uid=row.uid), "quiet", about=about)

    columns: list[Column[DefaultsLine]] = [
        Column("Depuis", since),
        Column("Ce qui change", lambda row: changed[row.uid] or "comme avant"),
        Column("Motif", lambda row: row.reason or "–"),
        Column("État", state),
        Column("Geste", gesture),
    ]
    empty = EmptyState(
        "Aucune règle écrite", "L'usage daté s'applique. Les premières règles valent depuis le début, ou depuis "
        "le jour que vous dites.", icon="file",
    )  # fmt: skip
    return Table("Règles par défaut dans le temps", columns, lines, empty=empty, narrow="cards")


@action("facilitator", methods=("GET", "POST"))
def withdraw(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Take back default rules typed wrong."""
    demand(permissions.can_set_defaults(actor))
    line = default_line(actor=actor, uid=uid)
    form, back = ReasonForm(**sent(request)), href(actor, "contracts:default_rules")

    def write() -> None:
        withdraw_default_rules(actor=actor, uid=uid, on=clock.today(), reason=form.cleaned_data["reason"])

    if done(request, form, write, "Les règles sont retirées."):
        return HttpResponseRedirect(back)
    since = f"à partir du {format_date(line.starts_on)}" if line.starts_on else "depuis le début"
    context = {
        "form": form,
        "title": "Retirer des règles par défaut",
        "verb": "Retirer",
        "lead": f"Règles {since}. Celles d'avant valent de nouveau à leur place.",
        "crumbs": Breadcrumb(
            (Crumb("Structure", href(actor, "account:members")), Crumb("Règles par défaut", back))
        ),
        "cancel": back,
    }
    status = 400 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "layout/form.html", context, status=status)
