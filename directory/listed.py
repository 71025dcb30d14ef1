"""An organisation as lists show it: its row, and why it answers a choice. Kept, since many lists show the same ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.html import strip_spaces_between_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory import wording
from directory.access import readable_city
from directory.filters import FACETS, ORGANISATIONS, closed_row, homes_of, row_of_service
from directory.freshness import Freshness, freshness
from directory.models import Organisation
from directory.models.services import Answer
from platform_site.accounts.principals import principals_of
from platform_site.listing.facets import Facet
from platform_site.listing.index import IndexedRow, row_fit
from platform_site.listing.kept import Kept, KeptRecords
from platform_site.records.models.parts import fetch_terms

Chosen = Mapping[str, frozenset[str]]
ROW_FACETS = [facet for facet in FACETS if facet.scope == "row"]
SHOWN_SERVICES, SHOWN_LANGUAGES, SHOWN_GROUPS, SHOWN_REASONS = 5, 5, 3, 4
# The ticks of the table view, as heading, facet and value: a service gives one if its row answers to the value.
TICK_COLUMNS: tuple[tuple[Any, str, str], ...] = (
    (gettext_lazy("Return"), "service", "return"),
    (gettext_lazy("Legal help"), "service", "justice"),
    (gettext_lazy("Accommodation"), "accommodation", "yes"),
    (gettext_lazy("Minors"), "age", "minor"),
    (gettext_lazy("Men"), "gender", "male"),
)


@dataclass(frozen=True)
class Reason:
    """Why an organisation is in the list, in words, with the address of the service on its page (may be empty)."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class OrganisationRow:
    """What `ui/components/result_row_organisation.html` draws; nothing in it that the reader may not see.

    As long as `stamp` stays the same, so does all but the reasons, for readers of one kind and language.
    """

    stamp: int
    audience: str
    href: str
    title: str
    original_name: str
    original_language: str
    country_code: str
    country_name: str
    kind_line: str
    city: str
    freshness: Freshness
    services: str
    languages: str
    who: str
    accommodation: str
    accommodation_text: str
    ticks: list[str]
    data_of: str
    reasons: list[Reason] = field(default_factory=list)
    fits: bool = True


@dataclass(frozen=True)
class ListedService:
    """A service as the filters see it, with its words: the kind alone, and the reason it gives for a match."""

    row: IndexedRow
    label: str
    match: str
    anchor: str


@dataclass(frozen=True)
class Listed:
    """An organisation in a list, for one language and one kind of reader."""

    pk: int
    key: str
    home: str
    row: OrganisationRow
    services: tuple[ListedService, ...]
    working_languages: frozenset[str] = frozenset()

    def reasons(self, chosen: Chosen, *, stated: bool) -> list[Reason]:
        """Return which services answer the choice; for a result that is not `stated`, what they do not say."""
        if not any(chosen.get(facet.name) for facet in ROW_FACETS):
            return []
        wanted = "stated" if stated else "not_stated"
        fitting = [service for service in self.services if row_fit(ROW_FACETS, service.row, chosen) == wanted]
        found: dict[str, Reason] = {}
        for service in fitting:
            text = service.match if stated else self._silence(service, chosen)
            found.setdefault(text, Reason(text, f"{self.row.href}#{service.anchor}" if service.anchor else ""))
        return list(found.values())

    def is_self_evident(self, chosen: Chosen) -> bool:
        """Say whether the choice asks only where help is needed, and the organisation's seat answers that already."""
        asked = {facet.name for facet in ROW_FACETS if chosen.get(facet.name)}
        return asked <= {"country", "region"} and row_fit(ROW_FACETS, closed_row([self.home]), chosen) == "stated"

    def row_for(self, chosen: Chosen, *, stated: bool) -> OrganisationRow:
        """Return the row with the reasons for being in the list, the most important ones."""
        if stated and self.is_self_evident(chosen):
            return self.row
        reasons = self.reasons(chosen, stated=stated)
        if len(reasons) > SHOWN_REASONS + 1:
            rest = len(reasons) - SHOWN_REASONS
            more = ngettext("and %(count)d more service", "and %(count)d more services", rest) % {"count": rest}
            reasons = [*reasons[:SHOWN_REASONS], Reason(more)]
        return replace(self.row, reasons=reasons, fits=stated)

    def _silence(self, service: ListedService, chosen: Chosen) -> str:
        unsaid = [
            self._unsaid(facet, chosen[facet.name])
            for facet in ROW_FACETS
            if facet.absent == "not_stated" and chosen.get(facet.name) and not service.row.values.get(facet.name)
        ]
        return _("%(service)s; not stated: %(facets)s") % {"service": service.label, "facets": ", ".join(unsaid)}

    def _unsaid(self, facet: Facet, wanted: frozenset[str]) -> str:
        """Name a facet that one service leaves open, with what the entry says of it in another place."""
        held = [service.row.values.get(facet.name, frozenset()) for service in self.services]
        elsewhere = wanted & frozenset().union(*held)
        working = wanted & self.working_languages if facet.name == "language" else frozenset()
        words = {"facet": facet.label, "values": _labels(facet, elsewhere or working)}
        if elsewhere:
            return _("%(facet)s (%(values)s in another of its services)") % words
        if working:
            return _("%(facet)s (%(values)s among its working languages)") % words
        return str(facet.label)


def _labels(facet: Facet, values: frozenset[str]) -> str:
    return ", ".join(option.label for option in facet.options() if option.value in values)


def listed_organisation(organisation: Organisation, principals: frozenset[str]) -> Listed:
    """Return `organisation` (fetched with `for_list`) as a reader with `principals` sees it in a list."""
    home, homes = wording.home_code(organisation), homes_of(organisation)
    services = tuple(
        ListedService(
            row_of_service(service, homes),
            wording.service_label(service),
            wording.match_text(service),
            wording.anchor_of(service),
        )
        for service in organisation.services.all()
    )
    row = _row(organisation, readable_city(organisation, principals), _ticks(services))
    working = frozenset(organisation.codes("languages"))
    return Listed(organisation.pk, organisation.key, home, row, services, working)


def _row(organisation: Organisation, city: str, ticks: list[str]) -> OrganisationRow:
    country, kind = organisation.country_entry, organisation.type_entry
    original, language = second_name(organisation)
    housing, region = wording.accommodation_of(organisation)
    return OrganisationRow(
        stamp=organisation.stamp,
        audience=organisation.audience,
        href=organisation.get_absolute_url(),
        title=organisation.display_name,
        original_name=original,
        original_language=language,
        country_code=country.code if country else "",
        country_name=country.label() if country else "",
        kind_line=" · ".join(part for part in (kind.label() if kind else "", city) if part),
        city=city,
        freshness=freshness(organisation),
        services=wording.shortened(wording.services_of(organisation), SHOWN_SERVICES),
        languages=wording.shortened(wording.languages_of(organisation), SHOWN_LANGUAGES),
        who=wording.who_is_helped(organisation, SHOWN_GROUPS),
        accommodation=housing,
        accommodation_text=_("Yes · %(region)s") % {"region": region} if region else "",
        ticks=ticks,
        data_of=wording.data_of(organisation),
    )


def second_name(organisation: Organisation) -> tuple[str, str]:
    """Return the line under the name and its language code: the full name, else the original one."""
    if organisation.display_name != organisation.name:
        return organisation.name, ""
    return organisation.native_name, organisation.native_language


def tick_headings() -> list[str]:
    """Return the headings of the ticks of the table view, in the active language."""
    return [str(heading) for heading, _name, _value in TICK_COLUMNS]


def _ticks(services: Sequence[ListedService]) -> list[str]:
    """Return for each tick column "yes", "no" or, where no service says it, ""."""
    held = [service.row.values for service in services]
    return [
        _answer([values.get(name, frozenset()) for values in held], value) for _heading, name, value in TICK_COLUMNS
    ]


def _answer(held: list[frozenset[str]], value: str) -> str:
    if any(value in values for values in held):
        return "yes"
    # To name women does not shut men out, nor a list of services what it leaves out: "no" is only what is said.
    said_no = value == Answer.YES and held and all(Answer.NO in values for values in held)
    return "no" if said_no else ""


_listed = KeptRecords(ORGANISATIONS)
_drawn = Kept(ORGANISATIONS.ground)


def listed_organisations(pks: Iterable[int], user: Any) -> dict[int, Listed]:
    """Return the organisations with these primary keys that `user` may read, as lists show them."""
    principals = principals_of(user)

    def make(missing: Sequence[int]) -> Iterator[tuple[int, Listed]]:
        for organisation in _fetched(Organisation.objects.visible_to(user).filter(pk__in=missing)):
            yield organisation.pk, listed_organisation(organisation, principals)

    return _listed.of(pks, user, make)


def _fetched(organisations: QuerySet[Organisation]) -> list[Organisation]:
    """Return the organisations with what `for_list` fetches, their terms as entries alone."""
    found = list(organisations.prefetch_related("services", "locations"))
    fetch_terms(found)
    fetch_terms([service for organisation in found for service in organisation.services.all()])
    return found


# Stands where the reasons come in: a character that no text of an entry can hold.
_PLACE = "\x00"
_REASONS = "ui/components/result_reasons.html"


def drawn(template: str, row: OrganisationRow, user: Any) -> SafeString:
    """Return a row as HTML. It is drawn once as long as nothing changes; only the reasons differ with the choice."""
    room = _drawn.room(user)
    key = (template, row.stamp)
    html: str | None = room.get(key)
    if html is None:
        html = room[key] = _pressed(template, {"row": row, "reasons_place": _PLACE})
    reasons = _pressed(_REASONS, {"reasons": row.reasons, "fits": row.fits}) if row.reasons else ""
    # Safe stays safe: both templates have escaped their values.
    return SafeString(html.replace(_PLACE, reasons))


def _pressed(template: str, context: dict[str, Any]) -> str:
    """Return a template drawn, without spaces between tags."""
    return strip_spaces_between_tags(render_to_string(template, context)).strip()
