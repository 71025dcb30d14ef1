"""The base of every record."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Draft, publish gate, workflow, preview per language, log."""

    name = "platform_site.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks."""
        from platform_site.records import checks  # noqa: F401  importing registers the checks
