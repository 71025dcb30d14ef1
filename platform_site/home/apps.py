"""Home page, plain pages, safety page."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The top of the site: asks the selectors of the apps below."""

    name = "platform_site.home"
    label = "home"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register with the doors of the lower layers and follow what happens to pages."""
        from platform_site.home import lookups, registrations, signals  # noqa: F401  importing connects them

        registrations.register()
