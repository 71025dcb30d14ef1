"""The site map for search engines: what the public may read, in the languages in which it was really written.

An address that shows another language's text is left out: its twin in that language is the one to find.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from directory.models import CountryProfile
from directory.selectors import countries_with_profile, seats
from platform_site.home.selectors import overview_pages
from platform_site.pages.site_page import site_page_types
from platform_site.records.registry import record_models
from platform_site.vocabulary.store import vocabulary

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
# Lists and pages that are there whatever the content is.
LISTS = (
    "directory:organisation_list",
    "directory:country_list",
    "directory:country_coverage",
    "directory:country_compare",
    "directory:indicator_list",
    "directory:network_list",
    "directory:programme_list",
    "practices:practice_list",
    "library:document_list",
    "library:tools",
    "library:legal_instrument_list",
    "library:monitoring_body_list",
    "practices:case_list",
    "practices:case_statistics",
    "search:concept_list",
    "safety_page",
)
CATEGORY_PAGE = "practices:practice_category"


@dataclass(frozen=True)
class Address:
    """One path that serves every language: how to get it, the languages written, the day of the last change."""

    path: Callable[[], str]
    languages: tuple[str, ...]
    changed: datetime | None = None


class TwinSitemap(Sitemap[Address]):
    """Addresses with their twins in the other languages (hreflang)."""

    i18n = True
    alternates = True
    x_default = False
    limit = 10_000

    def get_languages_for_item(self, item: Address) -> list[str]:
        """Return the languages in which the address has a text of its own."""
        return list(item.languages)

    def location(self, item: Address) -> str:
        """Return the path in the active language."""
        return item.path()

    def lastmod(self, item: Address) -> datetime | None:
        """Return when the text was last published."""
        return item.changed


class ListSitemap(TwinSitemap):
    """Lists, pages of countries and of categories: they have words of the site in every language."""

    def items(self) -> list[Address]:
        """Return the addresses of the lists, of countries with an organisation or a profile, and of the categories."""
        categories = [entry.code for entry in vocabulary("practice_categories").offered()]
        seated = {code for code, count in seats(None).items() if count}
        countries = sorted(seated.union(countries_with_profile(None)))
        return [
            *(Address(path, LANGUAGES) for name in LISTS if (path := path_of(name)) is not None),
            *(Address(path, LANGUAGES) for code in countries if (path := path_of("directory:country_detail", code))),
            *(Address(path, LANGUAGES) for code in categories if (path := path_of(CATEGORY_PAGE, code.lower()))),
        ]


class PageSitemap(TwinSitemap):
    """The pages of the tree."""

    def items(self) -> list[Address]:
        """Return one address per group of pages that is written in some language."""
        found: dict[str, tuple[list[str], datetime | None]] = {}
        # An overview is read on the page of its category.
        elsewhere = [pages[0].translation_key for pages in overview_pages().values()]
        for model in site_page_types():
            rows = model.objects.visible_to(None).exclude(translation_key__in=elsewhere).order_by("path")
            for url_path, language, changed in rows.values_list(
                "url_path", "locale__language_code", "last_published_at"
            ):
                rest = url_path.split("/", 2)[2]
                languages, last = found.setdefault(rest, ([], None))
                newest = max(filter(None, (last, changed)), default=None)
                found[rest] = ([*languages, language], newest)
        return [
            Address(page_path(rest), tuple(languages), changed) for rest, (languages, changed) in sorted(found.items())
        ]


class RecordSitemap(TwinSitemap):
    """The records of one kind."""

    def __init__(self, model: Any) -> None:
        self.model = model

    def items(self) -> list[Address]:
        """Return the address of each record that the public may read."""
        records = self.model.objects.visible_to(None).order_by("pk").defer("originals")
        written = languages_of_texts(self.model)
        return [
            Address(
                record.get_absolute_url,
                tuple(code for code in LANGUAGES if code in written.get(record.pk, ())) or LANGUAGES[:1],
                record.last_published_at,
            )
            for record in records
        ]


def languages_of_texts(model: Any) -> dict[int, set[str]]:
    """Return the languages of the texts of each record of a kind by its primary key, without loading the texts."""
    if not hasattr(model, "texts"):
        return {}
    relation = model.texts.rel
    found: dict[int, set[str]] = {}
    for key, language in relation.related_model.objects.values_list(relation.field.attname, "language"):
        found.setdefault(key, set()).add(language)
    return found


def path_of(name: str, *arguments: str) -> Callable[[], str] | None:
    """Return what gives the path of a URL name in the active language, None for a name that the site does not have."""
    try:
        reverse(name, args=arguments)
    except NoReverseMatch:
        return None
    return lambda: reverse(name, args=arguments)


def page_path(rest: str) -> Callable[[], str]:
    """Return what gives the path of a page in the active language."""
    return lambda: f"/{get_language()}/{rest}"


def sections() -> dict[str, type[Sitemap[Any]] | Sitemap[Any]]:
    """Return the sections of the site map by their names."""
    maps: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {"lists": ListSitemap(), "pages": PageSitemap()}
    for name, model in record_models().items():
        if model is CountryProfile:
            # Read on the page of its country, which stands among the lists.
            continue
        maps[f"{name}s"] = RecordSitemap(model)
    return maps
