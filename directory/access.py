"""Who may read what of the directory, and who may do what: one function each, used by every outlet."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _

from directory.models import CountryProfile, Location, Network, Organisation, ProcedureNote, Programme
from platform_site.accounts.principals import MEMBER, STAFF, principals_of
from platform_site.accounts.roles import is_editor
from platform_site.records.access import get_readable
from platform_site.records.audiences import field_readable
from platform_site.vocabulary.store import Entry, entry_by_id

OFFICE_FIELDS = ("office_phone", "office_fax", "office_email")
# Steps of an admission and of a suspension are between the platform and the organisation; the rest says where an
# organisation stands.
SHOWN_MEMBERSHIPS = frozenset({"founding_partner", "member", "associate", "observer", "dormant", "former", "listed"})


def get_organisation(user: Any, slug: str) -> Organisation:
    """Return the organisation with this address. Raises Http404 or RecordGone."""
    found: Organisation = get_readable(Organisation.objects, user, slug=slug)
    return found


def get_network(user: Any, slug: str) -> Network:
    """Return the network with this address, ready for its page. Raises Http404 or RecordGone."""
    found: Network = get_readable(Network.objects.prefetch_related("texts", "memberships"), user, slug=slug)
    return found


def get_programme(user: Any, slug: str) -> Programme:
    """Return the programme with this address. Raises Http404 or RecordGone."""
    found: Programme = get_readable(Programme.objects.for_page(), user, slug=slug)
    return found


def get_procedure(user: Any, slug: str) -> ProcedureNote:
    """Return the procedure note with this address, ready for its page. Raises Http404 or RecordGone."""
    found: ProcedureNote = get_readable(ProcedureNote.objects.for_page(), user, slug=slug)
    return found


def readable_offices(organisation: Organisation, principals: frozenset[str]) -> list[Location]:
    """Return the offices that a reader may see: what the public and what members see is the organisation's choice."""
    if STAFF in principals:
        return list(organisation.locations.all())
    wanted = "shown" if MEMBER in principals else "public"
    return [office for office in organisation.locations.all() if office.public or getattr(office, wanted)]


def readable_offices_condition(principals: frozenset[str]) -> Q:
    """Return what `readable_offices` says as a condition on `Location`."""
    if STAFF in principals:
        return Q()
    return Q(public=True) | Q(shown=True) if MEMBER in principals else Q(public=True)


def readable_city(organisation: Organisation, principals: frozenset[str]) -> str:
    """Return the city of the first office that the reader may see, or ""."""
    return next((office.city for office in readable_offices(organisation, principals) if office.city), "")


def readable_contact(organisation: Organisation, principals: frozenset[str]) -> dict[str, str]:
    """Return phone, fax and mail of the office, the ones that are given and that the reader may see."""
    return {
        name: getattr(organisation, name)
        for name in OFFICE_FIELDS
        if getattr(organisation, name) and field_readable(organisation, name, principals)
    }


def reads_contacts(principals: frozenset[str]) -> bool:
    """Say whether a reader with `principals` is given the contacts of every office: members and staff are."""
    return bool(principals & {MEMBER, STAFF})


def shown_membership(term_id: int | None) -> Entry | None:
    """Return the membership status to show, None for the steps of an admission or a suspension."""
    entry = entry_by_id(term_id)
    return entry if entry and entry.code in SHOWN_MEMBERSHIPS else None


def check_may_confirm(user: Any, record: Organisation | CountryProfile) -> None:
    """Raise PermissionDenied unless `user` may say that the entry is still true: editors, for what is published."""
    if not is_editor(user) or not record.live or STAFF not in principals_of(user):
        raise PermissionDenied(_("Only the editors confirm a published entry."))
