"""What a service says, in words of the active language: for rows, entries, files and the reasons of a match."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory.filters import FACETS, closed_row, row_of_service
from directory.models import Organisation, Service
from platform_site.listing.facets import Facet
from platform_site.listing.index import row_fit
from platform_site.vocabulary.store import Entry

Chosen = Mapping[str, frozenset[str]]
SHOWN_SERVICES = 6
SHOWN_REASONS = 4

ADULTS: dict[str, str | Promise] = {
    "female": gettext_lazy("women"),
    "male": gettext_lazy("men"),
    "transgender": gettext_lazy("transgender people"),
}
ANY_AGE: dict[str, str | Promise] = {
    "female": gettext_lazy("women and girls"),
    "male": gettext_lazy("men and boys"),
    "transgender": gettext_lazy("transgender people"),
}
MINORS: dict[str, str | Promise] = {"female": gettext_lazy("girls"), "male": gettext_lazy("boys")}


def persons(genders: Iterable[str], ages: Iterable[str]) -> list[str]:
    """Return the people whom a service names, by gender and age; empty where it names neither.

    Women are female and adult; a gender without an age means any age, an age without a gender any gender.
    """
    held, years = list(genders), set(ages)
    if not years:
        return [str(ANY_AGE[gender]) for gender in held if gender in ANY_AGE]
    found: list[str] = []
    if "adult" in years:
        found += [str(ADULTS[gender]) for gender in held if gender in ADULTS] or [_("adults")]
    if "minor" in years:
        only = held[0] if len(held) == 1 and years == {"minor"} else ""
        found.append(str(MINORS[only]) if only in MINORS else _("minors"))
    return found


def labels(entries: Iterable[Entry]) -> list[str]:
    """Return the words of terms."""
    return [entry.label() for entry in entries]


def unique(texts: Iterable[str]) -> list[str]:
    """Return `texts` once each, in their order."""
    return list(dict.fromkeys(texts))


def service_label(service: Service) -> str:
    """Return the words for the kind of a service."""
    entry = service.type_entry
    return entry.label() if entry else service.name


def persons_of(service: Service) -> list[str]:
    """Return the people whom a service names by gender and age."""
    return persons(service.codes("genders"), service.codes("ages"))


def who_of(service: Service) -> list[str]:
    """Return whom a service names: people by gender and age, then its target groups."""
    return [*persons_of(service), *labels(service.entries("target_groups"))]


def region_of(service: Service) -> str:
    """Return where an accommodation stands, as roughly as it is stored: the region, else the countries, else ""."""
    return service.region or ", ".join(labels(service.entries("countries")))


def languages_of(organisation: Organisation) -> list[str]:
    """Return the languages of the services, or the working languages where no service says any."""
    of_services = unique(
        label for service in organisation.services.all() for label in labels(service.entries("languages"))
    )
    return of_services or labels(organisation.entries("languages"))


def who_is_helped(organisation: Organisation) -> list[str]:
    """Return whom the services name, each group once; the target groups only where no gender and age is given."""
    services = list(organisation.services.all())
    people = unique(word for service in services for word in persons_of(service))
    return people or unique(label for service in services for label in labels(service.entries("target_groups")))


def accommodation_of(organisation: Organisation) -> tuple[str, str]:
    """Return "yes", "no" or "" (nothing is said about services), and for yes the region where it is said."""
    services = list(organisation.services.all())
    housing = [service for service in services if service.is_accommodation]
    if housing:
        return "yes", next((region for service in housing if (region := region_of(service))), "")
    return ("no" if services else ""), ""


def shortened(texts: list[str], most: int = SHOWN_SERVICES) -> str:
    """Return `texts` in one line; of more than `most` the rest as a number."""
    if len(texts) <= most + 1:
        return ", ".join(texts)
    rest = len(texts) - most
    more = ngettext("and %(count)d more", "and %(count)d more", rest) % {"count": rest}
    return f"{', '.join(texts[:most])} {more}"


def reasons(organisation: Organisation, chosen: Chosen, *, stated: bool) -> list[str]:
    """Return, as texts, which services answer the choice; for a result that is not `stated`, what they do not say."""
    if not any(chosen.get(facet.name) for facet in FACETS if facet.scope == "row"):
        return []
    home = home_code(organisation)
    wanted = "stated" if stated else "not_stated"
    describe: Callable[[Service], str] = _match if stated else _silence(chosen, home)
    found = [
        describe(service)
        for service in organisation.services.all()
        if row_fit(FACETS, row_of_service(service, home), chosen) == wanted
    ]
    lines = unique(found)
    if len(lines) <= SHOWN_REASONS + 1:
        return lines
    rest = len(lines) - SHOWN_REASONS
    more = ngettext("and %(count)d more service", "and %(count)d more services", rest) % {"count": rest}
    return [*lines[:SHOWN_REASONS], more]


def is_self_evident(organisation: Organisation, chosen: Chosen) -> bool:
    """Say whether the choice asks only where help is needed, and the organisation's seat answers that already."""
    asked = {facet.name for facet in FACETS if facet.scope == "row" and chosen.get(facet.name)}
    return asked <= {"country", "region"} and row_fit(FACETS, closed_row(home_code(organisation)), chosen) == "stated"


def home_code(organisation: Organisation) -> str:
    """Return the code of the country of the seat."""
    entry = organisation.country_entry
    return entry.code if entry else ""


def _match(service: Service) -> str:
    """Say what a service is, for whom, in which languages: "Accommodation: women, minors; Romanian, English"."""
    who = persons_of(service) or labels(service.entries("target_groups"))[:3]
    parts = [", ".join(part) for part in (who, labels(service.entries("languages"))) if part]
    label = service_label(service)
    return _("%(service)s: %(details)s") % {"service": label, "details": "; ".join(parts)} if parts else label


def _silence(chosen: Chosen, home: str) -> Callable[[Service], str]:
    def describe(service: Service) -> str:
        row = row_of_service(service, home)
        unsaid = [str(facet.label) for facet in FACETS if _is_unsaid(facet, row.values, chosen)]
        return _("%(service)s; not stated: %(facets)s") % {
            "service": service_label(service),
            "facets": ", ".join(unsaid),
        }

    return describe


def _is_unsaid(facet: Facet, values: Mapping[str, Any], chosen: Chosen) -> bool:
    return facet.absent == "not_stated" and bool(chosen.get(facet.name)) and not values.get(facet.name)
