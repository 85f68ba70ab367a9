"""PostgreSQL under the role chosen. No ATOMIC_REQUESTS: doors open their own transaction, with the rights."""

from typing import Any

from config import env


def connection_options(role: str) -> dict[str, Any]:
    """What a connection of this role asks of the driver and of the server."""
    options: dict[str, Any] = {"application_name": f"clausette {role}", "server_side_binding": True}
    # policies make plans look dear that run in milliseconds: compiled (JIT), each would wait for it, often a second
    options["options"] = "-c jit=off"
    if role == "app":
        # a page that waits longer than this is a fault, and a lock held longer a queue
        options["options"] += " -c statement_timeout=10000 -c lock_timeout=2000"
    if role == "app" and env.flag("CLAUSETTE_PREPARE"):
        # under the policies a query is planned longer than it runs: planned once by connection, for any value
        options["options"] += " -c plan_cache_mode=force_generic_plan"
        options["prepare_threshold"] = 1
    return options


_place = env.database()

DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "clausette.kernel.postgres",
        "NAME": _place.name,
        "USER": _place.user,
        "PASSWORD": _place.password,
        "HOST": _place.host,
        "PORT": _place.port,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": connection_options(env.role()),
    }
}
