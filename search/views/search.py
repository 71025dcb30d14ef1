"""The results page: everything that can be found, in one list, as a page, as CSV, JSON and as a feed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View

from platform_site.listing.formats import csv_response, json_response
from platform_site.listing.presentation import chips_of, pages_of
from platform_site.listing.state import ListState, parse_state
from search import facets, registration
from search.cards import rows
from search.engines.base import EngineUnavailableError
from search.results import BEST, NEWEST, OLDEST, TITLE
from search.searching import DEEPEST, PAGE_SIZE, Question, Results, reading_languages, search
from search.unanswered import ways_on

SORT_LABELS = {
    BEST: gettext_lazy("Best match"),
    NEWEST: gettext_lazy("Newest first"),
    OLDEST: gettext_lazy("Oldest first"),
    TITLE: gettext_lazy("Title"),
}
EXACT, SINCE, UNTIL = "exact", "since", "until"
FORMATS = ("csv", "json", "atom")
DATA_SIZE = 100


class SearchView(View):
    """Answers GET. Whatever a parameter holds, the answer is a page; what could not be used becomes a notice."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Return the results in the form that the address asks for."""
        declared = facets.facets()
        state = parse_state(request.GET, declared, sorts=tuple(SORT_LABELS), extra=("more", EXACT, SINCE, UNTIL))
        wanted = request.GET.get("format", "")
        size = DATA_SIZE if wanted in FORMATS else PAGE_SIZE
        question = _question(state, size)
        try:
            results = search(question, request.user)
        except EngineUnavailableError:
            return render(request, "search/unavailable.html", {"state": state}, status=200)
        if wanted == "json":
            return json_response(_as_data(request, results, state, declared))
        if wanted == "csv":
            return csv_response(name="search", header=_HEADER, rows=_lines(request, results))
        if wanted == "atom":
            return _feed(request, results, state)
        return render(request, "search/search.html", self.context(results, state, declared))

    def context(self, results: Results, state: ListState, declared: Sequence[Any]) -> dict[str, Any]:
        """Return what the page shows."""
        request = self.request
        page = pages_of(range(min(results.total, DEEPEST)), state, size=PAGE_SIZE)
        more = state.extra.get("more", ("",))[0]
        return {
            "state": state,
            "results": results,
            "is_asked": bool(results.query) or bool(state.chosen),
            "count_words": ngettext("%(number)d result", "%(number)d results", results.total)
            % {"number": results.total},
            "rows": rows(results.hits, request.user),
            "also_searched": _also_searched(results),
            "tabs": _tabs(results, state),
            "facets": facets.groups(declared, results.facets, state, whole=more),
            "facets_on": sum(len(values) for values in state.chosen.values()),
            "chips": chips_of([facet for facet in declared if facet.name != facets.TYPE], state),
            "remove_all_href": state.address(chosen={}),
            "exact_href": state.address(extra={**_kept(state), EXACT: ("1",)}),
            "wide_href": state.address(extra={name: values for name, values in _kept(state).items() if name != EXACT}),
            "is_exact": results.question.is_exact,
            "suggestion_href": state.address(words=results.suggestion.words) if results.suggestion else "",
            "ways_on": ways_on(results, request.user) if not results.total else None,
            "page": page,
            "sort_choices": [(name, label, name == (state.sort or BEST)) for name, label in SORT_LABELS.items()],
            "filter_keeps": state.parameters(chosen=_types(state), words="", page=1, extra=_kept(state)),
            "sort_keeps": state.parameters(sort="", page=1),
            "search_keeps": state.parameters(chosen=_types(state), words="", page=1, sort="", extra={}),
            "downloads": [
                {"label": label, "href": state.address(extra={**state.extra, "format": (name,)})}
                for name, label in (("csv", "CSV"), ("json", "JSON"), ("atom", _("Feed")))
            ],
            "notices": [*state.notices, *_notices(results)],
        }


def _question(state: ListState, size: int) -> Question:
    return Question(
        words=state.words,
        chosen=state.chosen,
        since=_day(state, SINCE),
        until=_day(state, UNTIL),
        sort=state.sort or BEST,
        page=state.page,
        is_exact=EXACT in state.extra,
        facets=tuple(facet.name for facet in facets.facets()),
        size=size,
    )


def _day(state: ListState, name: str) -> dt.date | None:
    try:
        return parse_date(state.extra.get(name, ("",))[0])
    except ValueError:
        return None


def _types(state: ListState) -> dict[str, frozenset[str]]:
    return {facets.TYPE: state.chosen[facets.TYPE]} if facets.TYPE in state.chosen else {}


def _kept(state: ListState) -> dict[str, tuple[str, ...]]:
    return {name: values for name, values in state.extra.items() if name != "more"}


def _notices(results: Results) -> list[str]:
    said = {
        "too_long": _("Your text is long: only its beginning was searched."),
        "too_many_words": _("Only the first words of your text were searched."),
    }
    return [said[code] for code in results.query.notices if code in said]


# Of the words that were added so many stand there at once.
_SHOWN_WORDS = 6


def _also_searched(results: Results) -> dict[str, list[Any]]:
    """Return the words that were added: those of all concepts in turn, the first ones apart from the rest."""
    turns = zip_longest(*(one.labels for one in results.expansions))
    words = [label for turn in turns for label in turn if label is not None]
    return {"first": words[:_SHOWN_WORDS], "rest": words[_SHOWN_WORDS:]}


def _tabs(results: Results, state: ListState) -> list[dict[str, Any]]:
    """Return the types that have results, as links with counts; the first is for all of them."""
    counts = results.facets.get(facets.TYPE, {})
    chosen = state.chosen.get(facets.TYPE, frozenset())
    others = {name: values for name, values in state.chosen.items() if name != facets.TYPE}
    tabs = [
        {
            "label": _("All"),
            "count": sum(counts.values()) if chosen else results.total,
            "href": state.address(chosen=others),
            "is_current": not chosen,
        }
    ]
    for record_type, source in registration.sources().items():
        if counts.get(record_type) or record_type in chosen:
            tabs.append(
                {
                    "label": str(source.label),
                    "count": counts.get(record_type, 0),
                    "href": state.address(chosen={**others, facets.TYPE: frozenset({record_type})}),
                    "is_current": record_type in chosen,
                }
            )
    return tabs


def _as_data(request: HttpRequest, results: Results, state: ListState, declared: Sequence[Any]) -> dict[str, Any]:
    return {
        "total": results.total,
        "page": results.question.page,
        "relaxed": results.is_relaxed,
        "instead": results.instead or None,
        "facets": facets.as_data(declared, results.facets, state),
        "expansions": [
            {
                "concept": one.concept,
                "words": one.words,
                "added": [[added.label, added.language] for added in one.labels],
            }
            for one in results.expansions
        ],
        "suggestion": results.suggestion.words if results.suggestion else None,
        "notices": [*state.notices, *_notices(results)],
        "results": [
            {
                "key": hit.key,
                "type": hit.type,
                "title": hit.plain_title,
                "url": hit.url,
                "language": hit.language,
                "date": hit.date.isoformat() if hit.date else None,
                "snippet": hit.excerpt,
                "page_hits": [
                    {"label": passage.label, "url": passage.url, "snippet": passage.excerpt} for passage in hit.passages
                ],
            }
            for hit in results.hits
        ],
    }


_HEADER = ("key", "type", "title", "language", "date", "address")


def _lines(request: HttpRequest, results: Results) -> Iterator[Sequence[Any]]:
    for hit in results.hits:
        yield hit.key, hit.type, hit.plain_title, hit.language, hit.date or "", request.build_absolute_uri(hit.url)


def _feed(request: HttpRequest, results: Results, state: ListState) -> HttpResponseBase:
    """Return the results as an Atom feed, for readers who want to hear of new ones."""
    title = _("Search: %(words)s") % {"words": results.question.words} if results.question.words else _("Search")
    address = request.build_absolute_uri(f"{request.path}{state.address(extra={}).removeprefix('.')}")
    feed = Atom1Feed(
        title=title,
        link=address,
        description="",
        language=reading_languages()[0],
        feed_url=request.build_absolute_uri(),
        author_name=settings.PLATFORM_NAME,
    )
    for hit in results.hits:
        stamp = dt.datetime.combine(hit.date or dt.date(1970, 1, 1), dt.time(), dt.UTC)
        url = request.build_absolute_uri(hit.url)
        feed.add_item(title=hit.plain_title, link=url, description="", unique_id=url, pubdate=stamp, updateddate=stamp)
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
