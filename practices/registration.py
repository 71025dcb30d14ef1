"""The door through which upper apps add to the practices: overviews of the four categories, pages about the lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from platform_site.ui.languages import language_name


@dataclass(frozen=True)
class Overview:
    """The editorial text on a category: rendered body, labels and values that say where it is from, and its language
    where it is not the reader's ("" otherwise). The body comes from the one renderer of texts or blocks, never from a
    request.
    """

    body: SafeString
    provenance: Sequence[tuple[Any, Any]]
    language: str = ""

    @property
    def language_name(self) -> str:
        """The language in words, "" where it is the reader's."""
        return language_name(self.language) if self.language else ""


@dataclass(frozen=True)
class PageAbout:
    """A page that tells of all case studies or of all practices; `language` of its title where it is not the
    reader's.
    """

    title: str
    href: str
    language: str


Provider = Callable[[str, Any], Overview | None]
_providers: list[Provider] = []
PageProvider = Callable[[str, Any], PageAbout | None]
_page_providers: list[PageProvider] = []


def register_overviews(provider: Provider) -> None:
    """Add a provider: a function from a category's code and the request to its overview, or None."""
    if provider not in _providers:
        _providers.append(provider)


def overview_of(category: str, request: Any) -> Overview | None:
    """Return the first overview that a provider has for `category`, as the reader of `request` may see it."""
    for provider in _providers:
        found = provider(category, request)
        if found is not None:
            return found
    return None


def link_to(page: PageAbout) -> SafeString:
    """Return the link to a page, as HTML."""
    return render_to_string("practices/page_link.html", {"page": page})


def register_pages(provider: PageProvider) -> None:
    """Add a provider: a function from "case" or "practice" and the request to the page about all of them, or None."""
    if provider not in _page_providers:
        _page_providers.append(provider)


def page_about(record_type: str, request: Any) -> PageAbout | None:
    """Return the first page that a provider has about all records of a type and that the asker may read, or None."""
    found = (provider(record_type, request) for provider in _page_providers)
    return next((page for page in found if page is not None), None)
