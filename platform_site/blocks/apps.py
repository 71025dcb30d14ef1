"""StreamField blocks."""

from django.apps import AppConfig


class BlocksConfig(AppConfig):
    """No tables: blocks live in the pages that use them."""

    name = "platform_site.blocks"
    label = "blocks"
