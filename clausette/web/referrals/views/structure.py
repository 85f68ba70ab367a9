"""The structure's answers: what was received, taken, accepted, sent back, refused."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.decision import demand
from clausette.kernel.french import format_date
from clausette.participants import operations, rules
from clausette.participants.enums import ReferralState
from clausette.participants.queries import (
    Homonym,
    ReferralLine,
    answer_times_of,
    list_referrals,
    possible_homonyms,
    referral_sheet,
)
from clausette.reference.queries import parameter
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Crumb, Tab, Tabs
from clausette.web.components.notices import EmptyState
from clausette.web.components.paging import Pagination, page_number
from clausette.web.components.querystring import with_params
from clausette.web.components.tables import Table
from clausette.web.doors import action, page
from clausette.web.referrals.common import crumbs, href, state_badge, times_facts
from clausette.web.referrals.forms import AcceptForm, AnswerForm
from clausette.web.refusals import answered, form_page
from clausette.web.typed import posted

COLUMNS: tuple[Column[ReferralLine], ...] = (
    Column("Personne", lambda row: row.name),
    Column("État", lambda row: state_badge(row.state)),
    Column("Reçue le", lambda row: row.sent_on, "date"),
    Column("Prescripteur", lambda row: row.prescriber),
    Column("Pour", lambda row: row.need or "en général"),
)
EMPTY = (
    "Les prescripteurs avec qui vous travaillez proposent ici des candidats. Ajoutez-les, puis publiez vos besoins."
)


@page("facilitator")
def received(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Candidates proposed to the structure: those that wait first, the oldest on top; or all."""
    today, number, every = clock.today(), page_number(request), request.GET.get("voir") == "toutes"
    rows, total = list_referrals(actor=actor, received=True, only_open=not every, page=number)
    note_reading(request, ReadingKind.IDENTITY, [row.uid for row in rows])
    table = Table(
        "Orientations reçues", COLUMNS, rows, row_href=lambda row: href(actor, "referrals:show", uid=row.uid),
        empty=EmptyState("Aucune orientation" if every else "Aucune orientation en attente", EMPTY, icon="people"),
    )  # fmt: skip
    tabs = [
        Tab("En cours", href(actor, "referrals:received"), not every),
        Tab("Toutes", with_params(None, voir="toutes"), every),
    ]
    context = {
        "tabs": Tabs(tabs, "Orientations"),
        "table": table,
        "total": total,
        "pagination": Pagination(total, number, "orientations", request.GET),
        "times": times_facts(
            answer_times_of(actor=actor, received=True, on=today), parameter(code="referral_answer_days", on=today)
        ),
        "needs": LinkButton("Besoins publiés", href(actor, "referrals:needs"), "secondary"),
        "prescribers": LinkButton("Prescripteurs", href(actor, "referrals:prescribers"), "secondary"),
    }
    return TemplateResponse(request, "referrals/received.html", context)


@action("facilitator")
def take(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Say that one looks at it."""
    operations.take_referral(actor=actor, uid=uid)
    messages.success(request, "Le prescripteur sait que vous vérifiez cette orientation.")
    return HttpResponseRedirect(href(actor, "referrals:show", uid=uid))


def _told(one: Homonym) -> str:
    place = f", {one.commune_name}" if one.commune_name else ""
    sure = " : même nom et même date" if one.same else ""
    return f"{one.name}, né(e) le {format_date(one.birth_date)}{place}{sure}"


@action("facilitator", methods=("GET", "POST"))
def accept(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Take the person in: new, or somebody of the structure whom the facilitator recognises."""
    sheet = referral_sheet(actor=actor, uid=uid)
    demand(sheet.can_answer)
    rules.check_referral(sheet.line.state, ReferralState.ACCEPTED)
    near = possible_homonyms(actor=actor, uid=uid)
    form = AcceptForm(posted(request), homonyms=near, told=[("", _told(one)) for one in near])
    answer = answered(
        request, form,
        lambda: operations.accept_referral(
            actor=actor, uid=uid, participant_uid=form.participant_uid, on=clock.today()
        ),
        "La personne est dans vos participants. Vérifiez maintenant son éligibilité.",
        lambda person: href(actor, "people:check", uid=person),
    )  # fmt: skip
    note_reading(request, ReadingKind.IDENTITY, [uid, *(one.uid for one in near)])
    back = href(actor, "referrals:show", uid=uid)
    lead = f"{sheet.name}, né(e) le {format_date(sheet.birth_date)}" if sheet.birth_date else sheet.name
    context: dict[str, object] = {
        "title": "Accepter cette personne", "verb": "Accepter et vérifier", "cancel": back, "lead": lead,
        "crumbs": crumbs(actor, Crumb(sheet.name, back)), "near": bool(near),
    }  # fmt: skip
    return answer or form_page(request, "referrals/accept.html", form, context)


def _answer(
    request: HttpRequest, actor: Actor, uid: UUID, state: ReferralState, words: tuple[str, str, str],
    act: Callable[[str], object],
) -> HttpResponse:  # fmt: skip
    """A page that asks for the answer which the prescriber will read."""
    sheet = referral_sheet(actor=actor, uid=uid)
    demand(sheet.can_answer)
    rules.check_referral(sheet.line.state, state)
    form, back = AnswerForm(posted(request)), href(actor, "referrals:show", uid=uid)
    answer = answered(request, form, lambda: act(form.cleaned_data["reason"]), words[2], lambda _: back)
    note_reading(request, ReadingKind.IDENTITY, [uid])
    context: dict[str, object] = {
        "title": words[0], "verb": words[1], "cancel": back, "lead": sheet.name,
        "crumbs": crumbs(actor, Crumb(sheet.name, back)),
    }  # fmt: skip
    return answer or form_page(request, "referrals/form.html", form, context)


@action("facilitator", methods=("GET", "POST"))
def send_back(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Ask the prescriber to complete."""
    words = ("Renvoyer au prescripteur", "Renvoyer", "Le prescripteur peut compléter et renvoyer.")
    return _answer(
        request, actor, uid, ReferralState.RETURNED, words,
        lambda text: operations.return_referral(actor=actor, uid=uid, reason=text, on=clock.today()),
    )  # fmt: skip


@action("facilitator", methods=("GET", "POST"))
def refuse(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Refuse, and say why."""
    words = ("Refuser cette orientation", "Refuser", "La réponse est donnée au prescripteur.")
    return _answer(
        request, actor, uid, ReferralState.REFUSED, words,
        lambda text: operations.refuse_referral(actor=actor, uid=uid, reason=text, on=clock.today()),
    )  # fmt: skip
