"""An organisation as a row of a list: what the component `result_row_organisation` draws, and a line of the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from directory import wording
from directory.access import readable_city, readable_contact, shown_membership
from directory.filters import BY_NAME, row_of_service
from directory.freshness import Freshness, freshness
from directory.models import Organisation
from platform_site.listing.presentation import option_label

# The ticks of the table view, as facet and value: a service gives one if its row answers to the value.
TICK_COLUMNS: tuple[tuple[str, str], ...] = (
    ("service", "return"),
    ("service", "justice"),
    ("accommodation", "yes"),
    ("age", "minor"),
    ("gender", "male"),
)


@dataclass(frozen=True)
class OrganisationRow:
    """One organisation in a list; texts are in the active language and hold nothing the reader may not see."""

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
    reasons: list[str] = field(default_factory=list)
    stated: bool = True
    ticks: list[str] = field(default_factory=list)


def organisation_row(
    organisation: Organisation,
    principals: frozenset[str],
    *,
    reasons: Sequence[str] = (),
    stated: bool = True,
    with_ticks: bool = False,
) -> OrganisationRow:
    """Return the row of `organisation` (fetched with `for_list`) for a reader with `principals`.

    `reasons` say why it is listed, or, where it is not `stated`, what it does not say.
    """
    country, kind = organisation.country_entry, organisation.type_entry
    city = readable_city(organisation, principals)
    original, language = second_name(organisation)
    housing, region = wording.accommodation_of(organisation)
    services = wording.unique(wording.service_label(service) for service in organisation.services.all())
    return OrganisationRow(
        href=organisation.get_absolute_url(),
        title=organisation.display_name,
        original_name=original,
        original_language=language,
        country_code=country.code if country else "",
        country_name=country.label() if country else "",
        kind_line=" · ".join(part for part in (kind.label() if kind else "", city) if part),
        city=city,
        freshness=freshness(organisation),
        services=wording.shortened(services),
        languages=wording.shortened(wording.languages_of(organisation)),
        who=wording.shortened(wording.who_is_helped(organisation)),
        accommodation=housing,
        accommodation_text=_("Yes · %(region)s") % {"region": region} if region else "",
        reasons=list(reasons),
        stated=stated,
        ticks=tick_answers(organisation) if with_ticks else [],
    )


def second_name(organisation: Organisation) -> tuple[str, str]:
    """Return the line under the name and its language code: the full name, else the original one."""
    if organisation.display_name != organisation.name:
        return organisation.name, ""
    return organisation.native_name, organisation.native_language


def tick_headings() -> list[str]:
    """Return the headings of the ticks of the table view, in the active language."""
    found = []
    for name, value in TICK_COLUMNS:
        facet = BY_NAME[name]
        found.append(str(facet.label) if value == "yes" else option_label(facet, value))
    return found


def tick_answers(organisation: Organisation) -> list[str]:
    """Return for each tick column "yes", "no" or, where no service says it, ""."""
    home = wording.home_code(organisation)
    held = [row_of_service(service, home).values for service in organisation.services.all()]
    return [_answer([values.get(name, frozenset()) for values in held], name, value) for name, value in TICK_COLUMNS]


def _answer(held: list[frozenset[str]], name: str, value: str) -> str:
    if any(value in values for values in held):
        return "yes"
    if not held or (BY_NAME[name].absent == "not_stated" and not all(held)):
        return ""
    return "no"


def csv_header() -> list[str]:
    """Return the columns of the file, in the active language."""
    return [
        _("Name"),
        _("Short name"),
        _("Original name"),
        _("Kind of organisation"),
        _("Country"),
        _("Country code"),
        _("City"),
        _("Services"),
        _("Languages"),
        _("Who is helped"),
        _("Accommodation"),
        _("Hotlines"),
        _("Website"),
        _("Office phone"),
        _("Office mail"),
        _("Membership"),
        _("Confirmed"),
        _("Confirmed on"),
        _("Answers your filters"),
        _("Why"),
        _("Address"),
    ]


def csv_cells(
    organisation: Organisation, principals: frozenset[str], *, stated: bool, reasons: Sequence[str], address: str
) -> list[Any]:
    """Return the line of `organisation` (fetched with `for_file`): what a reader with `principals` may see."""
    row = organisation_row(organisation, principals)
    contact = readable_contact(organisation, principals)
    kind, membership = organisation.type_entry, shown_membership(organisation.membership_status_id)
    housing = {"yes": row.accommodation_text or _("Yes"), "no": _("No")}.get(row.accommodation, _("not stated"))
    services = wording.unique(wording.service_label(service) for service in organisation.services.all())
    return [
        organisation.name,
        organisation.short_name,
        organisation.native_name,
        kind.label() if kind else "",
        row.country_name,
        row.country_code,
        row.city,
        "; ".join(services),
        "; ".join(wording.languages_of(organisation)),
        "; ".join(wording.who_is_helped(organisation)),
        housing,
        "; ".join(hotline.number for hotline in organisation.hotlines.all()),
        organisation.website,
        contact.get("office_phone", ""),
        contact.get("office_email", ""),
        membership.label() if membership else "",
        f"{row.freshness.word} ({row.freshness.detail})" if row.freshness.detail else row.freshness.word,
        organisation.confirmed_on.isoformat() if organisation.confirmed_on else "",
        _("yes") if stated else _("not stated"),
        "; ".join(reasons),
        address,
    ]
