"""Mails: plain text, one person each; written as `.eml` files where no mail server is declared."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import parseaddr
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from clausette.kernel import clock

FILES = "clausette.kernel.mails.EmlBackend"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file joined to a message."""

    name: str
    data: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A message to one person, or to colleagues together (addresses with commas). Its subject names nobody."""

    to: str
    subject: str
    body: str
    joined: tuple[Attachment, ...] = ()
    key: str = ""
    """What makes the identifier of the message, so that one sent twice is known as the same."""


def site() -> str:
    """Return where this installation answers: the first of its names, and the port of `run.py` without HTTPS."""
    host = settings.ALLOWED_HOSTS[0]
    return f"https://{host}" if settings.HTTPS else f"http://{host}:{os.environ.get('PORT') or '8000'}"


def send(mail: Mail, *, to_file: bool = False) -> None:
    """Send a mail, or keep it as a file (demonstration: nothing leaves the machine)."""
    connection = get_connection(FILES) if to_file else get_connection()
    domain = parseaddr(settings.SERVER_EMAIL)[1].partition("@")[2]
    headers = {"Message-ID": f"<{mail.key}@{domain}>"} if mail.key else None
    to = [one.strip() for one in mail.to.split(",")]
    message = EmailMessage(mail.subject, mail.body, to=to, connection=connection, headers=headers)
    for one in mail.joined:
        message.attach(one.name, one.data, one.content_type)
    message.send()


class EmlBackend(BaseEmailBackend):
    """Django mail back end: one owner-only `.eml` file per message in the folder MAILS_FOLDER."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write each message; return how many were written."""
        settings.MAILS_FOLDER.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{clock.now():%Y%m%d-%H%M%S}-{uuid4().hex[:8]}.eml"
            descriptor = os.open(settings.MAILS_FOLDER / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(message.message().as_bytes())
        return len(email_messages)
