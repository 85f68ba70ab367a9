"""Entry point of the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.live")

application = get_wsgi_application()

from django.db import connection  # noqa: E402  # the settings are loaded just above

# the connection is lazy: touch it now, so that an unsafe role refuses to start rather than to answer
connection.ensure_connection()
connection.close()

from config.memory import settle  # noqa: E402  # once everything is loaded

settle()
