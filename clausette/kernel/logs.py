"""Structured logs: one JSON line per event, identifiers only, and the reference shown on error pages."""

import logging
import logging.config
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import structlog
from django.http import HttpRequest, HttpResponse

REFERENCE = "clausette.reference"
logger = structlog.get_logger("clausette.request")


def configure(options: dict[str, Any]) -> None:
    """Send everything, ours and the libraries', to the standard error as JSON (Django's LOGGING_CONFIG hook)."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "processor": structlog.processors.JSONRenderer(ensure_ascii=False),
                    "foreign_pre_chain": shared,
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["stderr"], "level": options.get("level", "INFO")},
            "loggers": {
                # our own request line says it, with the reference and without the address typed
                "django.request": {"level": "ERROR"},
                "django.server": {"level": "ERROR"},
                "fontTools": {"level": "ERROR"},
                "procrastinate.blueprints": {"level": "WARNING"},
                "procrastinate.periodic": {"level": "WARNING"},
            },
        }
    )


def reference_of(request: HttpRequest) -> str:
    """Return the reference of this request: the same on the error page and in the log."""
    return str(request.META.get(REFERENCE, ""))


class RequestReference:
    """Give each request a reference and log one line when it is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reference = uuid4().hex[:10]
        request.META[REFERENCE] = reference
        vars(request)["reference"] = reference
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(reference=reference)
        started = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        logger.info(
            "request",
            method=request.method,
            name=match.view_name if match else "",  # never the address: it may hold what was searched
            status=response.status_code,
            milliseconds=round((time.perf_counter() - started) * 1000),
        )
        response.headers["X-Reference"] = reference
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        return response
