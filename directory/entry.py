"""The entry of an organisation: what its page shows, put together for one reader."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Value
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory import wording
from directory.access import readable_contact, readable_offices, shown_membership
from directory.filters import name_key
from directory.freshness import Freshness, freshness
from directory.models import Network, Organisation, OrganisationText, Programme, ProgrammePartner, Service
from directory.selectors import PublicHotline, hotline_of
from platform_site.accounts.principals import principals_of
from platform_site.ui.languages import language_name
from platform_site.vocabulary.store import entry_by_id
from search.related import RelatedBlock, related_to

Facts = list[tuple[str, str]]
# The conditions of a service as fields of the model, in the order in which a caseworker asks.
CONDITIONS = (
    "cost",
    "referral_needed",
    "residence_status",
    "cooperation_required",
    "identification_required",
    "official_mandate",
)


@dataclass(frozen=True)
class ServiceEntry:
    """One service in words; an empty text means that the entry does not say it."""

    label: str
    name: str
    who: str
    languages: str
    exploitation: str
    where: str
    hours: str
    duration: str
    remarks: str
    capacity: str
    is_accommodation: bool
    conditions: Facts
    provenance: str


@dataclass(frozen=True)
class EntryLink:
    """A link to a network or a programme, with one line of facts."""

    href: str
    title: str
    facts: str = ""


@dataclass(frozen=True)
class Entry:
    """Everything that the page of an organisation shows to one reader."""

    organisation: Organisation
    freshness: Freshness
    kind_line: str
    country_code: str
    country_name: str
    country_href: str
    full_name: str
    text: str
    text_language: str
    services: list[ServiceEntry]
    hotlines: list[PublicHotline]
    offices: list[str]
    contact: dict[str, str]
    facts: Facts
    dateline: Facts
    networks: list[EntryLink] = field(default_factory=list)
    programmes: list[EntryLink] = field(default_factory=list)
    related: list[RelatedBlock] = field(default_factory=list)

    @property
    def website_name(self) -> str:
        """The host of the website, as readers know it."""
        return urlsplit(self.organisation.website).netloc.removeprefix("www.")


def service_entry(service: Service) -> ServiceEntry:
    """Return a service in words of the active language."""
    conditions = []
    for name in CONDITIONS:
        label = str(service._meta.get_field(name).verbose_name)
        answer = getattr(service, f"get_{name}_display")() if getattr(service, name) else ""
        conditions.append((label[:1].upper() + label[1:], answer))
    return ServiceEntry(
        label=wording.service_label(service),
        name=service.name,
        who=", ".join(wording.who_of(service)),
        languages=", ".join(wording.labels(service.entries("languages"))),
        exploitation=", ".join(wording.labels(service.entries("exploitation_types"))),
        where=", ".join(part for part in (service.region, *wording.labels(service.entries("countries"))) if part),
        hours=service.hours,
        duration=service.longest_duration,
        remarks=service.conditions,
        capacity=_capacity(service),
        is_accommodation=service.is_accommodation,
        conditions=conditions,
        provenance=_provenance(service),
    )


def _capacity(service: Service) -> str:
    parts = []
    if service.capacity_state:
        parts.append(service.get_capacity_state_display())
        if service.capacity_as_of:
            day = date_format(service.capacity_as_of, "DATE_FORMAT")
            parts[0] = _("%(state)s on %(day)s") % {"state": parts[0], "day": day}
    if service.capacity_note and not service.is_accommodation:
        parts.append(service.capacity_note)
    return "; ".join(parts)


def _provenance(service: Service) -> str:
    parts = []
    if service.as_of:
        parts.append(_("As of %(year)d") % {"year": service.as_of})
    if service.evidence:
        parts.append(_("Evidence: %(evidence)s") % {"evidence": service.evidence})
    return ". ".join(parts)


def organisation_entry(organisation: Organisation, user: Any) -> Entry:
    """Return the entry of `organisation` (fetched with `for_entry`, or a draft) as `user` may see it."""
    principals = principals_of(user)
    country, kind = organisation.country_entry, organisation.type_entry
    text = organisation.text()
    belonging = belongs_to(organisation, user) if organisation.pk else {}
    founded = _("since %(year)d") % {"year": organisation.founded} if organisation.founded else ""
    return Entry(
        organisation=organisation,
        freshness=freshness(organisation),
        kind_line=" · ".join(part for part in (kind.label() if kind else "", founded) if part),
        country_code=country.code if country else "",
        country_name=country.label() if country else "",
        country_href=reverse("directory:country_detail", args=[country.code]) if country else "",
        full_name=organisation.name if organisation.display_name != organisation.name else "",
        text=text.description if text else "",
        text_language=text.language if text and text.language != get_language() else "",
        services=[service_entry(service) for service in organisation.services.all()],
        hotlines=[hotline_of(hotline, organisation) for hotline in organisation.hotlines.all()],
        offices=[
            ", ".join(part for part in (office.address, office.city) if part)
            for office in readable_offices(organisation, principals)
        ],
        contact=readable_contact(organisation, principals),
        facts=_facts(organisation),
        dateline=_dateline(organisation, text),
        networks=belonging.get("network", []),
        programmes=belonging.get("programme", []),
        related=related_to("organisation", str(organisation.pk), user) if organisation.pk else [],
    )


def belongs_to(organisation: Organisation, user: Any) -> dict[str, list[EntryLink]]:
    """Return the networks and programmes of `organisation` that `user` may read, by record type, in one query."""
    networks = (
        Network.objects.visible_to(user)
        .filter(memberships__organisation=organisation)
        .order_by()
        .annotate(record=Value("network"), role=Value(""))
        .values_list("record", "name", "slug", "role", "kind_id")
    )
    programmes = (
        ProgrammePartner.objects.filter(organisation=organisation, programme__in=Programme.objects.visible_to(user))
        .order_by()
        .annotate(record=Value("programme"))
        .values_list("record", "programme__name", "programme__slug", "role", "programme__kind_id")
    )
    found: dict[str, list[EntryLink]] = defaultdict(list)
    for record, name, slug, role, kind_id in networks.union(programmes):
        kind = entry_by_id(kind_id)
        facts = [kind.label()] if kind else []
        if role:
            facts.append(str(ProgrammePartner.Role(role).label))
        found[record].append(EntryLink(reverse(f"directory:{record}_detail", args=[slug]), name, " · ".join(facts)))
    return {record: sorted(links, key=lambda link: name_key(link.title)) for record, links in found.items()}


def _facts(organisation: Organisation) -> Facts:
    housing, region = wording.accommodation_of(organisation)
    answer = {"yes": _("Yes"), "no": _("No")}.get(housing, "")
    membership = shown_membership(organisation.membership_status_id)
    status = membership.label() if membership else ""
    if status and organisation.member_since:
        status = _("%(status)s, since %(date)s") % {"status": status, "date": organisation.member_since}
    facts = [
        (_("Accommodation"), ", ".join(part for part in (answer, region) if part)),
        (_("Who is helped"), ", ".join(wording.who_is_helped(organisation))),
        (_("Languages"), ", ".join(wording.languages_of(organisation))),
    ]
    other_countries = ", ".join(wording.labels(organisation.entries("countries")))
    optional = [
        (_("Also works in"), other_countries),
        (_("Membership"), status),
        (_("Role in the founding project"), organisation.project_role),
    ]
    return [*facts, *((label, value) for label, value in optional if value)]


def _dateline(organisation: Organisation, text: OrganisationText | None) -> Facts:
    items = [(_("Source"), organisation.source or _("entry kept by the platform"))]
    if text is not None:
        language = language_name(text.language)
        if not text.is_original:
            original = language_name(organisation.original_language)
            language = _("%(language)s, original %(original)s") % {"language": language, "original": original}
        items.append((_("Language"), language))
    if organisation.imported_on:
        items.append((_("Imported"), date_format(organisation.imported_on, "DATE_FORMAT")))
    if organisation.confirmed_on:
        items.append((_("Confirmed"), date_format(organisation.confirmed_on, "DATE_FORMAT")))
    if organisation.last_published_at:
        items.append((_("Last change"), date_format(timezone.localdate(organisation.last_published_at), "DATE_FORMAT")))
    return items
