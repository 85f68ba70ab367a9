"""`manage demo-accounts`: who one can be in the demonstration, and the password of all."""

from django.core.management import BaseCommand

from clausette.access.demonstration import PASSWORD, demo_accounts
from clausette.access.enums import Capability


class Command(BaseCommand):
    """Print the accounts of the demonstration; nothing in a real installation."""

    help = "Liste les comptes de la démonstration et leur mot de passe."

    def handle(self, *args: object, **options: object) -> None:
        accounts = demo_accounts()
        if not accounts:
            return
        width = max(len(one.email) for one in accounts)
        self.stdout.write(f"Comptes de démonstration (mot de passe de tous : {PASSWORD})")
        for one in accounts:
            roles = ", ".join(Capability(name).label for name in sorted(one.capabilities))
            told = f" ({roles})" if roles else ""  # who keeps payrolls by mandate has no capability of its own
            self.stdout.write(f"  {one.email:<{width}}  {one.full_name}, {one.organisation_name}{told}")
