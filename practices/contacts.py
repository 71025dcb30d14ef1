"""The contact of a chart: its own block, filled up from the leading organisation, as far as the reader may read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _

from platform_site.accounts.principals import principals_of
from platform_site.records.audiences import field_readable
from platform_site.safety.phone_numbers import dial_address
from practices.access import shown_organisations

ContactKind = Literal["name", "address", "phone", "fax", "email", "website"]
# The field of an organisation that stands in where the chart's own is empty. Its street is its own matter: an address
# is printed on a chart only if the chart gives one.
FROM_ORGANISATION: dict[ContactKind, str] = {
    "name": "name",
    "phone": "office_phone",
    "fax": "office_fax",
    "email": "office_email",
    "website": "website",
}


@dataclass(frozen=True)
class ContactLink:
    """One address of a line: its words, and where it leads ("" for what cannot be opened)."""

    text: str
    href: str


@dataclass(frozen=True)
class ContactLine:
    """One line of the contact."""

    kind: ContactKind
    label: str
    links: tuple[ContactLink, ...]

    @property
    def text(self) -> str:
        """The line as text."""
        return "; ".join(link.text for link in self.links)


def contact_lines(chart: Any, user: Any) -> list[ContactLine]:
    """Return the contact of `chart` as `user` may read it, empty lines left out."""
    principals = principals_of(user)
    leading = next(iter(shown_organisations(chart, user)), None)
    labels: dict[ContactKind, str] = {
        "name": _("Office"),
        "address": _("Address"),
        "phone": _("Phone"),
        "fax": _("Fax"),
        "email": _("Mail"),
        "website": _("Website"),
    }
    lines = []
    for kind, label in labels.items():
        value = ""
        if field_readable(chart, f"contact_{kind}", principals):
            value = getattr(chart, f"contact_{kind}").strip()
        own_is_empty = not getattr(chart, f"contact_{kind}").strip()
        if own_is_empty and leading is not None and kind in FROM_ORGANISATION:
            name = FROM_ORGANISATION[kind]
            value = getattr(leading, name).strip() if field_readable(leading, name, principals) else ""
        if value:
            lines.append(ContactLine(kind, label, tuple(_links(kind, value))))
    return lines


def _links(kind: ContactKind, value: str) -> list[ContactLink]:
    if kind in {"name", "address", "fax"}:
        return [ContactLink(value, "")]
    return [ContactLink(text, _href(kind, text)) for text in (part.strip() for part in value.split(";")) if text]


def _href(kind: ContactKind, text: str) -> str:
    if kind == "email":
        return f"mailto:{text}"
    if kind == "website":
        return text if text.startswith(("http://", "https://")) else f"https://{text}"
    return dial_address(text)
