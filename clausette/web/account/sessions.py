"""The table of one's own sessions."""

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse

from clausette.access.queries import SessionLine
from clausette.kernel.clock import PARIS
from clausette.kernel.columns import Column
from clausette.kernel.french import format_date
from clausette.web.account.words import browser_of
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import PostButton
from clausette.web.components.tables import Table


def moment(instant: datetime) -> str:
    """Return « 3 mars 2026, 14 h 05 »."""
    local = instant.astimezone(PARIS)
    return f"{format_date(local.date())}, {local:%H}\u00a0h\u00a0{local:%M}"


def session_table(request: HttpRequest, lines: Sequence[SessionLine]) -> Table:
    """One line per browser; all may be closed but the one in use, which is left by « Se déconnecter »."""
    token = get_token(request)

    def act(line: SessionLine) -> Badge | PostButton:
        if line.is_this_one:
            return Badge("ce navigateur", "ok")
        href = reverse("account:close_session", kwargs={"uid": line.uid})
        return PostButton("Fermer", href, "secondary", about=browser_of(line.agent), token=token)

    columns: tuple[Column[SessionLine], ...] = (
        Column("Navigateur", lambda line: browser_of(line.agent)),
        Column("Ouverte", lambda line: moment(line.created_at)),
        Column("Vue", lambda line: moment(line.seen_at)),
        Column("Fermer", act),
    )
    return Table("Connexions ouvertes", columns, lines)
