"""The link of a mandate given by e-mail: who it names accepts it with their account, or a new one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from clausette.access.own_account import strong_password
from clausette.access.queries import account_exists, account_numbered
from clausette.access.sign_in import know_again, open_session
from clausette.kernel import clock
from clausette.kernel.errors import Refusal
from clausette.procurement.operations import accept_mandate, open_mandate_account
from clausette.procurement.queries import MandateCard, read_mandate
from clausette.web.account.common import me, refuse, show
from clausette.web.account.forms import Welcome
from clausette.web.doors import public
from clausette.web.typed import posted

GONE = (
    "Il a été retiré, il est arrivé à son terme, il est déjà accepté, un lien plus récent vous a été envoyé, ou il a "
    "été mal recopié. S'il est accepté, connectez-vous. Sinon, demandez un nouveau lien à l'entreprise."
)


@public(methods=("GET", "POST"))
def mandate(request: HttpRequest, secret: str) -> HttpResponse:
    """Opening the link uses nothing up and signs nobody in; one button accepts."""
    card = read_mandate(secret=secret)
    if card is None:
        return show(request, "gone", 404, sentence=GONE, title="Ce mandat n'est plus à accepter")
    if card.starts_on > clock.today():
        return show(request, "mandate", card=card, case="early")
    if request.user.is_authenticated:
        return _accept(request, secret, card)
    if account_exists(email=card.email):
        login = f"{reverse('account:login')}?next={request.path}"
        return show(request, "mandate", card=card, case="known", login=login)
    return _begin(request, secret, card)


def _accept(request: HttpRequest, secret: str, card: MandateCard) -> HttpResponse:
    account = me(request)
    if account.email != card.email:
        return show(request, "mandate", card=card, case="other", email=account.email)
    if request.method != "POST":
        return show(request, "mandate", card=card, case="accept")
    return _opened(request, secret, card)


def _opened(request: HttpRequest, secret: str, card: MandateCard) -> HttpResponse:
    slug = accept_mandate(session_key=request.session.session_key or "", secret=secret)
    messages.success(request, f"Vous pouvez déclarer les heures de « {card.firm_name} ».")
    return HttpResponseRedirect(reverse("deposits:home", kwargs={"slug": slug}))


def _begin(request: HttpRequest, secret: str, card: MandateCard) -> HttpResponse:
    """Nobody has this address yet: a name and a password make the account, which accepts at once."""
    form = Welcome(posted(request), initial={"full_name": card.full_name})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            strong_password(data["password"], email=card.email, full_name=data["full_name"])
            number = open_mandate_account(
                secret=secret, full_name=data["full_name"], password=data["password"]
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            account = account_numbered(number)
            open_session(request, account)
            response = _opened(request, secret, card)
            know_again(request, response, account)
            return response
    return show(request, "mandate", 400 if form.is_bound else 200, form=form, card=card, case="new")
