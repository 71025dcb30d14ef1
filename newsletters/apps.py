"""News, and later the newsletter."""

from django.apps import AppConfig


class NewslettersConfig(AppConfig):
    """What the platform tells: news items with their list and feed."""

    name = "newsletters"
    label = "newsletters"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register with the doors of the lower layers."""
        from newsletters import registrations

        registrations.register()
