"""The validation desk: what waits, what asks most first; « valider tous les relevés sans remarque »."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse

from clausette.hours.operations import CleanResult, validate_clean
from clausette.hours.queries import DeskFilters, DeskLine, DeskPage, statements_named, validation_desk
from clausette.hours.rules.ranking import Need
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.errors import NotAllowed, Refusal
from clausette.kernel.french import format_month, plural
from clausette.web.components.badges import Badge, Tone
from clausette.web.components.buttons import LinkButton, PostButton
from clausette.web.components.lists import Breadcrumb, Crumb
from clausette.web.components.notices import EmptyState
from clausette.web.components.paging import Pagination, page_number
from clausette.web.components.tables import Table, Under
from clausette.web.doors import action, page
from clausette.web.hours.forms.choices import DeskFilter
from clausette.web.hours.views.common import href
from clausette.web.hours.views.proposed import proposals_block
from clausette.web.hours.views.reopened import reopenings_block

SIZE = 50
TOLD = 5
TONES: dict[Need, Tone] = {Need.STOPS: "danger", Need.ANSWER: "warn", Need.NOTHING: "ok"}
BACK = "a-valider"
"""What a form says when it is to come back here."""


@page("facilitator")
def desk(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What waits for validation."""
    on, form, number = clock.today(), DeskFilter(request.GET), page_number(request)
    found = validation_desk(actor=actor, filters=form.filters(), on=on, offset=(number - 1) * SIZE, size=SIZE)
    form.offer(found)
    context = {
        "crumbs": Breadcrumb((Crumb("Heures", href(actor, "hours:list")),)),
        "form": form,
        "table": _table(request, actor, found, filtered=form.filters() != DeskFilters()),
        "pagination": Pagination(found.total, number, "relevés", request.GET),
        "all_clean": _all_clean(request, actor, found),
        "left": found.total - len(found.clean),
        "reopenings": reopenings_block(actor),
        "proposals": proposals_block(actor),
    }
    return TemplateResponse(request, "hours/waiting.html", context)


def _all_clean(request: HttpRequest, actor: Actor, found: DeskPage) -> PostButton:
    clean = found.clean
    return PostButton(
        f"Valider {plural(len(clean), 'relevé')} sans remarque" if clean else "Valider les relevés sans remarque",
        back_here(actor, "hours:validate_many", request.GET.urlencode()),
        disabled="" if clean else "Aucun relevé n'attend sans remarque.",
        fields={"releves": ",".join(str(uid) for uid in clean)},
        token=get_token(request),
    )  # fmt: skip


def back_here(actor: Actor, name: str, query: str) -> str:
    """An address of the area, followed by the filters in force."""
    kept = QueryDict(query).urlencode()
    return f"{href(actor, name)}?{kept}" if kept else href(actor, name)


def _table(request: HttpRequest, actor: Actor, found: DeskPage, *, filtered: bool) -> Table:
    token = get_token(request)

    def name(line: DeskLine) -> str:
        return f"{format_month(line.row.month)}, {line.row.declarant_name}"

    def validate(line: DeskLine) -> object:
        address = href(actor, "hours:validate", uid=line.row.uid)
        if line.need != Need.NOTHING:
            return LinkButton("Répondre", href(actor, "hours:statement", uid=line.row.uid), about=name(line))
        fields = {"version": str(line.row.version), "retour": BACK, "filtres": request.GET.urlencode()}
        return PostButton("Valider", address, "secondary", about=name(line), fields=fields, token=token)

    def send_back(line: DeskLine) -> LinkButton:
        address = f"{href(actor, 'hours:statement', uid=line.row.uid)}#renvoyer"
        return LinkButton("Renvoyer", address, "quiet", about=name(line))

    columns: list[Column[DeskLine]] = [
        Column("Relevé", lambda line: format_month(line.row.month)),
        Column("Marché", lambda line: line.row.contract_name),
        Column("Heures", lambda line: line.row.hours, "hours"),
        Column("Personnes", lambda line: line.row.people, "int"),
        Column("Pourquoi à cette place", lambda line: Badge(line.reasons[0], TONES[line.need])),
        Column("Validation", validate),
        Column("Renvoi", send_back),
    ]
    return Table(
        "Relevés à valider", columns, found.rows,
        row_href=lambda line: href(actor, "hours:statement", uid=line.row.uid),
        under={
            "Relevé": Under("Déclarant", lambda line: line.row.declarant_name),
            "Pourquoi à cette place": Under("Détail", _detail),
        },
        empty=_empty(actor, filtered=filtered),
    )  # fmt: skip


def _detail(line: DeskLine) -> str:
    """The rest of the reasons, with the titles of what was found: the gravest first."""
    found = sorted((one for one in line.row.remarks if one.stops or one.asks), key=lambda one: not one.stops)
    titles = list(dict.fromkeys(one.title for one in found))
    more = [f"et {plural(len(titles) - 2, 'autre point')}"] if len(titles) > 2 else []
    return " · ".join([*line.reasons[1:-1], *titles[:2], *more, line.reasons[-1]])


def _empty(actor: Actor, *, filtered: bool) -> EmptyState:
    if filtered:
        return EmptyState(
            "Rien de tel n'attend", "Aucun relevé à valider ne répond à ces filtres.",
            LinkButton("Voir tous les relevés à valider", href(actor, "hours:waiting")), icon="clock",
        )  # fmt: skip
    return EmptyState(
        "Aucun relevé n'attend",
        "Les relevés transmis par les entreprises arrivent ici. Ceux qui demandent un regard sont en tête.",
        LinkButton("Voir tous les relevés", href(actor, "hours:list")), icon="clock",
    )  # fmt: skip


@action("facilitator")
def validate_many(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Validate at once the statements in which nothing was found; tell how many, how many are left, and why."""
    uids = uids_typed(request.POST.get("releves", ""))
    back = HttpResponseRedirect(back_here(actor, "hours:waiting", request.GET.urlencode()))
    try:
        done = validate_clean(actor=actor, uids=uids, at=clock.now(), on=clock.today())
    except NotAllowed:
        raise
    except Refusal as refusal:
        messages.warning(request, refusal.message)
        return back
    _tell(request, done, statements_named(actor=actor, uids=[uid for uid, _ in done.left[:TOLD]]))
    return back


def uids_typed(text: str) -> list[UUID]:
    """The identifiers sent in one field, 500 at most; what is not one is left out."""
    uids = []
    for raw in text.split(",")[:500]:
        try:
            uids.append(UUID(raw))
        except ValueError:
            continue
    return uids


def _tell(request: HttpRequest, done: CleanResult, names: dict[UUID, tuple[date, str]]) -> None:
    if done.validated:
        messages.success(request, f"{plural(len(done.validated), 'relevé validé', 'relevés validés')}.")
    if done.already:
        told = plural(len(done.already), "relevé était", "relevés étaient")
        messages.info(request, f"{told} déjà {'validé' if len(done.already) == 1 else 'validés'}.")
    if done.left:
        count = plural(len(done.left), "relevé n'a pas été validé", "relevés n'ont pas été validés")
        messages.warning(request, f"{count}. {' '.join(_why(done.left[:TOLD], names))}")


def _why(left: Sequence[tuple[UUID, str]], names: dict[UUID, tuple[date, str]]) -> list[str]:
    """« Octobre 2026, Bâti Ouche : 232 h en octobre. »"""
    told = []
    for uid, sentence in left:
        month, declarant = names.get(uid, (None, ""))
        who = f"{format_month(month).capitalize()}, {declarant} : " if month else ""
        told.append(f"{who}{sentence}")
    return told
