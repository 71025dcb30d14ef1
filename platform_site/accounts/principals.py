"""Principals: a person as the set of what they may read as.

`public` for everybody; `signed_in` for who has an account; `member`, `staff` and `administrator` by role; `group:3` for
each group; and what other apps add (`organisation:7`, `area:3`) through providers that they register when they are
ready. `visible_to(user)` of every model and the rules of the search use this one set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from platform_site.accounts import roles

PUBLIC = "public"
MEMBER = "member"
STAFF = "staff"
# What Wagtail's restrictions of pages ask for: an account, a group; administrators pass without being in it.
SIGNED_IN = "signed_in"
ADMINISTRATOR = "administrator"

Provider = Callable[[Any], Iterable[str]]
_providers: dict[str, Provider] = {}


def register(name: str, provider: Provider) -> None:
    """Add a provider: a function from a signed-in user to principals.

    Raises ValueError if another provider has the name.
    """
    if _providers.get(name, provider) is not provider:
        raise ValueError(f"There is a provider of principals named {name!r} already.")
    _providers[name] = provider


def principals_of(user: Any) -> frozenset[str]:
    """Return the principals of `user`; those of a visitor for None, anonymous and disabled accounts."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return frozenset({PUBLIC})
    cached: frozenset[str] | None = getattr(user, "_principals", None)
    if cached is None:
        found = {PUBLIC}
        for provider in _providers.values():
            found.update(provider(user))
        cached = frozenset(found)
        user._principals = cached
    return cached


def group_principal(group: int) -> str:
    """Return the principal of who is in the group with this primary key."""
    return f"group:{group}"


def group_principals(user: Any) -> set[str]:
    """Return `signed_in` with `administrator` or the groups of `user` (the provider for restrictions of pages)."""
    if roles.is_administrator(user):
        # Passes wherever a group does.
        return {SIGNED_IN, ADMINISTRATOR}
    return {SIGNED_IN, *(group_principal(pk) for pk in roles.groups_of(user))}


def role_principals(user: Any) -> set[str]:
    """Return `member` and `staff` as the roles of `user` give them (the provider of this app)."""
    if roles.is_editor(user):
        return {MEMBER, STAFF}
    if roles.MEMBERS in roles.role_names(user):
        return {MEMBER}
    return set()


register("roles", role_principals)
register("groups", group_principals)
