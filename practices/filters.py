"""The list of charts: its facets, orders and sections, in one declaration."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy

from platform_site.listing.declared import Listing
from platform_site.listing.facets import Facet, Option, choice_facet, term_facet
from platform_site.listing.index import IndexedRecord, IndexedRow
from platform_site.texts.sorting import sort_text
from practices.access import kept_by_reader, visible_organisations
from practices.catalogue import DATA, Card, catalogue
from practices.years import period_options, period_steps, running_options, running_value
from search.registration import ranked_keys


def _no_options() -> list[Option]:
    return []


FACETS = (
    term_facet("category", gettext_lazy("Category"), "practice_categories"),
    term_facet("typology", gettext_lazy("Type of intervention"), "practice_typologies", is_whole=True),
    term_facet("country", gettext_lazy("Country"), "countries"),
    term_facet("target", gettext_lazy("Target group"), "target_groups"),
    # Which organisations there are to choose from depends on the reader: see `listing_for`.
    Facet("organisation", gettext_lazy("Organisation"), _no_options),
    choice_facet("period", gettext_lazy("Period"), period_options),
    choice_facet("running", gettext_lazy("Still running"), running_options),
    term_facet("funding", gettext_lazy("Funding"), "funding_source_kinds", scope="row", absent="not_stated"),
    term_facet("level", gettext_lazy("Level"), "levels"),
    term_facet("language", gettext_lazy("Language of the text"), "languages"),
)


def values_of(card: Card) -> dict[str, tuple[str, ...]]:
    """Return what the chart answers to each facet, by the facet's name, in the chart's own order.

    The index and the reasons of a match both read it. It knows no reader: it has organisations for members, too.
    """
    return {
        "category": card.codes.get("practice_categories", ()),
        "typology": card.codes.get("practice_typologies", ()),
        "country": card.countries,
        "target": card.codes.get("target_groups", ()),
        "organisation": tuple(organisation.slug for organisation in card.organisations),
        "period": period_steps(card.start, card.end, card.data_year),
        "running": (running_value(card.end, card.data_year),),
        "funding": card.funding_kinds,
        "level": card.codes.get("levels", ()),
        "language": tuple(card.names),
    }


def _indexed(card: Card, facets: dict[str, Facet]) -> IndexedRecord:
    values = {name: facets[name].expanded(found) for name, found in values_of(card).items()}
    by_row = {facet.name for facet in facets.values() if facet.scope == "row"}
    name = sort_text(card.names.get(card.original, ""))
    return IndexedRecord(
        pk=card.pk,
        values={key: found for key, found in values.items() if key not in by_row},
        rows=[IndexedRow({key: values[key] for key in by_row})],
        sort={
            "newest": (-int((card.start or "0").replace("-", "").ljust(6, "0")), card.chart_no),
            "name": (name, card.chart_no),
            "country": (card.country, name),
            "number": card.chart_no,
        },
    )


def _load(queryset: Any) -> Iterator[IndexedRecord]:
    facets = {facet.name: facet for facet in FACETS}
    cards = catalogue().cards
    for pk in queryset.values_list("pk", flat=True):
        if pk in cards:
            yield _indexed(cards[pk], facets)


def _charts() -> Any:
    from practices.models import PracticeChart

    return PracticeChart.objects.all()


PRACTICES = Listing(
    name="practices",
    queryset=_charts,
    load=_load,
    facets=FACETS,
    sorts={
        "newest": gettext_lazy("Newest first"),
        "name": gettext_lazy("Name"),
        "country": gettext_lazy("Country"),
        "number": gettext_lazy("Chart number"),
    },
    by_label={"country": "countries"},
    versions=DATA,
    stamps=lambda _published: catalogue().stamps,
    ranked=partial(ranked_keys, "practice"),
    not_stated_heading=gettext_lazy("Charts that do not say what kind of funding they have"),
)


@kept_by_reader
def organisation_options(user: Any) -> list[Option]:
    """Return the organisations that run a chart, where `user` may read both, by name: the slug is the value."""
    ordered = sorted(visible_organisations(user), key=lambda organisation: sort_text(organisation.display_name))
    return [Option(organisation.slug, organisation.display_name) for organisation in ordered]


def listing_for(user: Any) -> Listing:
    """Return the list of charts as `user` may see it."""
    return PRACTICES.offering({"organisation": lambda: organisation_options(user)})
