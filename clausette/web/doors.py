"""What stands before every view: sign-in, rights, second factor, capabilities, and refusals turned into pages.

`@page` answers GET in a read-only transaction; `@action` answers POST (and its form in GET); `@personal` needs a
signed-in person and no organisation; `@public` needs nobody. The registry of doors is the access matrix.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, Literal, ParamSpec
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from clausette.access.deposits import opened_for
from clausette.access.enums import Capability
from clausette.access.errors import SecondFactorMissing
from clausette.access.places import places_of
from clausette.access.rights import page_rights
from clausette.access.rules import ticket
from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading, write_readings
from clausette.kernel.actor import Actor
from clausette.kernel.beyond import listening
from clausette.kernel.errors import Absent, Conflict, NotAllowed, Refusal
from clausette.kernel.integrity import sentence_of
from clausette.procurement.queries import mandate_over
from clausette.web import flow
from clausette.web.typed import keep_typed

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Actor, P], HttpResponse]
Url = Callable[..., HttpResponse]  # called by the resolver only, with keywords
Kind = Literal["page", "action", "personal", "public"]

READ = ("GET", "HEAD")
# by name, like Django's own handlers: the layout has doors too, and the two must not import each other
ERROR_PAGE = "clausette.web.layout.errors.error_page"
RESUME = "/compte/reprise/"
SECOND_FACTOR = "/compte/second-facteur/"
NO_ACCOUNT = "Le dépôt sans compte n'ouvre que les pages d'heures de vos marchés. Revenez à vos heures."
NO_MANDATE = "Votre mandat n'ouvre que les relevés d'heures de cette entreprise. Revenez à ses heures."
MANDATE_OVER = (
    "Votre mandat pour cette entreprise est terminé ou retiré. Ce que vous avez envoyé est gardé. Pour continuer, "
    "demandez-lui un nouveau mandat."
)
DEPOSIT_OVER = (
    "Votre dépôt sans compte est terminé ou retiré. Ce que vous avez envoyé est gardé. Pour continuer, appelez la "
    "structure qui suit votre marché."
)


@dataclass(frozen=True, slots=True)
class Door:
    """Who may enter a view: the access class printed by `manage routes` and tested by the matrix."""

    kind: Kind
    capabilities: tuple[str, ...]
    methods: tuple[str, ...]
    deposit: bool = False
    """Whether a « dépôt sans compte » may enter too, and who acts by a mandate (docs/adr/0020, 0022)."""
    mandate: bool = False
    """Whether who acts by a mandate may enter, and a deposit may not."""

    def lets(self, actor: Actor) -> bool:
        """Tell whether it opens to a member, a deposit, a mandate, whatever the organisation is."""
        return not actor.deposit or self.deposit or (self.mandate and actor.mandate is not None)


def door_of(view: object) -> Door | None:
    """Return the door of a view, None when nobody declared one (a house test refuses that)."""
    found = getattr(view, "door", None)
    return found if isinstance(found, Door) else None


def page(*capabilities: str, deposit: bool = False, mandate: bool = False) -> Callable[[View[P]], Url]:
    """Door of a page: GET, read-only. `capabilities`: of the organisation, any of them; none given: any member.

    `deposit`: a « dépôt sans compte » of the firm enters too, and who holds its mandate; `mandate`: the latter only.
    """
    return _organisation_door(Door("page", capabilities, READ, deposit, mandate))


def action(
    *capabilities: str, methods: Sequence[str] = ("POST",), deposit: bool = False, mandate: bool = False
) -> Callable[[View[P]], Url]:
    """Door of a write: POST, and GET (read-only) with `methods=("GET", "POST")` when the view shows its form."""
    wanted = tuple(methods) + (("HEAD",) if "GET" in methods else ())
    return _organisation_door(Door("action", capabilities, wanted, deposit, mandate))


def personal(*, methods: Sequence[str] = ("GET",), deposit: bool = False) -> Callable[[Url], Url]:
    """Door of a page of the person (under /compte/): signed in, no organisation, no rights on any row.

    Who declares without an account has no page of their own: shut, unless `deposit` says otherwise.
    """
    return _plain_door(Door("personal", (), tuple(methods) + (("HEAD",) if "GET" in methods else ()), deposit))


def public(*, methods: Sequence[str] = ("GET",)) -> Callable[[Url], Url]:
    """Door of a page that anyone may read."""
    return _plain_door(Door("public", (), tuple(methods) + (("HEAD",) if "GET" in methods else ())))


def _plain_door(door: Door) -> Callable[[Url], Url]:
    def decorate(view: Url) -> Url:
        @wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in door.methods:
                return HttpResponseNotAllowed(door.methods)
            if door.kind == "personal" and not request.user.is_authenticated:
                return _sign_in_first(request)
            if door.kind == "personal" and not door.deposit and opened_for(request):
                return error_page(request, 403, NO_ACCOUNT)
            return _answer(request, lambda: _rendered(view(request, *args, **kwargs)))

        run.door = door  # type: ignore[attr-defined]  # a function carries its own door
        run.login_required = door.kind != "public"  # type: ignore[attr-defined]  # Django's own mark
        return run

    return decorate


def _organisation_door(door: Door) -> Callable[[View[P]], Url]:
    def decorate(view: View[P]) -> Url:
        @wraps(view)
        def run(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method not in door.methods:
                return HttpResponseNotAllowed(door.methods)
            if not request.user.is_authenticated:
                return _sign_in_first(request)
            return _answer(
                request, lambda: _let_in(request, slug, door, lambda a: view(request, a, *args, **kwargs))
            )

        run.door = door  # type: ignore[attr-defined]  # a function carries its own door
        return run

    return decorate


def _enter(
    request: HttpRequest, slug: str, door: Door, call: Callable[[Actor], HttpResponse]
) -> HttpResponse:
    key = request.session.session_key or ""
    with page_rights(key, slug, read_only=request.method in READ) as opened:
        actor = opened.actor
        _dress(request, actor, opened.demonstration, key)
        if not door.lets(actor):
            raise NotAllowed(NO_MANDATE if actor.mandate else NO_ACCOUNT)
        if door.capabilities and not any(actor.can(capability) for capability in door.capabilities):
            raise NotAllowed(_reserved(door.capabilities))
        with listening() as told:
            response = _rendered(call(actor))  # lazy querysets run while the rights are open
        if told:
            note_reading(request, ReadingKind.ELSEWHERE, told)
        limits = flow.limits_of(request, actor)
    instead = flow.watch(request, actor, limits)
    if instead is not None:
        return instead
    # after the read-only transaction, before the answer leaves: if it fails, the page is refused
    write_readings(request, ticket(key), slug)
    patch_cache_control(response, private=True, no_store=True)
    patch_vary_headers(response, ["Cookie", "HX-Request"])
    return response


def _let_in(request: HttpRequest, slug: str, door: Door, call: Callable[[Actor], HttpResponse]) -> HttpResponse:
    """The same; a deposit or a mandate closed meanwhile is said, and not « no such page »."""
    inside = False

    def enter(actor: Actor) -> HttpResponse:
        nonlocal inside
        inside = True
        return call(actor)

    try:
        return _enter(request, slug, door, enter)
    except Absent:
        if inside:
            raise
        if slug == opened_for(request):
            raise NotAllowed(DEPOSIT_OVER) from None
        if mandate_over(ticket=ticket(request.session.session_key or ""), slug=slug):
            raise NotAllowed(MANDATE_OVER) from None
        raise


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """Send to the sign-in page and back; a form sent after the session ended waits there."""
    back = request.get_full_path()
    if request.headers.get("HX-Request") and request.headers.get("HX-Current-URL"):
        back = urlsplit(request.headers["HX-Current-URL"]).path
    if request.method == "POST" and not request.path.startswith("/compte/") and keep_typed(request):
        back = RESUME
    answer = redirect_to_login(back)
    if request.headers.get("HX-Request"):  # the whole page goes, not the fragment
        return HttpResponse(headers={"HX-Redirect": answer.url})
    return answer


def _dress(request: HttpRequest, actor: Actor, demonstration: bool, key: str) -> None:
    """Give the layout what it shows around the page."""
    vars(request).update(
        actor=actor,
        demonstration=demonstration,
        organisations=SimpleLazyObject(lambda: places_of(key)),
    )


def _rendered(response: HttpResponse) -> HttpResponse:
    return response.render() if isinstance(response, TemplateResponse) else response


def _reserved(capabilities: Sequence[str]) -> str:
    names = [f"« {Capability(capability).label} »" for capability in capabilities]
    return f"Cette page est réservée aux structures de type {' ou '.join(names)}."


def _answer(request: HttpRequest, call: Callable[[], HttpResponse]) -> HttpResponse:
    """Turn what is refused into a page; what is not anticipated stays an incident (500)."""
    try:
        return call()
    except Absent as exc:
        raise Http404 from exc
    except SecondFactorMissing:
        return HttpResponseRedirect(second_factor_address())
    except NotAllowed as refusal:
        return error_page(request, 403, refusal.message)
    except Conflict as refusal:
        return error_page(request, 409, refusal.message)
    except Refusal as refusal:
        return error_page(request, 400, refusal.message)
    except IntegrityError as exc:  # a constraint checked at commit, after the view
        return error_page(request, 409, sentence_of(exc))


def error_page(request: HttpRequest, status: int, reason: str) -> HttpResponse:
    """Return the page of an error, with its French reason."""
    answer: HttpResponse = import_string(ERROR_PAGE)(request, status, reason)
    return answer


def second_factor_address() -> str:
    """Return the address of the page where one enrols a second factor."""
    try:
        return reverse("account:second_factor")
    except NoReverseMatch:
        return SECOND_FACTOR
