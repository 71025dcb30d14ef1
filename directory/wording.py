"""What a service says, in words of the active language: for rows, entries, files and the reasons of a match."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from directory.models import Organisation, Service
from directory.models.services import Answer
from platform_site.texts.sorting import sort_text
from platform_site.vocabulary.store import Entry

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
# So many target groups stand in the one line of a match.
MOST_GROUPS = 3


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
    language = get_language()
    return [entry.label(language) for entry in entries]


def unique(texts: Iterable[str]) -> list[str]:
    """Return `texts` once each, in their order."""
    return list(dict.fromkeys(texts))


def line(texts: Sequence[str]) -> str:
    """Return `texts` in one line that begins with a capital letter; "" for none."""
    joined = ", ".join(texts)
    return joined[:1].upper() + joined[1:]


def shortened(texts: Sequence[str], most: int) -> str:
    """Return `texts` in one line; of more than `most` the rest as a number."""
    if len(texts) <= most + 1:
        return line(texts)
    rest = len(texts) - most
    more = ngettext("and %(count)d more", "and %(count)d more", rest) % {"count": rest}
    return f"{line(texts[:most])} {more}"


def service_label(service: Service) -> str:
    """Return the words for the kind of a service."""
    entry = service.type_entry
    return entry.label() if entry else service.name


def persons_of(service: Service) -> list[str]:
    """Return the people whom a service names by gender and age."""
    return persons(service.codes("genders"), service.codes("ages"))


def for_whom(groups: Sequence[str], people: Sequence[str]) -> str:
    """Return whom something is for, "" where nothing is said: the target groups, then the people by gender and age.

    Gender and age exclude nobody, so they never stand in the place of the groups: "Victims of trafficking; also girls".
    """
    named = {group.casefold() for group in groups}
    further = [word for word in people if word.casefold() not in named]
    if groups and further:
        return _("%(groups)s; also %(people)s") % {"groups": ", ".join(groups), "people": ", ".join(further)}
    return ", ".join(groups or further)


def match_text(service: Service) -> str:
    """Say what a service is, for whom, in which languages: "Accommodation: women, minors; Romanian, English"."""
    label = service_label(service)
    groups, people = (
        [word for word in words if not _says(label, word)]
        for words in (labels(service.entries("target_groups")), persons_of(service))
    )
    if len(groups) > MOST_GROUPS:
        groups = [*groups[:MOST_GROUPS], "…"]
    parts = [part for part in (for_whom(groups, people), ", ".join(labels(service.entries("languages")))) if part]
    return _("%(service)s: %(details)s") % {"service": label, "details": "; ".join(parts)} if parts else label


@lru_cache(maxsize=4096)
def _says(label: str, word: str) -> bool:
    # "Accommodation for minors" needs no "minors" behind it; an ending may differ ("Minderjährigen", "Minderjährige").
    return bool(re.search(rf"\b{re.escape(sort_text(word))}\w{{0,2}}\b", sort_text(label)))


def services_of(organisation: Organisation) -> list[str]:
    """Return the kinds of the services, each once."""
    return unique(service_label(service) for service in organisation.services.all())


def languages_of(organisation: Organisation) -> list[str]:
    """Return the languages of the services, or the working languages where no service says any."""
    of_services = unique(
        label for service in organisation.services.all() for label in labels(service.entries("languages"))
    )
    return of_services or labels(organisation.entries("languages"))


def groups_helped(organisation: Organisation) -> list[str]:
    """Return the target groups that the services name all together."""
    services = organisation.services.all()
    return unique(label for service in services for label in labels(service.entries("target_groups")))


def people_helped(organisation: Organisation) -> list[str]:
    """Return the people whom the services name all together, by gender and age."""
    named = [(service.codes("genders"), service.codes("ages")) for service in organisation.services.all()]
    genders = {code for genders, _ages in named for code in genders}
    # A gender that is given without an age counts as adult here: the service itself says it exactly.
    ages = {code for genders, ages in named for code in (ages or (["adult"] if genders else []))}
    return persons([code for code in ADULTS if code in genders], ages) if ages else []


def who_is_helped(organisation: Organisation, most: int | None = None) -> str:
    """Return in one line whom the services name, "" for nobody; of more than `most` groups the rest as a number."""
    groups, people = groups_helped(organisation), people_helped(organisation)
    if most is not None and len(groups) > most + 1:
        groups = [shortened(groups, most)]
    return line([words]) if (words := for_whom(groups, people)) else ""


def region_of(service: Service) -> str:
    """Return where an accommodation stands, as roughly as it is stored: the region, else the countries, else ""."""
    return service.region or ", ".join(labels(service.entries("countries")))


def accommodation_of(organisation: Organisation) -> tuple[str, str]:
    """Return whether the organisation accommodates people, and for yes the region where it is said.

    "yes" if one service does, "no" only where each says that it does not; else nothing is stated: "".
    """
    services = list(organisation.services.all())
    housing = [service for service in services if service.is_accommodation]
    if housing:
        return "yes", next((region for service in housing if (region := region_of(service))), "")
    says_no = bool(services) and all(service.accommodates == Answer.NO for service in services)
    return ("no" if says_no else ""), ""


# Where the services stand on the page of an entry.
SERVICES_ANCHOR = "services"


def anchor_of(service: Service) -> str:
    """Return where a service stands on the page of its entry; "" for one that was never saved."""
    return f"service-{service.pk}" if service.pk else ""


def data_of(organisation: Organisation) -> str:
    """Return of which year the statements on services are ("data of 2012"), "" where it is not said.

    Nothing either once somebody confirmed the entry: then the day of the confirmation says how true it is.
    """
    years = {service.as_of for service in organisation.services.all() if service.as_of}
    if organisation.confirmed_on or not years:
        return ""
    first, last = min(years), max(years)
    if first == last:
        return _("data of %(year)d") % {"year": last}
    return _("data of %(first)d to %(last)d") % {"first": first, "last": last}


def words_language(organisation: Organisation) -> str:
    """Return the language of what is typed in services and hotlines, "" where it is the reader's."""
    return organisation.words_language if organisation.words_language != get_language() else ""


def home_code(organisation: Organisation) -> str:
    """Return the code of the country of the seat."""
    entry = organisation.country_entry
    return entry.code if entry else ""
