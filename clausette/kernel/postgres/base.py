"""The wrapper Django loads: refusal to start and guard against stray writes, for web, worker, shell and threads."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base

from clausette.kernel.writing import refuse_stray_writes

# a superuser, a role that bypasses the policies, or a member of the owner of a protected table
UNSAFE = """
    SELECT rolsuper OR rolbypassrls OR EXISTS (
        SELECT FROM pg_catalog.pg_class c
        WHERE c.relrowsecurity AND pg_catalog.pg_has_role(current_user, c.relowner, 'MEMBER'))
    FROM pg_catalog.pg_roles WHERE rolname = current_user"""


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL for the roles of Clausette (settings.ROLE: owner, app or worker)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if settings.ROLE != "owner":
            self.execute_wrappers.append(refuse_stray_writes)

    def init_connection_state(self) -> None:
        """Refuse to go on under a role that escapes isolation (a system check is not run by the web server)."""
        super().init_connection_state()
        if settings.ROLE == "owner" or self.connection is None:
            return
        with self.connection.cursor() as cursor:
            cursor.execute(UNSAFE)
            row = cursor.fetchone()
        if row is None or row[0]:
            self.connection.close()
            self.connection = None
            raise ImproperlyConfigured(
                "Ce rôle de base de données échappe au cloisonnement : démarrage refusé."
            )
