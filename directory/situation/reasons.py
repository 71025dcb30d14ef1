"""Why an organisation is named for a case, in words of the active language, from its services alone."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from directory.filters import BY_NAME
from directory.freshness import age_words
from directory.listed import ROW_FACETS, Listed, ListedService
from directory.situation.ranking import NEAR, Ranked, Wish
from platform_site.listing.index import row_fit
from platform_site.vocabulary.store import vocabulary

# So many services stand in a reason.
MOST_SERVICES = 3
_FITS = ("stated", "not_stated", "no")


def reason_of(listed: Listed, ranked: Ranked, wish: Wish) -> str:
    """Return the reason in one line: what is given, where, what is not said or said otherwise, how old the entry is."""
    parts = service_reasons(listed, ranked, wish)
    parts.append(age_words(listed.row.freshness))
    return "; ".join(part for part in parts if part)


def service_reasons(listed: Listed, ranked: Ranked, wish: Wish) -> list[str]:
    """Return what speaks for the organisation and what is missing, without the age of the entry."""
    services = [best for best in _best_services(listed, wish, elsewhere=ranked.elsewhere) if best is not None]
    parts = list(dict.fromkeys(service.match for service in services))[:MOST_SERVICES]
    if not services and ranked.missing:
        parts = _of_group(listed, wish)[:MOST_SERVICES]
    where = _where(services, listed, wish, elsewhere=ranked.elsewhere)
    if where:
        parts.append(_("in another country: %(countries)s") % {"countries": where} if ranked.elsewhere else where)
    unsaid = _facet_labels(_unsaid(services, wish))
    if unsaid:
        parts.append(_("not stated: %(facets)s") % {"facets": unsaid})
    if ranked.match == NEAR:
        otherwise = _facet_labels(name for name in _denied(services, wish) if name in ranked.dropped)
        if otherwise:
            parts.append(_("names others: %(facets)s") % {"facets": otherwise})
        if ranked.missing:
            known = vocabulary("service_types")
            missing = ", ".join(known.label(code) for code in ranked.missing)
            parts.append(_("does not state: %(services)s") % {"services": missing})
    return parts


def _best_services(listed: Listed, wish: Wish, *, elsewhere: bool) -> list[ListedService | None]:
    """Return for each service of the wish the row that answers best, None where none does."""
    return [_best(listed, wish, service, elsewhere=elsewhere) for service in wish.services or ("",)]


def _best(listed: Listed, wish: Wish, service: str, *, elsewhere: bool) -> ListedService | None:
    must = {"country": frozenset() if elsewhere else wish.countries_of(service)}
    if service:
        must["service"] = frozenset({service})
    everything = {**wish.chosen, **must}
    fitting = [one for one in listed.services if row_fit(ROW_FACETS, one.row, must) == "stated"]
    return min(fitting, key=lambda one: _FITS.index(row_fit(ROW_FACETS, one.row, everything)), default=None)


def _of_group(listed: Listed, wish: Wish) -> list[str]:
    """Return what is given in the country of need of the same group as a service that is asked for."""
    known = vocabulary("service_types")
    groups = frozenset(known.with_ancestors(service)[-1] for service in wish.services)
    must = {"country": wish.chosen.get("country", frozenset()), "service": groups}
    fitting = [service.label for service in listed.services if row_fit(ROW_FACETS, service.row, must) == "stated"]
    return list(dict.fromkeys(fitting))


def _where(services: Iterable[ListedService], listed: Listed, wish: Wish, *, elsewhere: bool) -> str:
    """Return the countries of need in which the services are given; the city of the office where it lies there."""
    held: set[str] = set()
    for service in services:
        held |= service.row.values.get("country", frozenset())
    asked = wish.chosen.get("country", frozenset())
    codes = sorted(held if elsewhere else held & asked)
    known = vocabulary("countries")
    names = [known.label(code) for code in codes]
    if listed.row.city and listed.home in codes:
        names[codes.index(listed.home)] = f"{listed.row.city} ({known.label(listed.home)})"
    return ", ".join(names)


def _unsaid(services: Iterable[ListedService], wish: Wish) -> list[str]:
    """Return the filters that some of the services leave open."""
    asked = [facet for facet in ROW_FACETS if facet.absent == "not_stated" and wish.chosen.get(facet.name)]
    held = list(services)
    return [facet.name for facet in asked if any(not service.row.values.get(facet.name) for service in held)]


def _denied(services: Iterable[ListedService], wish: Wish) -> list[str]:
    """Return the filters for which some of the services name other values than those that are asked."""
    held = list(services)
    return [
        facet.name
        for facet in ROW_FACETS
        if facet.absent == "not_stated"
        and (wanted := wish.chosen.get(facet.name))
        and any((values := service.row.values.get(facet.name)) and not values & wanted for service in held)
    ]


def _facet_labels(names: Iterable[str]) -> str:
    return ", ".join(str(BY_NAME[name].label) for name in names)
