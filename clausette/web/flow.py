"""How many distinct persons an account opens: beyond a limit, a code again, or nothing more today; alerts.

Counted after the page is made and before it is given: what is stopped here is neither shown nor noted as read.
"""

from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.module_loading import import_string

from clausette.access.queries import is_demonstration
from clausette.access.rules import ticket
from clausette.access.second_factor import has_second_factor
from clausette.journal.flow import Counts, Flow, Limits, judge
from clausette.journal.readings import flow_of, forget_noted, noted, write_alert
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.french import plural
from clausette.kernel.queue import enqueue
from clausette.reference.queries import parameters_on

ERROR_PAGE = "clausette.web.layout.errors.error_page"  # by name, like the doors
GIVEN_AGAIN = "factor_again"  # in the session: when the second factor was given again
NEAR = "Vous avez ouvert beaucoup de fiches de personnes : au-delà de {} en une heure, {}."
CODE, PAUSE = "un code vous sera redemandé", "la lecture s'arrêtera un moment"


def limits_of(request: HttpRequest, actor: Actor) -> Limits | None:
    """Return the limits of the day for this actor, None when the page shows nobody. Rights are open."""
    if not noted(request):
        return None
    values = parameters_on(clock.today())
    kind = "facilitator_" if actor.can("facilitator") else ""
    return Limits(
        int(values[f"reading_{kind}hour"]), int(values[f"reading_{kind}day"]), values["reading_warn_share"]
    )


def watch(request: HttpRequest, actor: Actor, limits: Limits | None) -> HttpResponse | None:
    """Return the page to give instead, None when this one may be given. Administrators are told when it must be."""
    if limits is None:
        return None
    key, uids = ticket(request.session.session_key or ""), noted(request)
    again = request.session.get(GIVEN_AGAIN)
    since = datetime.fromtimestamp(float(again), tz=clock.PARIS) if again else None
    counts, own = flow_of(key, actor.slug, uids, since)
    may_stop = not actor.can("facilitator")
    if own is not None and not may_stop:
        limits = Limits(own, limits.day, limits.share)
    code_given = since is not None and clock.now() - since < timedelta(hours=1)
    verdict = judge(counts, limits, may_stop=may_stop, code_given=code_given)
    if verdict.told:
        for alert in write_alert(key, actor.slug, verdict.flow.value, counts, uids):
            enqueue("access.mail_reading_alert", alert=str(alert), site=request.build_absolute_uri("/").rstrip("/"))
    if verdict.flow in (Flow.OK, Flow.WARN):
        if verdict.told and may_stop:
            then = CODE if _enrolled(actor) else PAUSE
            messages.warning(request, NEAR.format(plural(limits.hour, "personne"), then))
        return None
    forget_noted(request)
    return _instead(request, actor, verdict.flow, counts)


def _enrolled(actor: Actor) -> bool:
    """Whether a code may be asked of this account."""
    return not is_demonstration() and has_second_factor(account_id=actor.account_id)


def _instead(request: HttpRequest, actor: Actor, flow: Flow, counts: Counts) -> HttpResponse:
    """The second factor again, or the page that says when one may go on."""
    if flow is Flow.CHECK and _enrolled(actor):
        address = f"{reverse('account:verify')}?{urlencode({'next': request.get_full_path()})}"
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": address})
        return HttpResponseRedirect(address)
    if flow is Flow.STOP:
        reason = f"Vous avez ouvert {plural(counts.day_before, 'fiche')} de personnes aujourd'hui : reprenez demain."
    else:
        free = ((counts.oldest or clock.now()) + timedelta(hours=1)).astimezone(clock.PARIS)
        reason = (
            f"Vous avez ouvert {plural(counts.hour_before, 'fiche')} de personnes en une heure : "
            f"reprenez à partir de {free:%H}h{free:%M}."
        )
    answer: HttpResponse = import_string(ERROR_PAGE)(request, 429, reason)
    return answer
