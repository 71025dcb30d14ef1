"""Roles as groups: who writes, who approves, who reads what members read."""

from __future__ import annotations

from typing import Any

EDITORS = "Editors"
REVIEWERS = "Reviewers"
MEMBERS = "Members"
ROLES = (EDITORS, REVIEWERS, MEMBERS)


def groups_of(user: Any) -> dict[int, str]:
    """Return the names of the groups of `user` by primary key; none for somebody who is not signed in.

    Asked once per user object: a request asks for roles in many places.
    """
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return {}
    cached: dict[int, str] | None = getattr(user, "_groups", None)
    if cached is None:
        cached = dict(user.groups.order_by("pk").values_list("pk", "name"))
        user._groups = cached
    return cached


def role_names(user: Any) -> frozenset[str]:
    """Return the names of the role groups of `user`; none for somebody who is not signed in."""
    return frozenset(groups_of(user).values()) & frozenset(ROLES)


def is_administrator(user: Any) -> bool:
    """Say whether `user` runs the platform."""
    return bool(getattr(user, "is_authenticated", False) and user.is_active and user.is_superuser)


def is_reviewer(user: Any) -> bool:
    """Say whether `user` may approve what others wrote."""
    return is_administrator(user) or REVIEWERS in role_names(user)


def is_editor(user: Any) -> bool:
    """Say whether `user` writes content for the platform (reviewers do so too)."""
    return is_reviewer(user) or EDITORS in role_names(user)
