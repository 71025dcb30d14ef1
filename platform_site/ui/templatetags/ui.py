"""Template tags of the components. What each draws is in `ui/components/`; the style guide shows all of them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Protocol

from django import template
from django.template.context import Context
from django.templatetags.static import static
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from platform_site.ui.figures import (
    FundingShare,
    funding_segments,
    percent,
    unstated_rest,
)
from platform_site.ui.languages import language_entries, language_name
from platform_site.ui.maps import CountryEntry, cutout, plates_for, shapes_with

register = template.Library()

RECORD_TYPES = {
    "organisation": ("building-2", _("Organisation")),
    "practice_chart": ("clipboard-list", _("Practice chart")),
    "case_study": ("route", _("Case study")),
    "library_document": ("file-text", _("Library document")),
    "guide": ("book-open", _("Advocacy guide")),
    "topic": ("messages-square", _("Topic")),
    "country": ("map", _("Country")),
    "network": ("users", _("Network")),
    "programme": ("target", _("Programme")),
    "page": ("file-text", _("Page")),
}
PLATE_SIZES = ("s", "m", "l")
PLATE_KINDS = ("outline", "filled", "dashed")
TICKS = 5


class FreshnessState(Protocol):
    """How old an entry is: filled ticks (None: no ticks), kind, the word, the detail with its date."""

    ticks: int | None
    kind: str
    word: str
    detail: str


# The addresses of static files stay the same as long as the process runs.
@register.simple_tag
@lru_cache(maxsize=256)
def styles(*names: str) -> SafeString:
    """Link the style sheets `names` of `static/css/`, in this order: those that only some pages need."""
    return format_html_join(
        "\n    ", '<link rel="stylesheet" href="{}">', ((static(f"css/{name}.css"),) for name in names)
    )


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str) -> SafeString:
    """Draw the icon `name` of the sprite. It is hidden from screen readers: a word stands beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>',
        static("icons/sprite.svg"),
        name,
    )


@register.simple_tag
def facet_options(facet: Any) -> SafeString:
    """Draw the lines of a facet: of each option its box, its label, its count (None: not counted).

    A list has more than a hundred of them, and a template draws each much more slowly, so they are put together here.
    """
    lines = []
    for option in facet.options:
        is_empty = option.count == 0
        line = _facet_option(facet.name, option.value, option.label, is_empty, bool(option.depth), option.checked)
        count = "" if option.count is None else f' <span class="num">{localize(option.count)}</span>'
        lines.append(f"{line}{count}</label>")
    # Safe stays safe: `_facet_option` has escaped all words, and a count is a number.
    return SafeString("".join(lines))


@lru_cache(maxsize=8192)
def _facet_option(name: str, value: str, label: str, is_empty: bool, is_deep: bool, is_checked: bool) -> str:
    """Return the line of an option as far as its count, which alone changes from page to page."""
    kind = f"option{' is-empty' if is_empty else ''}{' option--deep' if is_deep else ''}"
    checked = " checked" if is_checked else ""
    box = '<label class="{}"><input type="checkbox" name="{}" value="{}"{}> <span>{}</span>'
    return format_html(box, kind, name, value, checked, label)


@register.inclusion_tag("ui/components/plate.html")
def plate(
    code: str,
    name: str,
    size: str = "s",
    kind: str = "outline",
    show_name: bool = False,
) -> dict[str, Any]:
    """Draw a country's plate: two letters in a box, with the country's name for screen readers or beside it.

    `size` is s, m or l; `kind` outline (a mention), filled (this entry's country) or dashed (no member there).
    Raises ValueError on another size or kind.
    """
    if size not in PLATE_SIZES or kind not in PLATE_KINDS:
        raise ValueError(f"A plate has no size {size!r} or kind {kind!r}.")
    return {
        "code": code,
        "name": name,
        "size": size,
        "kind": kind,
        "show_name": show_name,
    }


@register.inclusion_tag("ui/components/pair.html")
def pair(
    code_a: str,
    name_a: str,
    code_b: str,
    name_b: str,
    large: bool = False,
) -> dict[str, Any]:
    """Draw two plates and the line between them: one country hands over to another."""
    return {
        "code_a": code_a,
        "name_a": name_a,
        "code_b": code_b,
        "name_b": name_b,
        "large": large,
    }


@register.inclusion_tag("ui/components/audience_mark.html")
def audience_mark(audience: str, detached: bool = False) -> dict[str, Any]:
    """Say on a row that not everybody sees the record; `audience` as records have it. For everybody it draws nothing.

    Facts follow it after a dot, unless it is `detached`. An unknown audience is drawn like the narrowest one: a mark
    too many leaks nothing.
    """
    return {"audience": audience, "detached": detached}


@register.inclusion_tag("ui/components/audience_notice.html")
def audience_notice(audience: str) -> dict[str, Any]:
    """Say the same at the head of the record's page, as a sentence. It is printed with the page."""
    return {"audience": audience}


@register.inclusion_tag("ui/components/freshness.html")
def freshness(
    state: FreshnessState | None,
    large: bool = False,
) -> dict[str, Any]:
    """Draw how old an entry is: ticks, word, date. Without a state it draws nothing."""
    ticks = min(max(state.ticks, 0), TICKS) if state and state.ticks is not None else None
    return {"state": state, "ticks": ticks, "large": large}


@register.inclusion_tag("ui/components/record_type.html")
def record_type(name: str, detail: str = "") -> dict[str, Any]:
    """Draw icon and word of a kind of record, with an optional detail after the word. KeyError on an unknown kind."""
    symbol, label = RECORD_TYPES[name]
    return {"name": name, "symbol": symbol, "label": label, "detail": detail}


@register.inclusion_tag("ui/components/funding_bar.html")
def funding_bar(
    segments: Iterable[FundingShare],
    legend: bool = True,
    kinds: bool = False,
    lang: str = "",
) -> dict[str, Any]:
    """Draw who paid how much: a bar of shares with its legend. Shares that are not stated are hatched.

    With `kinds` the legend says of which kind each funder is; `lang` is the language of their names where it is not
    that of the page.
    """
    rows = funding_segments(segments)
    rest = unstated_rest(rows)
    return {
        "segments": rows,
        "rest": rest,
        "has_shares": any(row.share is not None for row in rows),
        "count": len(rows),
        "legend": legend,
        "kinds": kinds,
        "lang": lang,
    }


@register.inclusion_tag("ui/components/bar.html")
def bar(value: float, maximum: float) -> dict[str, Any]:
    """Draw one bar of a statistic: `value` of `maximum`. The number itself stands beside it as text."""
    return {"width": percent(value, maximum)}


@register.inclusion_tag("ui/components/period_bar.html")
def period_bar(start: int, end: int | None, first: int, last: int) -> dict[str, Any]:
    """Draw the years `start` to `end` (None: still going on) on a scale from `first` to `last`."""
    span = max(last - first, 1)
    until = last if end is None else end
    # A period within one year stays visible: at least a fiftieth of the scale.
    return {
        "start": percent(start - first, span),
        "width": percent(max(until - max(start, first), span / 50), span),
        "first": first,
        "last": last,
    }


@register.inclusion_tag("ui/components/europe_map.html")
def europe_map(entries: Iterable[CountryEntry]) -> dict[str, Any]:
    """Draw the map with a plate, a link, per country (`.code .name .href .count`). Their list stands beside it."""
    rows = list(entries)
    return {"shapes": shapes_with(row.code for row in rows), "plates": plates_for(rows)}


@register.inclusion_tag("ui/components/country_map.html")
def country_map(code: str, name: str) -> dict[str, Any]:
    """Draw the cut-out of the map round one country. A country outside the map draws nothing."""
    return {"cutout": cutout(code), "name": name}


@register.inclusion_tag("ui/components/languages.html", takes_context=True)
def language_switch(context: Context) -> dict[str, Any]:
    """List the site's languages with the address of this page in each.

    Reads `content_languages` (codes in which the content exists; absent: all) and `original_language` from the context.
    """
    request = context.get("request")
    original = context.get("original_language") or ""
    return {
        "entries": language_entries(request, context.get("content_languages")) if request else [],
        "original": language_name(original) if original else "",
    }
