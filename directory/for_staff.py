"""Which services are no help for a person on the way: prevention, coordination, funding, work with professionals."""

from __future__ import annotations

from collections.abc import Iterable

from platform_site.vocabulary.store import vocabulary

# The group of service types that "are for the public, professionals and policy", as the list itself says.
NOT_FOR_ONE_PERSON = "prevention_work"
PROFESSIONALS = "professionals"


def only_professionals(target_groups: Iterable[str]) -> bool:
    """Say whether these target groups (codes) are professionals and institutions alone; none named means anybody."""
    named = set(target_groups)
    return bool(named) and named <= vocabulary("target_groups").with_descendants(PROFESSIONALS)


def is_for_staff(service_type: str, target_groups: Iterable[str]) -> bool:
    """Say whether a service (code of its type, codes of its target groups) helps those who help, not a person."""
    of_the_group = vocabulary("service_types").with_descendants(NOT_FOR_ONE_PERSON)
    return service_type in of_the_group or only_professionals(target_groups)
