"""What the templates of a list are given: facet groups, chips, pages. No query stands here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from platform_site.listing.declared import Listing, Results
from platform_site.listing.facets import Facet, Option
from platform_site.listing.state import ListState

SHOWN_OPTIONS = 5


@dataclass(frozen=True)
class FacetOption:
    """One line of a facet group."""

    value: str
    label: str
    count: int
    checked: bool
    depth: int = 0


@dataclass(frozen=True)
class FacetGroup:
    """A facet as `ui/components/facet_group.html` draws it; `more_href` leads to the whole list of options."""

    name: str
    title: str
    options: list[FacetOption]
    on_count: int
    is_open: bool
    more_href: str = ""
    more_count: int = 0


@dataclass(frozen=True)
class Chip:
    """A chosen value with the address that removes it; `total_without` tells what that would give (no results)."""

    facet_label: Any
    value_label: str
    remove_href: str
    total_without: int | None = None


@dataclass(frozen=True)
class WiderOffer:
    """Another value that would find something: the group of a chosen one. The address is the list with it instead."""

    value_label: str
    wider_label: str
    href: str
    total: int


@dataclass(frozen=True)
class PageCell:
    """One cell of the pages; a gap has no address."""

    number: int = 0
    href: str = ""
    is_current: bool = False
    is_gap: bool = False


@dataclass(frozen=True)
class Page:
    """One page of results. `number` counts from 1; `count` is the number of pages (at least 1)."""

    number: int
    count: int
    pks: list[int]
    first: int
    previous_href: str = ""
    next_href: str = ""
    cells: list[PageCell] = field(default_factory=list)

    @property
    def last(self) -> int:
        """The number of the last result on the page."""
        return self.first + len(self.pks) - 1


def facet_groups(
    listing: Listing, results: Results, *, open_names: Sequence[str] = (), whole: str = ""
) -> list[FacetGroup]:
    """Return the groups of the filter column.

    Groups in `open_names` and those with a choice are open. Only options that some record has are offered. Of these
    the ones that are chosen and those that would find something are shown (of a long list the ones that find most), in
    the list's own order, then a link to all (`?more=<facet>`, passed in as `whole`): what finds nothing may still lead
    to records that do not say.
    """
    groups = []
    for facet in listing.facets:
        chosen = results.state.chosen.get(facet.name, frozenset())
        counts = results.counts.get(facet.name, {})
        known = listing.index().occurring(facet.name, results.visible) | chosen
        options = [option for option in facet.options() if option.value in known]
        if not options:
            continue
        if facet.by_name:
            options.sort(key=lambda option: option.value not in chosen)
        most = len(options) if facet.is_whole else SHOWN_OPTIONS
        shown = options if facet.name == whole else _shown(options, counts, chosen, most)
        hidden = len(options) - len(shown)
        depths = _depths(options)
        groups.append(
            FacetGroup(
                name=facet.name,
                title=str(facet.label),
                options=[
                    FacetOption(
                        option.value,
                        option.label,
                        counts.get(option.value, 0),
                        option.value in chosen,
                        depths[option.value],
                    )
                    for option in shown
                ],
                on_count=len(chosen),
                is_open=bool(chosen) or facet.name in open_names or facet.name == whole,
                more_href=results.state.address(extra={**results.state.extra, "more": (facet.name,)}) if hidden else "",
                more_count=hidden,
            )
        )
    return groups


def _shown(options: list[Option], counts: dict[str, int], chosen: frozenset[str], most: int) -> list[Option]:
    useful = [option for option in options if option.value in chosen or counts.get(option.value)]
    if len(useful) <= most + 2:
        return useful
    best = sorted(useful, key=lambda option: (option.value not in chosen, -counts.get(option.value, 0)))
    kept = {option.value for option in best[: max(most, len(chosen))]}
    return [option for option in useful if option.value in kept]


def _depths(options: list[Option]) -> dict[str, int]:
    depths: dict[str, int] = {}
    for option in options:
        depths[option.value] = depths.get(option.parent, -1) + 1 if option.parent else 0
    return depths


def chips(listing: Listing, results: Results, *, with_totals: bool = False) -> list[Chip]:
    """Return a chip for each chosen value, in the order of the facets.

    `with_totals` (where nothing was found) says for each what the list would have without it, the words kept.
    """

    def total(rest: dict[str, frozenset[str]]) -> int:
        return listing.index().evaluate(rest, results.scope).matches.bit_count()

    return chips_of(listing.facets, results.state, total if with_totals else None)


def chips_of(
    facets: Iterable[Facet], state: ListState, total: Callable[[dict[str, frozenset[str]]], int] | None = None
) -> list[Chip]:
    """Return a chip for each chosen value of `facets`; `total` says what there would be with the rest of the choice."""
    found = []
    for facet in facets:
        chosen = state.chosen.get(facet.name, frozenset())
        if not chosen:
            continue
        labels = {option.value: option.label for option in facet.options()}
        for value in sorted(chosen, key=lambda code: labels.get(code, code)):
            rest = state.without(facet.name, value)
            without = total(rest) if total is not None else None
            found.append(Chip(facet.label, labels.get(value, value), state.address(chosen=rest), without))
    return found


def wider_offers(listing: Listing, results: Results) -> list[WiderOffer]:
    """Return, where nothing was found, the groups that would find something instead of one of their values."""
    found: list[WiderOffer] = []
    if results.total:
        return found
    for facet in listing.facets:
        chosen = results.state.chosen.get(facet.name, frozenset())
        options = {option.value: option for option in facet.options()} if chosen else {}
        for value in sorted(chosen & options.keys()):
            group = options.get(options[value].parent)
            if group is None or group.value in chosen:
                continue
            wider = {**results.state.chosen, facet.name: chosen - {value} | {group.value}}
            if total := listing.index().evaluate(wider, results.scope).matches.bit_count():
                href = results.state.address(chosen=wider)
                found.append(WiderOffer(options[value].label, group.label, href, total))
    return found


def page_of(results: Results, *, size: int) -> Page:
    """Return the page that the state asks for; the last one if it asks for one beyond the end."""
    return pages_of(results.pks, results.state, size=size)


def pages_of(pks: Sequence[int], state: ListState, *, size: int) -> Page:
    """Return the page of `pks` that `state` asks for; the last one if it asks for one beyond the end."""
    count = max(1, -(-len(pks) // size))
    number = min(state.page, count)
    start = (number - 1) * size
    return Page(
        number=number,
        count=count,
        pks=list(pks[start : start + size]),
        first=start + 1,
        previous_href=state.address(page=number - 1) if number > 1 else "",
        next_href=state.address(page=number + 1) if number < count else "",
        cells=_cells(state, number, count),
    )


def _cells(state: ListState, number: int, count: int) -> list[PageCell]:
    near = sorted({1, count, *range(max(1, number - 2), min(count, number + 2) + 1)})
    cells: list[PageCell] = []
    before = 0
    for page in near:
        if page > before + 1:
            cells.append(PageCell(is_gap=True))
        cells.append(PageCell(page, state.address(page=page), page == number))
        before = page
    return cells
