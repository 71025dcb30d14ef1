"""A category: its overview and a matrix of all its charts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from platform_site.listing.presentation import pages_of
from platform_site.listing.provenance import computed_from
from platform_site.listing.state import parse_state
from platform_site.texts.formatted import plain, to_list
from platform_site.texts.languages import other_language
from platform_site.texts.shortening import shortened_words
from platform_site.vocabulary.store import vocabulary
from practices.access import shown_organisations
from practices.comparison import MOST, address
from practices.filters import PRACTICES
from practices.kept import kept_key
from practices.models import PracticeChart
from practices.registration import overview_of
from practices.selectors import charts_of_category
from practices.standard_form import BY_KEY, Part, part

PAGE_SIZE = 20
# About as much as fits a cell; the whole text is behind the link.
CELL_LENGTH = 220
MATRIX = ("background", "innovation", "strengths", "transferability")


@dataclass(frozen=True)
class MatrixCell:
    """What a chart says in one column: its beginning, and where the rest stands ("" if it is all there).

    `language` is that of the words where it is not the reader's.
    """

    text: str
    more_href: str
    language: str


@dataclass(frozen=True)
class MatrixRow:
    """One chart of the matrix; `language` is that of its text where it is not the reader's."""

    chart: Any
    country: Any
    organisations: str
    language: str
    cells: list[MatrixCell]


@require_safe
def practice_category(request: HttpRequest, code: str) -> HttpResponse:
    """Return the page of a category (`a` to `d`). Raises Http404 for another one."""
    entry = vocabulary("practice_categories").get(code.upper())
    if entry is None:
        raise Http404
    state = parse_state(request.GET, ())
    cards = charts_of_category(entry.code, request.user)
    page = pages_of([card.pk for card in cards], state, size=PAGE_SIZE)
    key = kept_key("practice_matrix", entry.code, page.number, user=request.user)
    matrix = cache.get(key)
    if matrix is None:
        matrix = drawn_matrix(page.pks, request.user)
        cache.set(key, matrix)
    shown = [card.chart_no for card in cards[:MOST]]
    overview = overview_of(entry.code, request)
    counted = ngettext("%(number)d practice chart", "%(number)d practice charts", len(cards)) % {"number": len(cards)}
    context = {
        "entry": entry,
        "overview": overview,
        "dateline": overview.provenance if overview else computed_from(counted, PRACTICES.last_change(request.user)),
        "matrix": matrix,
        "page": page,
        "notices": state.notices,
        "total": len(cards),
        "compare_href": reverse("practices:practice_compare") + address(shown) if 2 <= len(cards) <= MOST else "",
        "list_href": f"{reverse('practices:practice_list')}?category={entry.code}",
        "others": [other for other in vocabulary("practice_categories") if other.code != entry.code],
        "breadcrumbs": [
            (_("Practices"), reverse("practices:practice_list")),
            (_("Category %(letter)s") % {"letter": entry.code}, None),
        ],
    }
    return render(request, "practices/practice_category.html", context)


def drawn_matrix(pks: list[int], user: Any) -> str:
    """Return the matrix of these charts as HTML."""
    names = [part(name).name for name in MATRIX]
    charts = PracticeChart.objects.visible_to(user).for_matrix(names).in_bulk(pks)
    context = {
        "rows": [matrix_row(charts[pk], names, user) for pk in pks if pk in charts],
        "headings": [matrix_heading(name) for name in MATRIX],
    }
    return render_to_string("practices/matrix.html", context)


def matrix_heading(key: str) -> str:
    """Return the heading of a column: what the overview asks of each chart."""
    return {
        "background": _("Problem"),
        "innovation": _("Innovation"),
        "strengths": _("Strengths"),
        "transferability": _("Transferability"),
    }[key]


def matrix_row(chart: Any, names: list[str], user: Any) -> MatrixRow:
    """Return the line of one chart."""
    text = chart.text()
    numbers = {answer.key: field.number for field in BY_KEY.values() for answer in field.parts}
    cells = []
    for key, name in zip(MATRIX, names, strict=True):
        said = chart.text_saying(name)
        words = matrix_words(part(key), getattr(said, name)) if said else ""
        short = shortened_words(words, CELL_LENGTH)
        more = "" if short == words else f"{chart.get_absolute_url()}#field-{numbers[key]}"
        cells.append(MatrixCell(short, more, other_language(said.language) if said else ""))
    return MatrixRow(
        chart=chart,
        country=chart.country_entry,
        organisations=", ".join(organisation.display_name for organisation in shown_organisations(chart, user)[:2]),
        language=other_language(text.language) if text else "",
        cells=cells,
    )


def matrix_words(asked: Part, stored: str) -> str:
    """Return an answer as one line of words; the items of a list with semicolons between them."""
    if asked.kind == "list":
        return "; ".join(plain(item).rstrip(".;,") for item in to_list(stored))
    return plain(stored)
