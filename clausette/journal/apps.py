from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "clausette.journal"
    verbose_name = "Journal"

    def ready(self) -> None:
        """Plug the recorder into the kernel's operations."""
        from clausette.journal.operations import record
        from clausette.kernel.operation import set_recorder

        set_recorder(record)
