"""What the home page and the practices ask of pages, of the directory and of the charts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import get_language, ngettext

from directory.selectors import organisation_count, organisations_changed_on, seats, served
from library.selectors import dated_facts_line, document_count, documents_where
from platform_site.home.models.plain_page import PlainPage
from platform_site.listing.kept import Kept
from platform_site.listing.provenance import computed_from
from platform_site.pages.access import refused_keys
from platform_site.texts.languages import other_language
from platform_site.texts.sorting import sort_text
from platform_site.vocabulary import versions
from platform_site.vocabulary.store import vocabulary
from practices.access import shown_organisations
from practices.registration import Overview, PageAbout
from practices.selectors import (
    case_count,
    case_facts_line,
    case_title,
    chart_count,
    charts_changed_on,
    charts_of_category,
    facts_line,
    newest_cases,
    newest_charts,
)

NEWEST_CHARTS = 6
NEWEST_OTHERS = 4


@dataclass(frozen=True)
class CountryLink:
    """A country of the map and of the list beside it; `count` of organisations with a seat there."""

    code: str
    name: str
    href: str
    count: int


@dataclass(frozen=True)
class NewestRow:
    """A practice chart, case study or document as one light row; `title_language` where it is not the reader's."""

    href: str
    title: str
    title_language: str
    facts_line: str
    audience: str
    country_code: str = ""
    country_name: str = ""


@dataclass(frozen=True)
class CategoryLink:
    """A category of practices, with the number of its charts."""

    code: str
    name: str
    href: str
    count: int


# Parts of the home page that are drawn once for all readers who may read the same.
SECTIONS = ("map", "figures", "countries", "charts", "categories", "cases", "documents")
DATA = ("organisation", "practice", "case", "document", "vocabulary")
# The kind of page that tells of all records of a type: what the cases show together, how the practices were chosen.
ABOUT_RECORDS = {"case": PlainPage.Kind.ANALYSIS, "practice": PlainPage.Kind.METHOD}
_kept_pages = Kept(lambda: (versions.current("pages"),))
_kept = Kept(lambda: (*map(versions.current, DATA), localdate().isoformat()))


def home_blocks(user: Any) -> dict[str, Any]:
    """Return what the home page computes for `user` and the drawn sections, in the active language.

    Both are kept until the data, the language, the day or what the reader may see is another.
    """
    return _kept.value(user, "blocks", lambda: _with_sections(_computed(user)))


def _with_sections(blocks: dict[str, Any]) -> dict[str, Any]:
    # Safe stays safe: templates drew them.
    return blocks | {
        "sections": {name: SafeString(render_to_string(f"home/home_{name}.html", blocks)) for name in SECTIONS}
    }


def _computed(user: Any) -> dict[str, Any]:
    countries = country_links(seats(user))
    seated = {country.code for country in countries}
    abroad = {code: 0 for code, count in served(user).items() if count and code not in seated}
    return {
        "countries": countries,
        "countries_abroad": country_links(abroad, keep_empty=True),
        "organisations": organisation_count(user),
        "charts": chart_count(user),
        "chart_rows": chart_rows(user),
        "categories": category_links(user),
        "cases": case_count(user),
        "case_rows": case_rows(user),
        "documents": document_count(user),
        "document_rows": document_rows(user),
        "dateline": _dateline(user),
    }


def _dateline(user: Any) -> list[tuple[str, str]]:
    organisations, charts = organisation_count(user), chart_count(user)
    counted = (
        ngettext("%(count)d organisation", "%(count)d organisations", organisations) % {"count": organisations},
        ngettext("%(number)d practice chart", "%(number)d practice charts", charts) % {"number": charts},
    )
    changes = [day for day in (organisations_changed_on(user), charts_changed_on(user)) if day]
    return computed_from(", ".join(counted), max(changes, default=None))


def country_links(counts: dict[str, int], *, keep_empty: bool = False) -> list[CountryLink]:
    """Return the countries of `counts` by name; those with nothing are left out unless they are to be kept."""
    names = vocabulary("countries")
    links = [
        CountryLink(code, names.label(code), reverse("directory:country_detail", args=[code]), count)
        for code, count in counts.items()
        if count or keep_empty
    ]
    return sorted(links, key=lambda link: sort_text(link.name))


def chart_rows(user: Any) -> list[NewestRow]:
    """Return the newest charts that `user` may read."""
    active = get_language()
    names = vocabulary("countries")
    return [
        NewestRow(
            href=card.url,
            title=card.name,
            title_language=card.language if card.language != active else "",
            facts_line=facts_line(card, shown_organisations(card, user)),
            audience=card.audience,
            country_code=card.country,
            country_name=names.label(card.country) if card.country else "",
        )
        for card in newest_charts(user, limit=NEWEST_CHARTS)
    ]


def case_rows(user: Any) -> list[NewestRow]:
    """Return the newest case studies that `user` may read."""
    active = get_language()
    names = vocabulary("countries")
    return [
        NewestRow(
            href=card.url,
            title=case_title(card, user),
            title_language=card.language if card.language != active else "",
            facts_line=case_facts_line(card, user),
            audience=card.audience,
            country_code=card.country,
            country_name=names.label(card.country) if card.country else "",
        )
        for card in newest_cases(user, limit=NEWEST_OTHERS)
    ]


def document_rows(user: Any) -> list[NewestRow]:
    """Return the newest library documents that `user` may read."""
    found, _total = documents_where({}, user, NEWEST_OTHERS)
    return [
        NewestRow(
            href=document.get_absolute_url(),
            title=document.title,
            title_language=document.title_language if document.title_language != get_language() else "",
            facts_line=dated_facts_line(document),
            audience=document.audience,
        )
        for document in found
    ]


def category_links(user: Any) -> list[CategoryLink]:
    """Return the categories of practices with the number of charts that `user` may read."""
    return [
        CategoryLink(
            entry.code,
            entry.label(),
            reverse("practices:practice_category", args=[entry.code.lower()]),
            len(charts_of_category(entry.code, user)),
        )
        for entry in vocabulary("practice_categories").offered()
    ]


def overview_pages() -> dict[str, list[PlainPage]]:
    """Return, by category, the public overview with its translations, the original first.

    Of two overviews of one category the older one counts; the other one stays a page of its own.
    """
    found: dict[str, list[PlainPage]] = {}
    written = PlainPage.objects.visible_to(None).filter(kind=PlainPage.Kind.CATEGORY_OVERVIEW)
    for page in written.select_related("locale").order_by("pk"):
        group = found.setdefault(page.category, [])
        if not group or group[0].translation_key == page.translation_key:
            group.append(page)
    return found


def overview_of_category(category: str, request: HttpRequest) -> Overview | None:
    """Return the editors' text on a category: in the reader's language, else the original, None if there is none."""
    pages = overview_pages().get(category)
    if not pages:
        return None
    active = get_language()
    page = next((page for page in pages if page.text_language == active), pages[0])
    body = render_to_string("pages/page_body.html", {"parts": page.parts(), "intro": page.intro}, request)
    return Overview(
        # Safe stays safe: a template drew it.
        body=SafeString(body),
        provenance=page.provenance(),
        language="" if page.text_language == active else page.text_language,
    )


def page_about_records(record_type: str, request: HttpRequest) -> PageAbout | None:
    """Return the page about all records of a type ("case", "practice") in the reader's language, else the original.

    Of several pages of the kind it is the first one that the asker may read, None where there is none.
    """
    kind = ABOUT_RECORDS.get(record_type)
    if kind is None:
        return None
    found = _kept_pages.value(request.user, kind, lambda: _pages_of_kind(kind))
    refused = refused_keys(request) if found else set()
    return next((page for key, page in found.items() if key not in refused), None)


def _pages_of_kind(kind: str) -> dict[Any, PageAbout]:
    """Return links to the pages of a kind in the tree of the active language by key, in the order of the originals."""
    active = get_language() or "en"
    written = PlainPage.objects.written().filter(kind=kind).order_by("path")
    keys = list(dict.fromkeys(written.values_list("translation_key", flat=True)))
    here = PlainPage.objects.live().filter(translation_key__in=keys, locale__language_code=active)
    pages = {page.translation_key: page for page in here}
    return {
        key: PageAbout(
            title=pages[key].title,
            href=f"/{active}/{pages[key].url_path.split('/', 2)[2]}",
            language=other_language(pages[key].text_language),
        )
        for key in keys
        if key in pages
    }
