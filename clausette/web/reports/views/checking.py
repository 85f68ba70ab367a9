"""« Vérifier un document »: is this file, or this fingerprint, one of those that were issued?"""

import re
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from clausette.files.enums import Purpose
from clausette.kernel.actor import Actor
from clausette.kernel.french import format_date
from clausette.reports.queries import Verified, verified
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Breadcrumb, Crumb
from clausette.web.doors import action
from clausette.web.reports.common import READERS, href
from clausette.web.reports.forms import VerifyForm
from clausette.web.transfers import limited_upload, refuse_cut

UNKNOWN = (
    "Aucun document que vous pouvez lire n'a cette empreinte. Le fichier a été modifié, ou il n'a pas été établi ici : "
    "demandez l'original à la structure qui l'a établi."
)


@limited_upload(Purpose.WORKBOOK)
@action(*READERS, methods=("GET", "POST"))
def verify(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Nothing is kept of the file: its fingerprint alone is compared."""
    form = VerifyForm(request.POST, request.FILES) if request.method == "POST" else VerifyForm()
    context: dict[str, Any] = {
        "form": form,
        "crumbs": Breadcrumb((Crumb("Documents", href(actor, "reports:list")),)),
        "said": "",
    }
    if request.method != "POST":
        return TemplateResponse(request, "reports/verify.html", context)
    if refuse_cut(request, form):
        return TemplateResponse(request, "reports/verify.html", context, status=413)
    if not form.is_valid():
        return TemplateResponse(request, "reports/verify.html", context, status=400)
    print_ = _fingerprint(form)
    found = verified(actor=actor, sha256=print_)
    context |= {"print": print_, "said": _said(found), "known": found is not None}
    if found:
        context["open"] = LinkButton("Ouvrir le document", href(actor, "reports:show", uid=found.line.uid))
    return TemplateResponse(request, "reports/verify.html", context)


def _fingerprint(form: VerifyForm) -> str:
    file = form.cleaned_data.get("file")
    if file:
        digest = sha256()
        for chunk in file.chunks():
            digest.update(chunk)
        return digest.hexdigest()
    return re.sub(r"\s", "", form.cleaned_data["fingerprint"]).lower()


def _said(found: Verified | None) -> str:
    if found is None:
        return UNKNOWN
    line = found.line
    what = f"le fichier {found.of_file.name} établi" if found.of_file else "celle des chiffres arrêtés"
    later = f" Attention : ce document est remplacé par le n° {line.replaced_by}." if line.replaced_by else ""
    return (
        f"C'est {what} : {line.kind_label.lower()} n° {line.number}, {line.subject}, du "
        f"{format_date(line.issued_on)}. Rien n'a été modifié.{later}"
    )
