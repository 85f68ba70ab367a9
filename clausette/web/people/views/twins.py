"""One person once: pairs that look alike, the decision, and undoing a reunion."""

from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone

from clausette.hours.operations import merge_participants
from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.errors import Absent, Refusal
from clausette.kernel.french import format_date, plural
from clausette.participants.enums import PairState, Sex
from clausette.participants.operations import release, seek_twins, settle_different
from clausette.participants.queries import Pair, PairPerson, ReunionLine, open_pairs, pair_of, reunions
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Crumb, Fact, Facts
from clausette.web.components.notices import EmptyState
from clausette.web.components.paging import Pagination, page_number
from clausette.web.components.tables import Table
from clausette.web.doors import action
from clausette.web.people.common import crumbs, form_page, href
from clausette.web.people.forms.twins import OTHER, PairForm
from clausette.web.refusals import add_refusal
from clausette.web.typed import posted

TITLE = "Doublons possibles"


def likely(score: int) -> Badge:
    """How sure: a word, never a number alone."""
    return Badge("très probable", "warn") if score >= 90 else Badge("probable", "wait")


def _side(person: PairPerson) -> str:
    return f"{person.name}, {format_date(person.birth_date)}"


PAIRS: tuple[Column[Pair], ...] = (
    Column("Une fiche", lambda row: _side(row.first)),
    Column("L'autre", lambda row: _side(row.second)),
    Column("Ce qui se ressemble", lambda row: row.told),
    Column("Ressemblance", lambda row: likely(row.score)),
)


@action("facilitator", methods=("GET", "POST"))
def twins(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The pairs to look at; sent: compare all the persons of the structure."""
    if request.method == "POST":
        try:
            left = seek_twins(actor=actor)
        except Refusal as refusal:
            messages.warning(request, refusal.message)
        else:
            told = plural(left, "doublon possible", "doublons possibles")
            messages.success(request, f"Toutes les personnes sont comparées : {told} à examiner.")
        return HttpResponseRedirect(href(actor, "people:twins"))
    pairs, total = open_pairs(actor=actor, page=page_number(request))
    note_reading(request, ReadingKind.IDENTITY, [side.uid for pair in pairs for side in (pair.first, pair.second)])
    done = reunions(actor=actor, since=clock.now().replace(hour=0, minute=0, second=0, microsecond=0))
    note_reading(request, ReadingKind.IDENTITY, [uid for line in done for uid in (line.kept_uid, line.gone_uid)])
    context = {
        "title": TITLE,
        "crumbs": crumbs(actor),
        "table": Table(
            TITLE, PAIRS, pairs, row_href=lambda row: href(actor, "people:twin", uid=row.uid),
            empty=EmptyState(
                "Aucun doublon à examiner",
                "Chaque personne enregistrée est comparée aux autres. Le bouton compare de nouveau toute la structure.",
                icon="people",
            ),
        ),
        "total": total,
        "pagination": Pagination(
            total, page_number(request), "doublons possibles", request.GET, singular="doublon possible"
        ),
        "done": [(line, _undo(actor, line)) for line in done],
    }  # fmt: skip
    return TemplateResponse(request, "people/twins.html", context)


def _undo(actor: Actor, line: ReunionLine) -> LinkButton:
    address = href(actor, "people:part", uid=line.uid)
    return LinkButton("Défaire", address, "quiet", disabled=line.refusal, about=line.gone_name)


def _told_of(person: PairPerson) -> dict[str, str]:
    sex = Sex(person.sex)
    return {
        "Date de naissance": format_date(person.birth_date),
        "Sexe": "" if sex == Sex.UNKNOWN else sex.label,
        "Commune de résidence": person.commune_name,
        "Orientation": format_date(person.referred_on) if person.referred_on else "candidature directe",
        "Fiche créée le": format_date(timezone.localdate(person.created_at)),
    }


def _facts(person: PairPerson, other: PairPerson) -> Facts:
    """What one record says; where both say something else, a word tells it."""
    theirs = _told_of(other)
    return Facts(
        [
            Fact(term, said, help="différent sur l'autre fiche" if said and theirs[term] not in ("", said) else "")
            for term, said in _told_of(person).items()
        ]
    )


@action("facilitator", methods=("GET", "POST"))
def twin(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Two records side by side: one person, or two."""
    pair = pair_of(actor=actor, uid=uid)
    if pair.state != PairState.OPEN:
        messages.info(request, "Cette paire n'est plus à examiner.")
        return HttpResponseRedirect(href(actor, "people:twins"))
    form = PairForm(posted(request), pair=pair)
    if request.method == "POST":
        done = _decide(request, actor, form)
        if done is not None:
            return done
    note_reading(request, ReadingKind.IDENTITY, [pair.first.uid, pair.second.uid])
    sides = [
        (
            side.name, _facts(side, other),
            LinkButton("Ouvrir la fiche", href(actor, "people:show", uid=side.uid), "secondary", about=side.name),
        )
        for side, other in ((pair.first, pair.second), (pair.second, pair.first))
    ]
    context = {
        "title": "Est-ce la même personne ?", "crumbs": crumbs(actor, Crumb(TITLE, href(actor, "people:twins"))),
        "pair": pair, "sides": sides, "badge": likely(pair.score), "cancel": href(actor, "people:twins"),
    }  # fmt: skip
    return form_page(request, "people/twin.html", form, context)


def _decide(request: HttpRequest, actor: Actor, form: PairForm) -> HttpResponse | None:
    """Do what was answered; None: the form says why not."""
    if request.POST.get("decision") == OTHER:
        settle_different(actor=actor, uid=form.pair.uid, on=clock.today())
        messages.success(request, "C'est noté : ce sont deux personnes. La question ne sera plus posée.")
        return HttpResponseRedirect(href(actor, "people:twins"))
    if not form.is_valid():
        return None
    kept, gone = form.both()
    try:
        merge_participants(actor=actor, kept_uid=kept, gone_uid=gone, at=clock.now(), on=clock.today())
    except Refusal as refusal:
        add_refusal(form, refusal)
        return None
    messages.success(request, "Les deux fiches sont réunies. Cela peut être défait aujourd'hui.")
    return HttpResponseRedirect(href(actor, "people:show", uid=kept))


class PartForm(forms.Form):
    """Nothing to fill: the page says what will happen."""


@action("facilitator", methods=("GET", "POST"))
def part(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Undo a reunion, the same day."""
    line = _reunion(actor, uid)
    form = PartForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            gone = release(actor=actor, uid=uid, at=clock.now(), on=clock.today())
        except Refusal as refusal:
            form.is_valid()
            add_refusal(form, refusal)
        else:
            messages.success(request, "Les deux fiches sont de nouveau séparées.")
            return HttpResponseRedirect(href(actor, "people:show", uid=gone))
    note_reading(request, ReadingKind.IDENTITY, [line.kept_uid, line.gone_uid])
    back = href(actor, "people:show", uid=line.kept_uid)
    context = {
        "crumbs": crumbs(actor, Crumb(line.kept_name, back)), "cancel": back, "known": "",
        "title": "Défaire la réunion", "verb": "Séparer les deux fiches", "lead": _told(line),
    }  # fmt: skip
    return form_page(request, "people/form.html", form, context)


def _told(line: ReunionLine) -> str:
    day: date = timezone.localdate(line.reunited_at)
    return (
        f"La fiche de {line.gone_name} a été réunie à celle de {line.kept_name} le {format_date(day)} par {line.by}. "
        "Chaque fiche retrouve ce qu'elle avait. Possible le jour même, si rien n'a été écrit depuis."
    )


def _reunion(actor: Actor, uid: UUID) -> ReunionLine:
    for line in reunions(actor=actor, uid=uid):
        return line
    raise Absent("participants.Reunion")
