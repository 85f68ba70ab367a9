"""Mail, logs, tasks."""

from typing import Any
from urllib.parse import unquote, urlsplit

from config import env
from config.settings.base import STATE

DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.value("CLAUSETTE_MAIL_FROM")
MAILS_FOLDER = STATE / "mails"

_mail = urlsplit(env.value("CLAUSETTE_MAIL_URL"))
if _mail.scheme:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = _mail.hostname or ""
    EMAIL_PORT = _mail.port or (465 if _mail.scheme == "smtps" else 25)
    EMAIL_HOST_USER = unquote(_mail.username or "")
    EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
    EMAIL_USE_SSL = _mail.scheme == "smtps"
    EMAIL_USE_TLS = _mail.scheme == "smtp+tls"
    EMAIL_TIMEOUT = 10
else:
    EMAIL_BACKEND = "clausette.kernel.mails.EmlBackend"

CLAUSETTE_OPERATOR = env.value("CLAUSETTE_OPERATOR")
CLAUSETTE_CONTACT = env.value("CLAUSETTE_CONTACT")
CLAUSETTE_SOURCE_URL = env.value("CLAUSETTE_SOURCE_URL")
CLAUSETTE_GEOCODER = env.geocoder()
CLAUSETTE_CLAMAV = env.clamav()

LOGGING_CONFIG = "clausette.kernel.logs.configure"
LOGGING: dict[str, Any] = {"level": "INFO"}

PROCRASTINATE_ON_APP_READY = None
