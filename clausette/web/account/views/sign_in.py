"""Sign in, second step, sign out."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from clausette.access.demonstration import PASSWORD, DemoAccount, demo_accounts
from clausette.access.second_factor import check_code
from clausette.access.sign_in import (
    check_password,
    close_session_here,
    enter,
    know_again,
    open_session,
    waiting,
)
from clausette.kernel import clock
from clausette.kernel.columns import Column
from clausette.kernel.errors import Refusal
from clausette.web.account.common import refuse, show, wanted_page
from clausette.web.account.forms import Code, DemoSignIn, SignIn
from clausette.web.account.words import ended, roles_of
from clausette.web.components.tables import Table
from clausette.web.doors import public
from clausette.web.typed import posted


def _demo_table(accounts: list[DemoAccount]) -> Table:
    """Who one can be: the name fills the form."""
    columns: tuple[Column[DemoAccount], ...] = (
        Column("Personne", lambda one: one.full_name),
        Column("Structure", lambda one: one.organisation_name),
        Column("Rôle", lambda one: roles_of(one.capabilities)),
    )
    href = f"{reverse('account:login')}?compte="
    return Table("Comptes de démonstration", columns, accounts, row_href=lambda one: href + one.email)


def _form(request: HttpRequest, accounts: list[DemoAccount]) -> SignIn:
    """The form: what was typed, or the account chosen in the list of the demonstration."""
    kind = DemoSignIn if accounts else SignIn
    if request.method == "POST":
        return kind(request.POST)
    start = {"next": request.GET.get("next", "")}
    if request.GET.get("compte") in {one.email for one in accounts}:
        start |= {"email": request.GET["compte"], "password": PASSWORD}
    return kind(initial=start)


@public(methods=("GET", "POST"))
def login(request: HttpRequest) -> HttpResponse:
    """Address and password. Nothing tells whether the address is known."""
    accounts = demo_accounts()
    form = _form(request, accounts)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            account = check_password(request, email=data["email"], password=data["password"])
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            back = wanted_page(request, data["next"])
            if not enter(request, account, back=back, at=clock.now()):
                return HttpResponseRedirect(reverse("account:second_step"))
            response = HttpResponseRedirect(back)
            know_again(request, response, account)
            return response
    return show(
        request, "login", 400 if form.is_bound else 200,
        form=form, accounts=_demo_table(accounts) if accounts else None, password=PASSWORD,
        sentence="" if form.is_bound else ended(request),
    )  # fmt: skip


@public(methods=("GET", "POST"))
def second_step(request: HttpRequest) -> HttpResponse:
    """The code of the telephone, after a good password."""
    who = waiting(request, at=clock.now())
    if who is None:
        return HttpResponseRedirect(reverse("account:login"))
    form = Code(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            check_code(who.account, code=form.cleaned_data["code"], at=clock.now())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            open_session(request, who.account)
            response = HttpResponseRedirect(who.next)
            know_again(request, response, who.account)
            return response
    return show(request, "second_step", 400 if form.is_bound else 200, form=form)


@public(methods=("POST",))
def logout(request: HttpRequest) -> HttpResponse:
    """Sign out: the session disappears from the server at once."""
    close_session_here(request)
    response = HttpResponseRedirect(f"{reverse('account:login')}?etat=deconnexion")
    response.delete_cookie(settings.SESSION_COOKIE_NAME)
    return response
