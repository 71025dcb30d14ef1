"""The case studies in figures: what was ticked how often, over the case studies that the reader may see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from platform_site.listing.declared import Listing, Results
from platform_site.listing.formats import csv_response
from platform_site.listing.presentation import Chip, chips
from platform_site.listing.state import ListState, parse_state
from platform_site.listing.views import Choice
from practices.cases.access import shown_teller
from practices.cases.catalogue import CaseCard, case_catalogue
from practices.cases.filters import listing_for
from practices.cases.statistics import WAYS, CountedCase, Figure, GroupFigures, statistics
from practices.registration import page_about

FORMATS = ("html", "csv")
DEFAULT = "case"
EXTRA = ("by",)


@dataclass(frozen=True)
class Row:
    """An option as the page draws it: the figure with its shares in words."""

    figure: Figure
    share: str
    only_share: str


@dataclass(frozen=True)
class Part:
    """One group as the page draws it. `nobody` are the options that were never chosen: named, not drawn."""

    figures: GroupFigures
    rows: tuple[Row, ...]
    base_words: str
    nobody: tuple[str, ...]

    @property
    def axis(self) -> tuple[str, ...]:
        """The numbers under the bars: nothing, thirds where they are whole, everything."""
        base = self.figures.base
        return tuple(str(number) for number in ((0, base // 3, 2 * base // 3, base) if base % 3 == 0 else (0, base)))


@require_safe
def case_statistics(request: HttpRequest) -> HttpResponseBase:
    """Return the figures as a page, or with `format=csv` as a file. `by` says how is counted; the list's filters hold.

    Nonsense in the address never ends in an error: it is left out, and a notice says so.
    """
    listing = listing_for(request.user)
    state, by, notices = asked(request, listing)
    results = listing.results(state, request.user)
    cards = cards_of(results)
    found = statistics([as_counted(card, request.user) for card in cards], by)
    if request.GET.get("format", "").strip() == "csv":
        return csv_response(name=f"case-studies-by-{by}", header=csv_header(), rows=csv_rows(found))
    parts = [drawn(figures) for figures in found]
    return render(
        request,
        "practices/case_statistics.html",
        {
            "breadcrumbs": [(_("Case studies"), reverse("practices:case_list")), (_("Statistics"), None)],
            "notices": notices,
            "by": by,
            "ways": way_choices(state, by),
            "ages": age_choices(listing, state),
            "chips": [*words_chip(state), *chips(listing, results)],
            "list_query": state.address(extra={}).removeprefix("."),
            "parts": parts,
            "count": len(cards),
            "analysis": page_about("case", request),
            "dateline": dateline(cards),
            "dateline_actions": [("download", "CSV", state.address(extra={**state.extra, "format": ("csv",)}))],
            "with_only": by == "case",
            "number_label": WAYS[by],
        },
    )


def asked(request: HttpRequest, listing: Listing) -> tuple[ListState, str, list[str]]:
    """Return the state of the filters, the way of counting, and notices on what could not be used."""
    state = parse_state(request.GET, listing.facets, extra=EXTRA)
    notices = list(state.notices)
    by = (state.extra.get("by") or (DEFAULT,))[0] or DEFAULT
    if by not in WAYS:
        notices.append(_("That way of counting is not known; case studies are counted."))
        by = DEFAULT
    if request.GET.get("format", "").strip() not in ("", *FORMATS):
        notices.append(_("That format is not known; the page is shown."))
    kept = {} if by == DEFAULT else {"by": (by,)}
    # Order and page of a list mean nothing here.
    return replace(state, sort="", view="", page=1, extra=kept), by, notices


def words_chip(state: ListState) -> list[Chip]:
    """Return the typed words as a chip, none where nothing was typed: the figures count what the words find."""
    return [Chip(_("Words"), state.words, state.address(words=""))] if state.words else []


def cards_of(results: Results) -> list[CaseCard]:
    """Return the case studies that fit, from memory."""
    cards = case_catalogue().cards
    return [cards[pk] for pk in results.pks if pk in cards]


def as_counted(card: CaseCard, user: Any) -> CountedCase:
    """Return what is counted of a case study for this reader."""
    teller = shown_teller(card, user)
    return CountedCase(teller.pk if teller else None, card.codes)


def percent(share: float | None) -> str:
    """Return a share with one decimal as the active language writes it; a dash without a base."""
    return "–" if share is None else f"{number_format(round(share, 1), 1)}\u00a0%"


def drawn(figures: GroupFigures) -> Part:
    """Return a group as the page draws it."""
    rows = tuple(
        Row(figure, percent(figure.share), percent(figure.only_share)) for figure in figures.figures if figure.number
    )
    nobody = tuple(figure.label for figure in figures.figures if not figure.number and not figure.is_together)
    return Part(figures, rows, base_words(figures), nobody)


def base_words(figures: GroupFigures) -> str:
    """Return what 100 percent are."""
    base = figures.base
    words = {
        "case": ngettext("of %(base)d case study", "of %(base)d case studies", base),
        "organisation": ngettext("of %(base)d organisation", "of %(base)d organisations", base),
        "tick": ngettext("of %(base)d tick", "of %(base)d ticks", base),
        "pair": ngettext(
            "of %(base)d pair of organisation and option", "of %(base)d pairs of organisation and option", base
        ),
    }[figures.by]
    return words % {"base": base}


def way_choices(state: ListState, by: str) -> list[Choice]:
    """Return the ways of counting as links; the first stands in no address."""
    return [
        Choice(way, label, state.address(extra={} if way == DEFAULT else {"by": (way,)}), way == by)
        for way, label in WAYS.items()
    ]


def age_choices(listing: Listing, state: ListState) -> list[Choice]:
    """Return all, adults and minors as links: the narrowing that is asked for most."""
    facet = next(facet for facet in listing.facets if facet.name == "age")
    chosen = state.chosen.get("age", frozenset())
    rest = {name: values for name, values in state.chosen.items() if name != "age"}
    everybody = Choice("", _("All ages"), state.address(chosen=rest), not chosen)
    return [
        everybody,
        *(
            Choice(
                option.value,
                option.label,
                state.address(chosen={**rest, "age": frozenset({option.value})}),
                chosen == {option.value},
            )
            for option in facet.options()
        ),
    ]


def dateline(cards: Sequence[CaseCard]) -> list[tuple[str, Any]]:
    """Return what the figures are from."""
    number = ngettext("%(number)d case study", "%(number)d case studies", len(cards)) % {"number": len(cards)}
    return [
        (_("Source"), number),
        (_("Counted"), date_format(timezone.localdate(), "DATE_FORMAT")),
        (_("Note"), _("Several answers are possible; case studies are chosen to learn from, they are no sample.")),
    ]


def csv_header() -> list[Any]:
    """Return the columns of the file."""
    return [
        _("Question"),
        _("Group"),
        _("Code"),
        _("Answer"),
        _("Counted by"),
        _("Number"),
        _("Base"),
        _("Share in percent"),
        _("Only this answer"),
        _("Only this answer, in percent"),
        _("Sum of other rows"),
    ]


def csv_rows(found: Sequence[GroupFigures]) -> Iterator[list[Any]]:
    """Yield one line for each option; shares with two decimals and a point, for reading by program."""
    # Made before the answer leaves: afterwards the reader's language is gone.
    rows = [
        [
            figures.question,
            figures.group.label,
            f"{figures.group.key}/{figure.code}",
            figure.label,
            WAYS[figures.by],
            figure.number,
            figure.base,
            "" if figure.share is None else f"{figure.share:.2f}",
            "" if figure.only is None else figure.only,
            "" if figure.only_share is None else f"{figure.only_share:.2f}",
            _("yes") if figure.is_together or figure.depth else "",
        ]
        for figures in found
        for figure in figures.figures
    ]
    return iter([[str(cell) for cell in row] for row in rows])
