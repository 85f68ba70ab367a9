"""PostgreSQL under the role chosen. No ATOMIC_REQUESTS: doors open their own transaction, with the rights."""

from config import env

_place = env.database()

DATABASES = {
    "default": {
        "ENGINE": "clausette.kernel.postgres",
        "NAME": _place.name,
        "USER": _place.user,
        "PASSWORD": _place.password,
        "HOST": _place.host,
        "PORT": _place.port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {"application_name": f"clausette {env.role()}"},
    }
}
if env.role() == "app":
    # a page that waits longer than this is a fault, and a lock held longer a queue
    DATABASES["default"]["OPTIONS"] = {
        "application_name": "clausette app",
        "options": "-c statement_timeout=10000 -c lock_timeout=2000",
    }
