"""The one search: registration, the `related` door; the engines come with the search issue."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Knows no content app: apps register their sources when they are ready."""

    name = "search"
    label = "search"

    def ready(self) -> None:
        """Register the system checks, and the comparison without accents."""
        from search import checks, folding  # noqa: F401  importing registers the checks

        folding.register()
