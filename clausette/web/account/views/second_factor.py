"""The second factor of one's own account: enrol it, read how many codes are left, make new ones."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from clausette.access.own_account import prove
from clausette.access.queries import is_demonstration
from clausette.access.second_factor import (
    check_code,
    codes_left,
    enrol,
    has_second_factor,
    new_secret,
    otpauth_address,
    readable,
    renew_codes,
)
from clausette.kernel import clock
from clausette.kernel.errors import Refusal
from clausette.web.account.common import me, refuse, show, show_own, wanted_page
from clausette.web.account.forms import Code, FirstCode, Proof
from clausette.web.account.qr import square
from clausette.web.doors import personal
from clausette.web.flow import GIVEN_AGAIN
from clausette.web.typed import posted

SECRET = "second_factor_secret"  # noqa: S105 - its place in the session, where it is encrypted


@personal(methods=("GET", "POST"))
def second_factor(request: HttpRequest) -> HttpResponse:
    """Enrol, or see that it is done."""
    account = me(request)
    if is_demonstration():
        return show_own(request, "second_factor_demonstration")
    if has_second_factor(account_id=account.pk):
        return show_own(request, "second_factor", left=codes_left(account_id=account.pk))
    secret = request.session.get(SECRET) or request.session.setdefault(SECRET, new_secret())
    form = FirstCode(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            codes = enrol(account, secret=secret, code=form.cleaned_data["code"], at=clock.now())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            del request.session[SECRET]
            return show_own(request, "codes", codes=codes, fresh=True)
    clear = readable(secret)
    return show_own(
        request, "enrol", 400 if form.is_bound else 200,
        form=form, square=square(otpauth_address(account, secret)),
        groups=[clear[i : i + 4] for i in range(0, len(clear), 4)],
    )  # fmt: skip


@personal(methods=("GET", "POST"))
def codes(request: HttpRequest) -> HttpResponse:
    """Make new codes on paper: the former ones end."""
    account = me(request)
    if not has_second_factor(account_id=account.pk):
        return HttpResponseRedirect(reverse("account:second_factor"))
    form = Proof(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            prove(account, password=form.cleaned_data["current"])
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "Les anciens codes ne valent plus.")
            return show_own(request, "codes", codes=renew_codes(account), fresh=False)
    return show_own(request, "renew_codes", 400 if form.is_bound else 200, form=form)


@personal(methods=("GET", "POST"))
def verify(request: HttpRequest) -> HttpResponse:
    """The second factor once more: many persons were opened in an hour."""
    account, back = me(request), wanted_page(request, request.GET.get("next", ""))
    form = Code(posted(request))
    if not has_second_factor(account_id=account.pk):
        return HttpResponseRedirect(reverse("account:second_factor"))
    if request.method == "POST" and form.is_valid():
        try:
            check_code(account, code=form.cleaned_data["code"], at=clock.now())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            request.session[GIVEN_AGAIN] = clock.now().timestamp()
            return HttpResponseRedirect(back)
    return show(request, "verify", 400 if form.is_bound else 200, form=form)
