"""The one set of factories. They make what a test needs through the project's own services, with free defaults."""

from __future__ import annotations

import itertools
from typing import Any

from django.contrib.auth.models import Group

from directory.models import Location, Organisation, OrganisationText, Service
from platform_site.accounts import roles
from platform_site.accounts.models import User
from platform_site.records.services import publish_record, save_draft
from platform_site.vocabulary.store import term_id

_numbers = itertools.count(1)

ROLES = ("anonymous", "registered", "member", "editor", "reviewer", "administrator")
GROUP_OF_ROLE = {"member": roles.MEMBERS, "editor": roles.EDITORS, "reviewer": roles.REVIEWERS}
PASSWORD = "correct horse battery staple"


def make_user(role: str = "registered", **fields: Any) -> User:
    """Return a saved account with the role; e-mail unique unless given. Raises KeyError for an unknown role."""
    if role not in ROLES[1:]:
        raise KeyError(role)
    fields.setdefault("email", f"{role}-{next(_numbers)}@example.org")
    fields.setdefault("name", role.capitalize())
    if role == "administrator":
        return User.objects.create_superuser(password=PASSWORD, **fields)
    user = User.objects.create_user(password=PASSWORD, **fields)
    if role in GROUP_OF_ROLE:
        user.groups.add(Group.objects.get_or_create(name=GROUP_OF_ROLE[role])[0])
    return user


def make_service(service_type: str = "legal_information", **values: Any) -> Service:
    """Return an unsaved service row. Codes by the names of their lists (`languages=["ro"]`), facts as fields."""
    codes = {name: values.pop(name) for name in Service.term_lists if name in values}
    service = Service(service_type_id=term_id("service_types", service_type), **values)
    for name, wanted in codes.items():
        service.set_codes(name, wanted)
    return service


def build_organisation(
    *,
    country: str = "IT",
    kind: str = "ngo",
    services: list[Service] | None = None,
    city: str = "",
    description: str = "Works with people who were exploited.",
    language: str = "en",
    membership: str = "",
    **values: Any,
) -> Organisation:
    """Return an unsaved organisation with its parts."""
    number = next(_numbers)
    values.setdefault("name", f"Organisation {number}")
    values.setdefault("slug", f"organisation-{number}")
    codes = {name: values.pop(name) for name in Organisation.term_lists if name in values}
    organisation = Organisation(
        country_id=term_id("countries", country), organisation_type_id=term_id("organisation_types", kind), **values
    )
    if membership:
        organisation.membership_status_id = term_id("membership_statuses", membership)
    organisation.texts = (
        [OrganisationText(language=language, is_original=True, description=description)] if description else []
    )
    for number, service in enumerate(services or []):
        service.sort_order = number
    organisation.services = services or []
    if city:
        organisation.locations = [Location(city=city)]
    for name, wanted in codes.items():
        organisation.set_codes(name, wanted)
    return organisation


def make_organisation(**values: Any) -> Organisation:
    """Return a published organisation (see `build_organisation`)."""
    published: Organisation = publish_record(record=build_organisation(**values))
    return published


def make_draft_organisation(*, author: User | None = None, **values: Any) -> Organisation:
    """Return an organisation that was never published, saved as a draft by `author`."""
    organisation = build_organisation(**values)
    save_draft(record=organisation, user=author)
    return organisation
