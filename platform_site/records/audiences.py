"""Who may read what: the audiences of records and of their fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from platform_site.accounts.principals import MEMBER, PUBLIC, STAFF


class Audience(models.TextChoices):
    """Whom a record is for. A record for members is seen by staff too."""

    PUBLIC = "public", _("Everybody")
    MEMBERS = "members", _("Members")
    STAFF = "staff", _("Staff only")


PRINCIPALS: dict[str, frozenset[str]] = {
    Audience.PUBLIC: frozenset({PUBLIC}),
    Audience.MEMBERS: frozenset({MEMBER, STAFF}),
    Audience.STAFF: frozenset({STAFF}),
}
OPT_IN = "opt_in:"
NEVER = "never"


def opt_in(switch: str, otherwise: Audience = Audience.MEMBERS) -> str:
    """Return the audience of a field that everybody reads if the record's boolean field `switch` is on.

    If it is off, the field is for the audience `otherwise`.
    """
    return f"{OPT_IN}{switch}:{otherwise}"


def audiences_for(principals: Iterable[str]) -> frozenset[str]:
    """Return the audiences that a reader with `principals` belongs to."""
    held = frozenset(principals)
    return frozenset(audience for audience, wanted in PRINCIPALS.items() if held & wanted)


def field_readable(obj: Any, name: str, principals: frozenset[str]) -> bool:
    """Say whether a reader with `principals` may read the field `name` of `obj`.

    What a class does not state in `field_audiences` is for staff only (DESIGN, section 5).
    """
    stated: Mapping[str, str] = getattr(type(obj), "field_audiences", {})
    audience = stated.get(name, Audience.STAFF)
    if audience == NEVER:
        return False
    if audience.startswith(OPT_IN):
        switch, otherwise = audience.removeprefix(OPT_IN).split(":")
        audience = Audience.PUBLIC if getattr(obj, switch) else otherwise
    return bool(principals & PRINCIPALS[audience])


def record_readable(record: Any, principals: Iterable[str]) -> bool:
    """Say whether a reader with `principals` may read `record`: what `visible_to` says of one that is at hand."""
    return bool(record.live) and record.audience in audiences_for(principals)
