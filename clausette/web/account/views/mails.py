"""The mails of the demonstration, readable by everybody: nothing leaves the machine."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from clausette.access.queries import is_demonstration
from clausette.kernel.columns import Column
from clausette.web.account.common import show
from clausette.web.account.letters import Letter, latest_letters, letter
from clausette.web.account.sessions import moment
from clausette.web.components.notices import EmptyState
from clausette.web.components.tables import Table
from clausette.web.doors import public

EMPTY = EmptyState(
    "Aucun courriel",
    "Invitez quelqu'un depuis la page « Structure » : son courriel s'écrira ici.",
    icon="mail",
)


@public()
def mails(request: HttpRequest) -> HttpResponse:
    """The latest mails; no such page in a real installation."""
    if not is_demonstration():
        raise Http404
    columns: tuple[Column[Letter], ...] = (
        Column("Objet", lambda one: one.subject),
        Column("Destinataire", lambda one: one.to),
        Column("Écrit", lambda one: moment(one.sent_at)),
        Column("Pièces jointes", lambda one: "; ".join(one.joined) or None),
    )
    table = Table(
        "Courriels", columns, latest_letters(), empty=EMPTY,
        row_href=lambda one: reverse("account:mail", kwargs={"name": one.name}),
    )  # fmt: skip
    return show(request, "mails", table=table)


@public()
def mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail, its links open."""
    found = letter(name) if is_demonstration() else None
    if found is None:
        raise Http404
    return show(request, "mail", letter=found, moment=moment(found.sent_at))
