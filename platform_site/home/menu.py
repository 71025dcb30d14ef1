"""The pages of the platform in the footer: about, charter, statement, how we work, analysis, as far as they exist."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.core.cache import cache
from django.db import DatabaseError
from django.utils.translation import get_language

from platform_site.home.models import PlainPage
from platform_site.ui.navigation import Area, Link

logger = logging.getLogger(__name__)

KEPT_AS = "home.footer_pages"
# Seconds after which another process sees a page that was published or taken down.
KEPT_FOR = 60
Kind = PlainPage.Kind
IN_FOOTER = (Kind.ABOUT, Kind.CHARTER, Kind.STATEMENT, Kind.METHOD, Kind.ANALYSIS)


def page_links(area: Area, path: str) -> Iterable[Link]:
    """Return the footer's links to pages: the first public page of each kind, under the name of the kind."""
    if area != "platform":
        return []
    prefix = f"/{get_language()}/"
    return [
        Link(kind.value, kind.label, prefix + rest, path == prefix + rest)
        for kind, rest in ((kind, footer_paths().get(kind)) for kind in IN_FOOTER)
        if rest is not None
    ]


def footer_paths() -> dict[str, str]:
    """Return the path behind the language of the first public page of each kind; kept for a while.

    Error pages have a footer too: without a database it has no such links.
    """
    kept: dict[str, str] | None = cache.get(KEPT_AS)
    if kept is None:
        try:
            kept = _read()
        except DatabaseError:
            logger.exception("The pages of the footer could not be read")
            return {}
        cache.set(KEPT_AS, kept, KEPT_FOR)
    return kept


def forget() -> None:
    """Read the pages anew when they are asked for next."""
    cache.delete(KEPT_AS)


def _read() -> dict[str, str]:
    rows = PlainPage.objects.visible_to(None).filter(kind__in=IN_FOOTER).order_by("path")
    found: dict[str, str] = {}
    for kind, url_path in rows.values_list("kind", "url_path"):
        found.setdefault(kind, url_path.split("/", 2)[2])
    return found
