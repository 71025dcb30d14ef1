"""Declared lists: facets, filters, sorting, paging."""

from django.apps import AppConfig


class ListingConfig(AppConfig):
    """No tables: a list is declared by the app that owns the records."""

    name = "platform_site.listing"
    label = "listing"
