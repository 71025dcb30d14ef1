"""The facets of the results page. Documents say their values in `SearchDocument.facets`; the names are an interface."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from platform_site.listing.facets import Facet, Option, term_facet
from platform_site.listing.presentation import SHOWN_OPTIONS, FacetGroup, FacetOption
from platform_site.listing.state import ListState
from search.registration import sources

TYPE = "type"
LISTS = {
    "country": (_("Country"), "countries"),
    "topic": (_("Topic"), "topics"),
    "target": (_("Target group"), "target_groups"),
    "exploitation": (_("Form of exploitation"), "exploitation_types"),
    "service": (_("Service"), "service_types"),
    "language": (_("Language of the text"), "languages"),
}
YEAR = "year"
FIRST_YEAR, LAST_YEAR = 1900, 2100
OPEN = ("country", "topic", "language")


def type_options() -> list[Option]:
    """Return the types of what can be found, in the order in which apps registered them."""
    return [Option(record_type, str(source.label)) for record_type, source in sources().items()]


def _year_options() -> list[Option]:
    return [Option(str(year), str(year)) for year in range(LAST_YEAR, FIRST_YEAR - 1, -1)]


def facets() -> list[Facet]:
    """Return the facets, the types first (they are drawn as tabs)."""
    found = [Facet(TYPE, _("Kind"), type_options)]
    found += [term_facet(name, label, list_name) for name, (label, list_name) in LISTS.items()]
    return [*found, Facet(YEAR, _("Year"), _year_options)]


def groups(
    declared: Iterable[Facet], counts: Mapping[str, Mapping[str, int]], state: ListState, *, whole: str = ""
) -> list[FacetGroup]:
    """Return the filter column: of each facet what would find something and what is chosen, most first, then a link.

    `whole` names the facet of which all values stand there.
    """
    found = (_group(facet, counts.get(facet.name, {}), state, whole) for facet in declared if facet.name != TYPE)
    return [group for group in found if group.options]


def _group(facet: Facet, counts: Mapping[str, int], state: ListState, whole: str) -> FacetGroup:
    chosen = state.chosen.get(facet.name, frozenset())
    options = [option for option in facet.options() if counts.get(option.value) or option.value in chosen]
    if facet.name != YEAR:
        options.sort(key=lambda option: (option.value not in chosen, -counts.get(option.value, 0)))
    most = len(options) if facet.name == whole or len(options) <= SHOWN_OPTIONS + 2 else SHOWN_OPTIONS
    hidden = len(options) - most
    more = state.address(extra={**state.extra, "more": (facet.name,)}) if hidden else ""
    return FacetGroup(
        name=facet.name,
        title=str(facet.label),
        options=[_option(option, counts, chosen) for option in options[:most]],
        on_count=len(chosen),
        is_open=bool(chosen) or facet.name in OPEN or facet.name == whole,
        more_href=more,
        more_count=hidden,
    )


def _option(option: Option, counts: Mapping[str, int], chosen: Iterable[str]) -> FacetOption:
    return FacetOption(option.value, option.label, counts.get(option.value, 0), option.value in chosen)


def as_data(
    declared: Iterable[Facet], counts: Mapping[str, Mapping[str, int]], state: ListState
) -> dict[str, list[dict[str, Any]]]:
    """Return the facets for JSON: their values that occur, with label, count, and whether chosen."""
    return {
        facet.name: list(map(partial(_as_data, facet, counts, state), _there(facet, counts, state)))
        for facet in declared
    }


def _there(facet: Facet, counts: Mapping[str, Mapping[str, int]], state: ListState) -> list[Option]:
    held, chosen = counts.get(facet.name, {}), state.chosen.get(facet.name, frozenset())
    return [option for option in facet.options() if held.get(option.value) or option.value in chosen]


def _as_data(facet: Facet, counts: Mapping[str, Mapping[str, int]], state: ListState, option: Option) -> dict[str, Any]:
    return {
        "value": option.value,
        "label": option.label,
        "count": counts.get(facet.name, {}).get(option.value, 0),
        "chosen": option.value in state.chosen.get(facet.name, frozenset()),
    }
