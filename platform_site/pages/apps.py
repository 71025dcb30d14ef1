"""What all pages of the site stand on."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """No tables: the page types live in the apps that show them."""

    name = "platform_site.pages"
    label = "pages"

    def ready(self) -> None:
        """Follow what happens to pages."""
        from platform_site.pages import signals  # noqa: F401  importing connects the receivers
