"""The link of an invitation: a new account, or one's own, joins an organisation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from clausette.access.errors import InvitationGone
from clausette.access.install import open_account
from clausette.access.operations import accept_invitation
from clausette.access.own_account import strong_password
from clausette.access.queries import InvitationCard, account_exists, account_numbered, read_invitation
from clausette.access.sign_in import know_again, open_session
from clausette.kernel.errors import Refusal
from clausette.web.account.common import day_of, me, refuse, show
from clausette.web.account.forms import Welcome
from clausette.web.doors import public
from clausette.web.typed import posted


@public(methods=("GET", "POST"))
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Opening the link uses nothing up; the button does. Three cases: nobody known, signed in, to sign in first."""
    card = read_invitation(secret=secret)
    if card is None:
        title = "Cette invitation n'est plus valable"
        return show(request, "gone", 404, sentence=InvitationGone().message, title=title)
    if request.user.is_authenticated:
        return _join(request, secret, card)
    if account_exists(email=card.email):
        login = f"{reverse('account:login')}?next={request.path}"
        return show(request, "invitation_known", card=card, login=login)
    return _begin(request, secret, card)


def _join(request: HttpRequest, secret: str, card: InvitationCard) -> HttpResponse:
    """Somebody signed in: theirs or not."""
    account = me(request)
    if account.email != card.email:
        return show(request, "invitation_other", card=card, email=account.email)
    if request.method != "POST":
        return show(request, "invitation_join", card=card)
    slug = accept_invitation(session_key=request.session.session_key or "", secret=secret)
    messages.success(request, f"Vous êtes membre de « {card.organisation_name} ».")
    return HttpResponseRedirect(day_of(slug))


def _begin(request: HttpRequest, secret: str, card: InvitationCard) -> HttpResponse:
    """Nobody has this address yet: a name and a password make the account, which joins at once."""
    form = Welcome(posted(request), initial={"full_name": card.full_name})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            strong_password(data["password"], email=card.email, full_name=data["full_name"])
            number = open_account(secret=secret, full_name=data["full_name"], password=data["password"])
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            account = account_numbered(number)
            open_session(request, account)
            slug = accept_invitation(session_key=request.session.session_key or "", secret=secret)
            response = HttpResponseRedirect(day_of(slug))
            know_again(request, response, account)
            return response
    return show(request, "invitation", 400 if form.is_bound else 200, form=form, card=card)
