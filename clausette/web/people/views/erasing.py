"""Erasing the data of a person: what goes, what stays and why, then their name typed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Refusal
from clausette.kernel.french import format_number
from clausette.privacy.enums import ErasureReason
from clausette.privacy.operations import erase_person
from clausette.privacy.queries.erasure import ErasureSheet, erasure_sheet
from clausette.web.components.lists import Crumb
from clausette.web.doors import action
from clausette.web.people.common import crumbs, form_page, href
from clausette.web.people.forms.erasing import EraseForm
from clausette.web.refusals import add_refusal
from clausette.web.typed import posted

GOES = (
    "Son nom, sa date de naissance et sa commune : listes, recherche, orientations, lignes de classeurs repris.",
    "Ses motifs d'éligibilité : la clé qui les ouvrait est détruite, dans ses sauvegardes aussi au bout de sept jours.",
    "Ses entretiens, le nom de ses formations, l'emploi occupé, et ce qui a été écrit librement à son sujet.",
)
STAYS = (
    "Sexe, année de naissance, habitat en quartier prioritaire : les chiffres dus au maître d'ouvrage restent justes.",
    "La raison d'une sortie et la situation aux points de suivi : elles comptent dans les taux, sans nom.",
    "Les motifs de renvoi des relevés et les notes d'échange d'un marché : relisez-les s'ils citent la personne.",
    "Les documents déjà émis : ils appartiennent aussi à ceux qui les ont reçus, et ne changent jamais.",
    "Les classeurs et pièces communs à plusieurs personnes, jusqu'à la fin de leur durée de conservation.",
    "Au journal, qui a fait quoi et quand, sans nom de participant.",
    "Au registre des effacements, un numéro, le jour, votre compte et le motif.",
)

AFTER = (
    "Les données de cette personne sont effacées. Ses heures et sa sortie restent, sans son nom. Si elle est citée "
    "dans un motif de renvoi de relevé ou une note d'échange, relisez-les : ces textes ne changent pas seuls."
)


def _stays(sheet: ErasureSheet) -> tuple[str, ...]:
    if not sheet.months:
        return STAYS
    worked = f"Ses heures de {format_number(sheet.months)} mois, sous « Personne effacée » : elles sont dues au marché."
    return (worked, *STAYS)


@action("facilitator", methods=("GET", "POST"))
def erase(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Say what goes and what stays; erase once the name is typed."""
    sheet = erasure_sheet(actor=actor, uid=uid, on=clock.today())
    demand(sheet.can_erase)
    form, back = EraseForm(posted(request)), href(actor, "people:show", uid=uid)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            erase_person(
                actor=actor, participant_uid=uid, reason=ErasureReason(said["reason"]), on=clock.today(),
                typed_name=said["typed_name"],
            )  # fmt: skip
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, AFTER)
            return HttpResponseRedirect(href(actor, "people:list"))
    note_reading(request, ReadingKind.IDENTITY, [uid])
    context = {
        "crumbs": crumbs(actor, Crumb(sheet.name, back)), "back": back, "sheet": sheet, "goes": GOES,
        "stays": _stays(sheet),
    }  # fmt: skip
    return form_page(request, "people/erase.html", form, context)
