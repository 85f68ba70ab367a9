"""Secrets of the links of mails: computed again by who sends the mail, so never stored nor queued."""

from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings

from clausette.access.rules import link_secret


def mandate_secret(uid: UUID, sent_at: datetime | None) -> str:
    """Return the secret of the link of a « mandat de déclaration » given by e-mail; another when sent again."""
    purpose = f"mandate {sent_at.astimezone(UTC).isoformat()}" if sent_at else "mandate"
    return link_secret(settings.SECRET_KEY, purpose, uid)


def mandate_link(uid: UUID, sent_at: datetime | None) -> str:
    """Return the path of the page where a mandate is accepted: reading it uses nothing up."""
    return f"/compte/mandat/{mandate_secret(uid, sent_at)}/"
