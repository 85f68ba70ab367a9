"""The schema of rights, the policies of access and journal, the grants on the tables of the libraries."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import protect, sec_functions

OWN = "organisation_id = (SELECT sec.organisation())"
SIGNED = f"{OWN} AND account_id = (SELECT sec.account())"

# tables outside row-level security: docs/reference/tables-outside-rls.md says why, a test compares
LOGIN = """
GRANT SELECT, INSERT, UPDATE ON access_account TO clausette_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON access_session, access_loginfailure, access_knowndevice TO clausette_app;
GRANT SELECT ON access_demonstration TO clausette_app;
"""
LIBRARIES = """
GRANT SELECT, INSERT, UPDATE, DELETE ON account_emailaddress, account_emailconfirmation, mfa_authenticator
   TO clausette_app;
GRANT SELECT ON django_content_type, django_migrations TO clausette_app;
GRANT SELECT, INSERT ON procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers TO clausette_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers,
  procrastinate_workers TO clausette_worker;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO clausette_app, clausette_worker;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("access", "0001_initial"),
        ("journal", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations: ClassVar = [
        sec_functions(Path(__file__).resolve().parents[1] / "sec.sql"),
        migrations.RunSQL(LOGIN + LIBRARIES, migrations.RunSQL.noop),
        *protect(
            "access_organisation",
            see="(SELECT sec.organisation()) IS NOT NULL",
            verbs="INSERT, UPDATE",
            insert="registered_by_id = (SELECT sec.organisation()) AND (SELECT sec.capable('facilitator'))"
            " AND NOT ('facilitator' = ANY (capabilities))",
            write="id = (SELECT sec.organisation())"
            " OR (registered_by_id = (SELECT sec.organisation()) AND NOT sec.has_members(id))",
        ),
        *protect(
            "access_membership",
            see=f"account_id = (SELECT sec.account()) OR {OWN}",
            verbs="UPDATE",
            write=f"{OWN} AND (SELECT sec.is_admin())",
        ),
        *protect(
            "access_invitation",
            see=f"{OWN} OR invited_by_id = (SELECT sec.account())",
            verbs="INSERT, UPDATE",
            write=f"({OWN} AND (SELECT sec.is_admin())) OR ((SELECT sec.capable('facilitator'))"
            " AND invited_by_id = (SELECT sec.account()) AND NOT sec.has_members(organisation_id))",
        ),
        *protect(
            "journal_event",
            see=f"{OWN} OR contract_id = ANY ((SELECT sec.contracts('pilot'))::bigint[])",
            verbs="INSERT",
            insert=SIGNED,
        ),
        *protect("journal_reading", see=OWN, verbs=""),
    ]
