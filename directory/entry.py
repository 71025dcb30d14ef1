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
from directory.evidence import chart_addresses
from directory.filters import ORGANISATIONS
from directory.freshness import Freshness, freshness
from directory.models import Location, Network, Organisation, OrganisationText, Programme, ProgrammePartner
from directory.selectors import PublicHotline, hotline_of
from directory.service_entries import ServicesInWords, service_entries
from platform_site.accounts.principals import principals_of
from platform_site.listing.kept import Kept
from platform_site.safety.phone_numbers import dial_address
from platform_site.texts.partial_dates import date_words
from platform_site.texts.sorting import sort_text
from platform_site.ui.languages import language_name
from platform_site.vocabulary.store import entry_by_id
from search.related import RelatedBlock, related_to

Facts = list[tuple[str, str]]


@dataclass(frozen=True)
class EntryFacts:
    """What an entry says of the organisation alone; it holds nothing that the reader may not see."""

    freshness: Freshness
    data_of: str
    kind_line: str
    country_code: str
    country_name: str
    country_href: str
    full_name: str
    text: str
    text_language: str
    languages: frozenset[str]
    original_language: str
    website_name: str
    services: ServicesInWords
    hotlines: list[PublicHotline]
    offices: list[str]
    contact: dict[str, str]
    facts: Facts
    dateline: Facts

    @property
    def phone_address(self) -> str:
        """The address that dials the office, "" where the reader is given no number."""
        return dial_address(self.contact.get("office_phone", ""))


@dataclass(frozen=True)
class EntryLink:
    """A link to a network or a programme, with one line of facts."""

    href: str
    title: str
    facts: str = ""
    audience: str = "public"


@dataclass(frozen=True)
class Entry:
    """The whole entry: the organisation's facts, what it belongs to, and what else the platform has on it."""

    facts: EntryFacts
    networks: list[EntryLink] = field(default_factory=list)
    programmes: list[EntryLink] = field(default_factory=list)
    related: list[RelatedBlock] = field(default_factory=list)
    # Addresses of the practice charts that the evidence names, by number: those on the site that the reader may read.
    charts: dict[str, str] = field(default_factory=dict)


# An entry with all its words is some 20 KB.
_kept = Kept(ORGANISATIONS.ground, most=500)


def published_entry(organisation: Organisation, user: Any) -> Entry:
    """Return the entry of a published `organisation` that `user` may read; what it says is kept until data change."""
    room = _kept.room(user)
    key = (organisation.pk, organisation.stamp)
    facts: EntryFacts | None = room.get(key)
    if facts is None:
        whole = Organisation.objects.visible_to(user).for_entry().get(pk=organisation.pk)
        facts = room[key] = entry_facts(whole, principals_of(user))
    return _entry(organisation, facts, user)


def draft_entry(organisation: Organisation, user: Any) -> Entry:
    """Return the entry of a draft with its rows at hand, as `user` would see it."""
    return _entry(organisation, entry_facts(organisation, principals_of(user)), user)


def _entry(organisation: Organisation, facts: EntryFacts, user: Any) -> Entry:
    charts = chart_addresses((part for service in facts.services.rows for part in service.evidence), user)
    if organisation.pk is None:
        return Entry(facts, charts=charts)
    belonging = belongs_to(organisation, user)
    related = related_to("organisation", str(organisation.pk), user)
    return Entry(facts, belonging.get("network", []), belonging.get("programme", []), related, charts)


def entry_facts(organisation: Organisation, principals: frozenset[str]) -> EntryFacts:
    """Return what `organisation` (fetched with `for_entry`, or a draft) says to a reader with `principals`."""
    country, kind = organisation.country_entry, organisation.type_entry
    text = organisation.text()
    founded = _("since %(year)d") % {"year": organisation.founded} if organisation.founded else ""
    return EntryFacts(
        freshness=freshness(organisation),
        data_of=wording.data_of(organisation),
        kind_line=" · ".join(part for part in (kind.label() if kind else "", founded) if part),
        country_code=country.code if country else "",
        country_name=country.label() if country else "",
        country_href=reverse("directory:country_detail", args=[country.code]) if country else "",
        full_name=organisation.name if organisation.display_name != organisation.name else "",
        text=text.description if text else "",
        text_language=text.language if text and text.language != get_language() else "",
        languages=frozenset(organisation.content_languages),
        original_language=organisation.original_language,
        website_name=urlsplit(organisation.website).netloc.removeprefix("www."),
        services=service_entries(organisation.services.all(), wording.words_language(organisation)),
        hotlines=[hotline_of(hotline, organisation) for hotline in organisation.hotlines.all()],
        offices=[_office(office) for office in readable_offices(organisation, principals)],
        contact=readable_contact(organisation, principals),
        facts=_facts(organisation),
        dateline=_dateline(organisation, text),
    )


def belongs_to(organisation: Organisation, user: Any) -> dict[str, list[EntryLink]]:
    """Return the networks and programmes of `organisation` that `user` may read, by record type, in one query."""
    networks = (
        Network.objects.visible_to(user)
        .filter(memberships__organisation=organisation)
        .order_by()
        .annotate(record=Value("network"), role=Value(""))
        .values_list("record", "name", "slug", "role", "kind_id", "audience")
    )
    programmes = (
        ProgrammePartner.objects.filter(organisation=organisation, programme__in=Programme.objects.visible_to(user))
        .order_by()
        .annotate(record=Value("programme"))
        .values_list(
            "record", "programme__name", "programme__slug", "role", "programme__kind_id", "programme__audience"
        )
    )
    found: dict[str, list[EntryLink]] = defaultdict(list)
    for record, name, slug, role, kind_id, audience in networks.union(programmes):
        kind = entry_by_id(kind_id)
        facts = [kind.label()] if kind else []
        if role:
            facts.append(str(ProgrammePartner.Role(role).label))
        url = reverse(f"directory:{record}_detail", args=[slug])
        found[record].append(EntryLink(url, name, " · ".join(facts), audience))
    return {record: sorted(links, key=lambda link: sort_text(link.title)) for record, links in found.items()}


def _office(office: Location) -> str:
    if office.city and office.city.casefold() in office.address.casefold():
        return office.address
    return ", ".join(part for part in (office.address, office.city) if part)


def _facts(organisation: Organisation) -> Facts:
    housing, region = wording.accommodation_of(organisation)
    answer = {"yes": _("Yes"), "no": _("No")}.get(housing, "")
    membership = shown_membership(organisation.membership_status_id)
    status = membership.label() if membership else ""
    if status and organisation.member_since:
        status = _("%(status)s, since %(date)s") % {"status": status, "date": date_words(organisation.member_since)}
    facts = [
        (_("Accommodation"), ", ".join(part for part in (answer, region) if part)),
        (_("Who is helped"), wording.who_is_helped(organisation)),
        (_("Languages"), wording.line(wording.languages_of(organisation))),
    ]
    optional = [
        (_("Also works in"), wording.line(wording.labels(organisation.entries("countries")))),
        (_("Membership"), status),
        (_("Role in the founding project"), wording.line([organisation.project_role])),
    ]
    return [*facts, *((label, value) for label, value in optional if value)]


def _dateline(organisation: Organisation, text: OrganisationText | None) -> Facts:
    items = [(_("Source"), organisation.source or _("entry kept by the platform"))]
    if text is None:
        # The words are the site's own.
        items.append((_("Language"), language_name(get_language() or "")))
    else:
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
