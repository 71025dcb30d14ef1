"""The library: documents, their files and texts, legal instruments and monitoring bodies."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """Library documents with their files, reading views and citations."""

    name = "library"
    label = "library"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register with the doors of the lower layers."""
        from library import registrations

        registrations.register()
