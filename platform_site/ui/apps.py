"""The look of the platform: base template, components, template tags."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """App config of the interface parts; it has no models."""

    name = "platform_site.ui"
    label = "ui"
    verbose_name = "Interface"
