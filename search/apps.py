"""The one search: registration, the `related` door; the engines come with the search issue."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Knows no content app: apps register their sources when they are ready."""

    name = "search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks, listen to what changes, compare without accents, and register the glossary."""
        from search import checks, folding, registrations, signals  # noqa: F401  importing registers some of them
        from search.engines import checks as engine_checks  # noqa: F401

        folding.register()
        registrations.register()
