"""The base of every record."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RecordsConfig(AppConfig):
    """Draft, publish gate, workflow, preview per language, log."""

    name = "platform_site.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks, and what happens after a migration."""
        from platform_site.records import checks  # noqa: F401  importing registers the checks
        from platform_site.records.permissions import after_migrate

        post_migrate.connect(after_migrate, sender=self, dispatch_uid="records.permissions")
