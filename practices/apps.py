"""Practice charts."""

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    """Relevant practices: the standard form, its pages, comparison."""

    name = "practices"
    label = "practices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register with the doors of the lower layers."""
        from practices import registrations

        registrations.register()
