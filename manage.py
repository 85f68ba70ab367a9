#!/usr/bin/env python
"""Management commands of Clausette: `python manage.py <command>`."""

import os
import sys

# These prepare the database or look at it whole: they run as its owner. All others run as the worker.
OWNER_COMMANDS = {
    "createcachetable", "dbshell", "flush", "install", "makemigrations", "migrate", "showmigrations", "sqlmigrate",
    "test", "verify-journal", "world", "bench", "load-qpv", "load-communes", "replay-erasures", "recompute",
    "prove-hours-file",
}  # fmt: skip


def main() -> None:
    """Run one command under the database role it needs, unless CLAUSETTE_ROLE says another."""
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.live")
    os.environ.setdefault("CLAUSETTE_ROLE", "owner" if command in OWNER_COMMANDS else "worker")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
