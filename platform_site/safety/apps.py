"""App configuration of `safety`."""

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    """Registers the system checks and marks requests that sign somebody out."""

    name = "platform_site.safety"
    label = "safety"

    def ready(self) -> None:
        """Import what registers itself."""
        from platform_site.safety import checks, signals  # noqa: F401  importing registers them
