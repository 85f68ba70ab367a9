"""Mails written as `.eml` files: what is sent where no mail server is declared, and in the demonstration."""

import os
from collections.abc import Sequence
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from clausette.kernel import clock


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
