"""« Textes »: what to paste in the tender and to send, from a study or from a contract followed."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header

from clausette.advice.enums import TextKind
from clausette.advice.queries import (
    bought_study,
    contract_texts,
    study_texts,
    template_file,
    template_serving,
)
from clausette.advice.texts.catalogue import OF_CONTRACT
from clausette.advice.texts.context import TextFacts, context_of
from clausette.advice.texts.filling import fill, grouped
from clausette.advice.texts.plain import plain_of
from clausette.advice.texts.word import word_of
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.errors import Absent
from clausette.kernel.french import plural
from clausette.web.advice.preview import html_of
from clausette.web.advice.views.common import href, uid_in
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Breadcrumb, Crumb
from clausette.web.components.tables import Table
from clausette.web.doors import page

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Subject:
    """What the texts are about. `names`: addresses of the list, of a text, of its DOCX. `parts`: what a text may be
    told of alone, a lot or a firm (uid, name); `part`: the one chosen, said in the address as `asked`."""

    uid: UUID
    title: str
    crumbs: tuple[Crumb, ...]
    facts: TextFacts
    kinds: Sequence[TextKind]
    names: tuple[str, str, str]
    asked: str
    parts: tuple[tuple[UUID, str], ...] = ()
    part: UUID | None = None

    def address(self, actor: Actor, place: int, kind: TextKind | None = None) -> str:
        """The list (0), a text (1), its DOCX (2)."""
        query = {self.asked: self.part} if self.part else {}
        values = {"uid": self.uid} if kind is None else {"uid": self.uid, "kind": kind.value}
        return href(actor, self.names[place], query=query, **values)


def _of_study(request: HttpRequest, actor: Actor, uid: UUID) -> Subject:
    study, lot = bought_study(actor=actor, uid=uid), uid_in(request.GET.get("lot", ""))
    return Subject(
        uid,
        study.title,
        (Crumb("Études", href(actor, "advice:studies")), Crumb(study.title, href(actor, "advice:study", uid=uid))),
        study_texts(actor=actor, study=study, on=clock.today(), lot=lot),
        tuple(TextKind),
        ("advice:texts", "advice:text", "advice:text_word"),
        "lot",
        tuple((one.uid, f"lot {one.number} : {one.title}") for one in study.lots),
        lot,
    )


def _of_contract(request: HttpRequest, actor: Actor, uid: UUID) -> Subject:
    firm = uid_in(request.GET.get("titulaire", ""))
    told = contract_texts(actor=actor, uid=uid, on=clock.today(), firm=firm)
    facts = told.facts
    return Subject(
        uid,
        facts.title,
        (Crumb("Marchés", href(actor, "contracts:list")), Crumb(facts.title, href(actor, "contracts:show", uid=uid))),
        facts,
        OF_CONTRACT,
        ("advice:contract_texts", "advice:contract_text", "advice:contract_text_word"),
        "titulaire",
        told.firms if len(told.firms) > 1 else (),
        firm,
    )


@page("facilitator")
def listing(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The texts of a study."""
    return _listing(request, actor, _of_study(request, actor, uid))


@page("facilitator")
def show(request: HttpRequest, actor: Actor, *, uid: UUID, kind: str) -> HttpResponse:
    """One text of a study, to read and to copy."""
    return _show(request, actor, _of_study(request, actor, uid), kind)


@page("facilitator")
def word(request: HttpRequest, actor: Actor, *, uid: UUID, kind: str) -> HttpResponse:
    """One text of a study, as a DOCX."""
    return _word(actor, _of_study(request, actor, uid), kind)


@page("facilitator")
def contract_listing(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The texts of a contract followed."""
    return _listing(request, actor, _of_contract(request, actor, uid))


@page("facilitator")
def contract_show(request: HttpRequest, actor: Actor, *, uid: UUID, kind: str) -> HttpResponse:
    """One text of a contract, to read and to copy."""
    return _show(request, actor, _of_contract(request, actor, uid), kind)


@page("facilitator")
def contract_word(request: HttpRequest, actor: Actor, *, uid: UUID, kind: str) -> HttpResponse:
    """One text of a contract, as a DOCX."""
    return _word(actor, _of_contract(request, actor, uid), kind)


def _kind(subject: Subject, value: str) -> TextKind:
    found = next((one for one in subject.kinds if one.value == value), None)
    if found is None:
        raise Absent("advice.Text")
    return found


def _listing(request: HttpRequest, actor: Actor, subject: Subject) -> HttpResponse:
    context = context_of(subject.facts)

    def missing(kind: TextKind) -> Badge:
        count = len(grouped(fill(kind, context).missing))
        return Badge(plural(count, "valeur"), "wait") if count else Badge("complet", "ok")

    def download(kind: TextKind) -> LinkButton:
        return LinkButton("DOCX", subject.address(actor, 2, kind), "quiet", about=str(kind.label))

    columns: list[Column[TextKind]] = [
        Column("Texte", lambda kind: str(kind.label)),
        Column("À compléter", missing),
        Column("Télécharger", download),
    ]
    table = Table(
        "Textes", columns, subject.kinds, row_href=lambda kind: subject.address(actor, 1, kind), narrow="cards"
    )
    crumbs = Breadcrumb(subject.crumbs)
    return TemplateResponse(request, "advice/texts.html", {"subject": subject, "crumbs": crumbs, "table": table})


def _show(request: HttpRequest, actor: Actor, subject: Subject, value: str) -> HttpResponse:
    kind = _kind(subject, value)
    filled = fill(kind, context_of(subject.facts))
    back = Crumb("Textes", subject.address(actor, 0))
    context = {
        "kind": kind,
        "subject": subject,
        "crumbs": Breadcrumb((*subject.crumbs, back)),
        "filled": filled,
        "missing": grouped(filled.missing),
        "preview": html_of(filled),
        "own": template_serving(actor=actor, kind=kind),
        "plain": plain_of(filled),
        "parts": [(one, label, one == subject.part) for one, label in subject.parts],
        "every": "tous les lots" if subject.asked == "lot" else "tous les titulaires",
        "download": LinkButton("Télécharger le DOCX", subject.address(actor, 2, kind), "primary"),
    }
    return TemplateResponse(request, "advice/text.html", context)


def _word(actor: Actor, subject: Subject, value: str) -> HttpResponse:
    kind = _kind(subject, value)
    part = next((f" {label}".partition(" : ")[0] for one, label in subject.parts if one == subject.part), "")
    own = template_serving(actor=actor, kind=kind)
    template = template_file(actor=actor, uid=own[1]).data if own else None
    data = word_of(kind, context_of(subject.facts), template=template, on=clock.today())
    response = HttpResponse(data, content_type=DOCX)
    name = f"{kind.value}{part} {subject.title}"[:100].strip()
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.docx") or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
