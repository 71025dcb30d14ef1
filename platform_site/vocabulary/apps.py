"""Controlled lists, countries and languages."""

from django.apps import AppConfig


class VocabularyConfig(AppConfig):
    """Terms in five languages, read from memory."""

    name = "platform_site.vocabulary"
    label = "vocabulary"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Forget versions between requests, and notice every write."""
        from platform_site.vocabulary import changes, versions

        versions.connect()
        changes.connect()
