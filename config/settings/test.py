"""What tests run: the live settings with a fixed key, quick hashes, plain static files and tripwires."""

import os
import tempfile
from pathlib import Path

# Tests log in as the owner, who makes the test database; then every connection takes the web role (conftest).
os.environ["CLAUSETTE_ROLE"] = "owner"
os.environ["CLAUSETTE_SECRET_KEY"] = "only-for-tests-only-for-tests-only-for-tests-0123456789"
os.environ["CLAUSETTE_STATE"] = str(Path(tempfile.gettempdir()) / f"clausette-tests-{os.getuid()}")
os.environ["CLAUSETTE_MASTER_KEY"] = "0123456789abcdef" * 4
os.environ.pop("CLAUSETTE_KEYS", None)
os.environ.pop("CLAUSETTE_HTTPS", None)
os.environ.pop("CLAUSETTE_CLAMAV", None)
os.environ.pop("CLAUSETTE_MAIL_URL", None)

from config.settings.live import *  # noqa: F403  # the live settings, then what tests change
from config.settings.live import DATABASES, MIDDLEWARE, STORAGES, TEMPLATES

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
# sentences are compared as they are written in the code; tests/web/test_typography.py and the journeys put it back
MIDDLEWARE = [one for one in MIDDLEWARE if one != "clausette.web.typography.Glued"]
DATABASES["default"]["CONN_MAX_AGE"] = 0
# a whole run makes the tables once and copies them (launch.testing)
DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ.get("TEST_TABLES")}
# queries prepared and planned as for the web; no time limits, a loaded machine is slow
DATABASES["default"]["OPTIONS"] |= {
    "prepare_threshold": 1, "options": "-c jit=off -c plan_cache_mode=force_generic_plan",
}  # fmt: skip
LOGGING = {"level": "ERROR"}


class UndefinedVariable(str):
    """Fails the page that names a variable the view does not give."""

    def __contains__(self, item: object) -> bool:
        return item == "%s" or super().__contains__(str(item))

    def __mod__(self, name: object) -> str:
        raise NameError(f"undefined template variable: {name}")


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedVariable("%s")
