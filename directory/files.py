"""An organisation as a line of the CSV file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from directory import wording
from directory.access import readable_contact, shown_membership
from directory.listed import Listed
from directory.models import Organisation


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
    organisation: Organisation,
    listed: Listed,
    principals: frozenset[str],
    *,
    stated: bool,
    reasons: Sequence[str],
    address: str,
) -> list[Any]:
    """Return the line of `organisation` (fetched with `for_file`): what a reader with `principals` may see."""
    row = listed.row
    contact = readable_contact(organisation, principals)
    kind, membership = organisation.type_entry, shown_membership(organisation.membership_status_id)
    housing = {"yes": row.accommodation_text or _("Yes"), "no": _("No")}.get(row.accommodation, _("not stated"))
    return [
        organisation.name,
        organisation.short_name,
        organisation.native_name,
        kind.label() if kind else "",
        row.country_name,
        row.country_code,
        row.city,
        "; ".join(wording.services_of(organisation)),
        "; ".join(wording.languages_of(organisation)),
        "; ".join([*wording.groups_helped(organisation), *wording.people_helped(organisation)]),
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
