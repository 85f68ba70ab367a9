"""« Vos modèles »: the DOCX templates that a structure puts in the place of ours, and the variables they may say."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse

from clausette.advice.enums import TextKind
from clausette.advice.operations import bring_template, withdraw_template
from clausette.advice.queries import TemplateLine, list_templates, template_file
from clausette.advice.texts.catalogue import TEXTS, names_of
from clausette.advice.texts.word import own_template
from clausette.files.enums import Purpose
from clausette.files.queries import FileContent
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.errors import Absent, Refusal
from clausette.kernel.french import format_short_date
from clausette.web.advice.template_forms import TemplateForm
from clausette.web.advice.views.common import href, tabs
from clausette.web.advice.views.texts import DOCX
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import LinkButton, PostButton
from clausette.web.components.lists import Breadcrumb, Crumb
from clausette.web.components.notices import EmptyState
from clausette.web.components.tables import Table
from clausette.web.doors import action, page
from clausette.web.refusals import add_refusal
from clausette.web.transfers import attachment, limited_upload, refuse_cut


@limited_upload(Purpose.TEMPLATE)
@action("facilitator", methods=("GET", "POST"))
def listing(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The templates of the structure; a new one may be sent."""
    if request.method != "POST":
        asked = request.GET.get("texte", "")
        return _page(request, actor, TemplateForm(initial={"kind": asked}))
    form = TemplateForm(request.POST, request.FILES)
    if refuse_cut(request, form):
        return _page(request, actor, form, status=413)
    if form.is_valid():
        kind, sent = TextKind(form.cleaned_data["kind"]), form.cleaned_data["file"]
        try:
            bring_template(actor=actor, kind=kind, name=sent.name, data=sent.read())
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, f"Votre modèle sert maintenant pour « {kind.label} ».")
            return HttpResponseRedirect(href(actor, "advice:templates"))
    return _page(request, actor, form, status=400)


def _page(request: HttpRequest, actor: Actor, form: TemplateForm, *, status: int = 200) -> HttpResponse:
    lines = list_templates(actor=actor)
    context = {
        "tabs": tabs(actor, "advice:templates"),
        "form": form,
        "own": _own(request, actor, lines),
        "ours": _ours(actor, lines),
    }
    return TemplateResponse(request, "advice/templates.html", context, status=status)


def _own(request: HttpRequest, actor: Actor, lines: tuple[TemplateLine, ...]) -> Table:
    def about(line: TemplateLine) -> str:
        return f"{line.kind.label}, version {line.number}"

    def state(line: TemplateLine) -> Badge:
        if line.withdrawn_at:
            return Badge("Retiré", "neutral")
        return Badge("En service", "ok") if line.serves else Badge("Remplacé", "neutral")

    def withdraw(line: TemplateLine) -> PostButton | None:
        if line.withdrawn_at:
            return None
        target = href(actor, "advice:withdraw_template", uid=line.uid)
        return PostButton("Retirer", target, "quiet", about=about(line), token=get_token(request))

    def brought(line: TemplateLine) -> str:
        return f"{format_short_date(line.brought_at.astimezone(clock.PARIS).date())}, {line.brought_by}"

    columns: list[Column[TemplateLine]] = [
        Column("Texte", lambda line: str(line.kind.label)),
        Column("Version", lambda line: line.number, "int"),
        Column("Fichier", lambda line: line.name),
        Column("Apporté", brought),
        Column("État", state),
        Column("Geste", withdraw),
    ]
    why = "Un modèle à vous garde votre logo et vos formules ; les valeurs de l'achat y sont écrites."
    return Table(
        "Vos modèles", columns, lines, narrow="cards", empty=EmptyState("Aucun modèle à vous", why),
        row_href=lambda line: href(actor, "advice:template_file", uid=line.uid),
    )  # fmt: skip


def _ours(actor: Actor, lines: tuple[TemplateLine, ...]) -> Table:
    serving = {line.kind: line.number for line in lines if line.serves}
    columns: list[Column[TextKind]] = [
        Column("Texte", lambda kind: str(kind.label)),
        Column("Sert aujourd'hui", lambda kind: _whose(serving.get(kind))),
        Column("Version du nôtre", lambda kind: TEXTS[kind].version),
    ]
    return Table(
        "Nos modèles", columns, tuple(TextKind), narrow="cards",
        row_href=lambda kind: href(actor, "advice:template_kind", kind=kind.value),
    )  # fmt: skip


def _whose(version: int | None) -> str:
    return "le nôtre" if version is None else f"le vôtre, version {version}"


def _kind(value: str) -> TextKind:
    if value not in TextKind.values:
        raise Absent("advice.Text")
    return TextKind(value)


@page("facilitator")
def variables(request: HttpRequest, actor: Actor, *, kind: str) -> HttpResponse:
    """What a template of this text may say: the closed list of its variables, and ours to start from."""
    text = _kind(kind)
    columns: list[Column[tuple[str, str]]] = [
        Column("À écrire dans le modèle", lambda row: row[0]),
        Column("Ce que c'est", lambda row: row[1]),
    ]
    context = {
        "kind": text,
        "crumbs": Breadcrumb((Crumb("Modèles", href(actor, "advice:templates")),)),
        "table": Table("Variables", columns, names_of(text).documented(), narrow="cards"),
        "download": LinkButton("Télécharger notre modèle", href(actor, "advice:our_template", kind=kind), "primary"),
        "send": LinkButton("Envoyer le vôtre", href(actor, "advice:templates", query={"texte": kind}), "secondary"),
    }
    return TemplateResponse(request, "advice/template_kind.html", context)


@page("facilitator")
def ours(request: HttpRequest, actor: Actor, *, kind: str) -> HttpResponse:
    """Our template of a text, its variables written."""
    text = _kind(kind)
    return attachment(FileContent(f"modele-{kind}-{TEXTS[text].version}.docx", DOCX, own_template(text), ""))


@page("facilitator")
def own_file(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """A template of the structure, as it was sent."""
    return attachment(template_file(actor=actor, uid=uid))


@action("facilitator")
def withdraw(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Take a template out of service."""
    withdraw_template(actor=actor, uid=uid, at=clock.now())
    messages.success(request, "Le modèle est retiré.")
    return HttpResponseRedirect(href(actor, "advice:templates"))
