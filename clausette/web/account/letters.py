"""The mails kept as files, read again."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

from clausette.kernel.french import format_number

NAME = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9a-f]{8}")
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail: its name among the files, when, to whom, its subject, its text."""

    name: str
    sent_at: datetime
    to: str
    subject: str
    text: str
    joined: tuple[str, ...] = ()
    """« bilan.pdf, 84 Ko » for each file."""


def _read(path: Path) -> Letter:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = message.get_body(("plain",))
    text = str(body.get_content()) if body else ""
    sent_at = parsedate_to_datetime(str(message["Date"]))
    joined = tuple(f"{part.get_filename()}, {_size(part)}" for part in message.iter_attachments())
    return Letter(path.stem, sent_at, str(message["To"]), str(message["Subject"]), text, joined)


def _size(part: Message) -> str:
    data = part.get_payload(decode=True)
    return f"{format_number(-(-len(data) // 1024))} Ko" if isinstance(data, bytes) else "vide"


def latest_letters() -> list[Letter]:
    """Return the latest mails, the last one first."""
    folder: Path = settings.MAILS_FOLDER
    return [_read(path) for path in sorted(folder.glob("*.eml"), reverse=True)[:SHOWN]]


def letter(name: str) -> Letter | None:
    """Return one mail by its name, None when there is none."""
    path: Path = settings.MAILS_FOLDER / f"{name}.eml"
    return _read(path) if NAME.fullmatch(name) and path.exists() else None
