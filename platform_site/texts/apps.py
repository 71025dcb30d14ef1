"""Formatted text, texts per language, fallback to the original."""

from django.apps import AppConfig


class TextsConfig(AppConfig):
    """No tables of its own: abstract models and functions."""

    name = "platform_site.texts"
    label = "texts"
