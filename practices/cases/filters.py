"""The list of case studies: its facets and orders, in one declaration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy

from platform_site.listing.declared import Listing
from platform_site.listing.facets import Facet, Option, term_facet
from platform_site.listing.index import IndexedRecord
from platform_site.texts.sorting import sort_text
from platform_site.vocabulary.store import vocabulary
from practices.cases.access import kept_by_reader, shown_teller, visible_cases
from practices.cases.catalogue import DATA, CaseCard, case_catalogue
from practices.cases.template import GROUP_BY_KEY, GROUPS, OptionGroup
from search.registration import ranked_keys


def option_facet(group: OptionGroup) -> Facet:
    """Return the facet of a group of the template: values are short codes, a parent includes its children."""

    def offered() -> list[Option]:
        options = group.options
        return [
            Option(entry.short_code, entry.label(), options[entry.parent].short_code if entry.parent else "")
            for entry in options.offered()
        ]

    return Facet(group.key, group.label, offered, expand=partial(wider_codes, group))


def wider_codes(group: OptionGroup, short_code: str) -> tuple[str, ...]:
    """Return a short code and those above it in its group."""
    options = group.options
    found = options.with_ancestors(group.code_of(short_code))
    return tuple(options[code].short_code for code in found) or (short_code,)


def _no_options() -> list[Option]:
    return []


def _facets() -> Iterator[Facet]:
    yield option_facet(GROUP_BY_KEY["cooperation"])
    yield term_facet("country", gettext_lazy("Country"), "countries")
    # Which organisations there are to choose from depends on the reader: see `listing_for`.
    yield Facet("organisation", gettext_lazy("Organisation"), _no_options)
    for group in GROUPS:
        if group.key != "cooperation":
            yield option_facet(group)
    yield term_facet("language", gettext_lazy("Language of the text"), "languages")


FACETS = tuple(_facets())


def facet_values(card: CaseCard) -> Mapping[str, tuple[str, ...]]:
    """Return what a case study answers to each facet, its organisation whoever reads."""
    return {
        **card.codes,
        "country": card.countries,
        "organisation": (card.organisation.slug,) if card.organisation else (),
        "language": tuple(card.titles),
    }


def _load(queryset: Any) -> Iterator[IndexedRecord]:
    facets = {facet.name: facet for facet in FACETS}
    cards = case_catalogue().cards
    for pk in queryset.values_list("pk", flat=True):
        if pk in cards:
            card = cards[pk]
            country = sort_text(vocabulary("countries").label(card.country, "en"))
            yield IndexedRecord(
                pk=pk,
                values={name: facets[name].expanded(found) for name, found in facet_values(card).items()},
                sort={"number": card.case_no, "newest": -card.case_no, "country": (country, card.case_no)},
            )


def _cases() -> Any:
    from practices.models import CaseStudy

    return CaseStudy.objects.all()


CASES = Listing(
    name="cases",
    queryset=_cases,
    load=_load,
    facets=FACETS,
    sorts={
        "number": gettext_lazy("Case number"),
        "newest": gettext_lazy("Highest number first"),
        "country": gettext_lazy("Country"),
    },
    versions=DATA,
    stamps=lambda _published: case_catalogue().stamps,
    ranked=partial(ranked_keys, "case"),
)


@kept_by_reader
def teller_options(user: Any) -> list[Option]:
    """Return the organisations that tell a case study, where `user` may read both, by name: the slug is the value."""
    shown = {found.slug: found for card in visible_cases(user) if (found := shown_teller(card, user))}
    ordered = sorted(shown.values(), key=lambda organisation: sort_text(organisation.display_name))
    return [Option(organisation.slug, organisation.display_name) for organisation in ordered]


def listing_for(user: Any) -> Listing:
    """Return the list of case studies as `user` may see it."""
    return CASES.offering({"organisation": lambda: teller_options(user)})
