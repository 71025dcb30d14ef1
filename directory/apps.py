"""Organisations, services, hotlines, networks, programmes."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """The directory."""

    name = "directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register with the doors of the lower layers."""
        from directory import registrations

        registrations.register()
