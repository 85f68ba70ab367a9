"""Error pages in French, with a reference that is also in the log."""

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from clausette.access.deposits import opened_for

logger = logging.getLogger("clausette.web.errors")

# status: (title, what happened, what to do)
SENTENCES: dict[int, tuple[str, str, str]] = {
    400: (
        "Cette demande n'a pas pu être lue",
        "L'adresse ou le formulaire envoyé est incomplet ou abîmé.",
        "Revenez à la page précédente et recommencez.",
    ),
    403: (
        "Cette action ne vous est pas ouverte",
        "Vos droits dans cette structure ne permettent pas d'ouvrir cette page.",
        "Demandez à l'administrateur de votre structure s'il doit vous les donner.",
    ),
    404: (
        "Cette page n'existe pas",
        "L'adresse est inexacte, ou ce qu'elle désigne ne vous est pas ouvert.",
        "Vérifiez l'adresse, ou cherchez depuis votre journée.",
    ),
    409: (
        "Quelqu'un a modifié ces données avant vous",
        "Rien n'a été enregistré, pour ne pas effacer son travail.",
        "Rouvrez la page pour voir la version à jour, puis reportez vos changements.",
    ),
    413: (
        "Ce fichier est trop lourd",
        "L'envoi a été arrêté avant la fin. Rien n'a été enregistré.",
        "Réduisez le fichier, ou envoyez-le en plusieurs parties.",
    ),
    429: (
        "Beaucoup de fiches ouvertes en peu de temps",
        "Par prudence pour les personnes, la lecture s'arrête ici un moment.",
        "Si votre travail le demande, écrivez à l'administrateur de votre structure : il est prévenu.",
    ),
    500: (
        "Un incident nous empêche de répondre",
        "Rien n'a été enregistré. L'incident est consigné.",
        "Réessayez dans quelques minutes. Si cela dure, transmettez la référence ci-dessous.",
    ),
}

# a 400 whose reason is known: the rules of the trade refuse it, nothing is damaged
REFUSED = ("Ce n'est pas possible", "", "Rien n'a été enregistré. Revenez à la page précédente.")

# who declares without an account has no administrator to ask: the reason says all
BY_MANDATE = "Votre mandat "  # how what is said to who declares for another firm begins
NO_ACCOUNT = ("Cette page ne vous est pas ouverte", "")

# Said when even the template cannot be rendered: no file, no style, no query.
BARE = (
    '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{title} · Clausette</title></head>'
    "<body><main><h1>{title}</h1><p>{what}</p><p>{todo}</p><p>Référence : {reference}</p></main></body></html>"
)


def reference_of(request: HttpRequest) -> str:
    """The reference of this request: the one in the logs, or a new one."""
    known = getattr(request, "reference", "")
    return str(known) if known else secrets.token_hex(4)


def error_page(request: HttpRequest, status: int, reason: str = "") -> HttpResponse:
    """The page of an error, and its line in the log.

    ``reason`` (a French sentence) takes the place of the general explanation. ``status`` is one of SENTENCES.
    """
    title, what, todo = REFUSED if status == 400 and reason else SENTENCES[status]
    if status == 403 and hasattr(request, "session") and opened_for(request):
        title, todo = NO_ACCOUNT
    if status == 403 and reason.startswith(BY_MANDATE):
        title, todo = NO_ACCOUNT
    reference = reference_of(request)
    level = logging.ERROR if status >= 500 else logging.INFO
    logger.log(level, "page d'erreur %s, référence %s", status, reference)
    facts = {"title": title, "what": reason or what, "todo": todo, "reference": reference, "status": status}
    try:
        body: str = render_to_string("layout/error.html", facts, request=request)
    except Exception:  # the page of an incident must never be another incident
        logger.exception("page d'erreur %s non rendue, référence %s", status, reference)
        body = BARE.format(title=title, what=what, todo=todo, reference=reference)
    return HttpResponse(body, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler400."""
    return error_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler403; the message of the exception is our own sentence when we raised it."""
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404: the same page whether the thing is missing or not for you."""
    return error_page(request, 404)


def incident(request: HttpRequest) -> HttpResponse:
    """handler500."""
    return error_page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: most often a form left open longer than the session."""
    return error_page(
        request,
        403,
        "Le formulaire est resté ouvert trop longtemps, ou votre connexion a changé entre-temps. "
        "Revenez en arrière, rechargez la page et envoyez-le de nouveau.",
    )
