"""The countries of a list as the map and the list beside it show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from platform_site.listing.declared import Results
from platform_site.texts.sorting import sort_text
from platform_site.vocabulary.store import vocabulary


@dataclass(frozen=True)
class CountryCount:
    """A country on a map or in a list: code, name in the active language, where its link leads, how many entries."""

    code: str
    name: str
    href: str
    count: int


def countries_with(counts: Mapping[str, int], address: Mapping[str, str]) -> list[CountryCount]:
    """Return the countries of `counts` by name; `address` has the link of each code."""
    known = vocabulary("countries")
    found = [CountryCount(code, known.label(code), address[code], count) for code, count in counts.items() if count]
    return sorted(found, key=lambda entry: sort_text(entry.name))


def map_entries(results: Results) -> list[CountryCount]:
    """Return the countries where the organisations of a list help; a link narrows the list to the country.

    Like a facet's counts they ignore the countries that are chosen already.
    """
    state = results.state
    counts = results.counts.get("country", {})
    narrowed = {code: state.address(chosen={**state.chosen, "country": frozenset({code})}) for code in counts}
    return countries_with(counts, narrowed)
