"""The access rule under which a page is found: what Wagtail's restrictions say of it and of the pages above it.

A restriction holds for the page's group of languages and for all that lies below it (`SitePageMixin`); each one must
let the reader pass. What has a password is not found at all: nobody's role says who knows it.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from wagtail.models import Page, PageViewRestriction

from platform_site.accounts.principals import ADMINISTRATOR, SIGNED_IN, group_principal
from search.rules import PUBLIC, all_of, any_of


class PageRules:
    """The rules of all pages, read with three queries at most, whatever the number of the pages asked for."""

    def __init__(self) -> None:
        """Read the restrictions there are."""
        by_key: dict[UUID, list[str | None]] = {}
        restrictions = PageViewRestriction.objects.select_related("page").prefetch_related("groups")
        for restriction in restrictions.order_by("pk"):
            by_key.setdefault(restriction.page.translation_key, []).append(_rule(restriction))
        self._under: list[tuple[str, list[str | None]]] = []
        if by_key:
            pages = Page.objects.filter(translation_key__in=by_key).order_by("path")
            self._under = [(path, by_key[key]) for key, path in pages.values_list("translation_key", "path")]

    def rule_for(self, pages: Collection[Any]) -> str | None:
        """Return the rule for a page that stands at the places of `pages`, its languages; None: it is not found."""
        found = {rule for page in pages for path, rules in self._under if page.path.startswith(path) for rule in rules}
        return None if None in found else all_of(rule for rule in found if rule is not None)


def _rule(restriction: PageViewRestriction) -> str | None:
    """Return who passes a restriction, as Wagtail's `accept_request` says it; None where a password is asked for."""
    if restriction.restriction_type == PageViewRestriction.LOGIN:
        return any_of([SIGNED_IN])
    if restriction.restriction_type == PageViewRestriction.GROUPS:
        # Administrators pass without being in the group; other staff do not.
        return any_of([ADMINISTRATOR, *(group_principal(group.pk) for group in restriction.groups.all())])
    return PUBLIC if restriction.restriction_type == PageViewRestriction.NONE else None
