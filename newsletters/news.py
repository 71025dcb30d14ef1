"""The news that a reader gets: for the list, the home page and the feed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import get_language, ngettext

from newsletters.models import NewsPage
from platform_site.listing.kept import Kept
from platform_site.listing.presentation import pages_of
from platform_site.listing.provenance import computed_from
from platform_site.listing.state import parse_state
from platform_site.pages.access import refused_keys
from platform_site.vocabulary import versions

PAGE_SIZE = 20
_kept = Kept(lambda: (versions.current("pages"),))


@dataclass(frozen=True)
class NewsLine:
    """A news item in a list; `language` where its text is not in the reader's.

    `date` is the day that readers see, `changed` the one on which the item was last published.
    """

    pk: int
    key: UUID
    date: dt.date
    title: str
    teaser: str
    href: str
    language: str
    changed: dt.date | None


def news_for(request: HttpRequest) -> list[NewsLine]:
    """Return the news that the asker may read, in the active language, the newest first."""
    refused = refused_keys(request)
    lines: list[NewsLine] = _kept.value(request.user, "news", _lines)
    return [line for line in lines if line.key not in refused]


def _lines() -> list[NewsLine]:
    active = get_language() or "en"
    pages = NewsPage.objects.live().filter(locale__language_code=active).order_by("-date", "-pk")
    names = ("pk", "translation_key", "date", "title", "intro", "url_path", "text_language", "last_published_at")
    return [
        NewsLine(
            pk=pk,
            key=key,
            date=date,
            title=title,
            teaser=intro,
            href=f"/{active}/{url_path.split('/', 2)[2]}",
            language=language if language != active else "",
            changed=localdate(published) if published else None,
        )
        for pk, key, date, title, intro, url_path, language, published in pages.values_list(*names)
    ]


def list_context(request: HttpRequest) -> dict[str, Any]:
    """Return one page of the news, as the address asks for it, and what all of them are from."""
    lines = news_for(request)
    state = parse_state(request.GET, ())
    page = pages_of(range(len(lines)), state, size=PAGE_SIZE)
    counted = ngettext("%(number)d news item", "%(number)d news items", len(lines)) % {"number": len(lines)}
    return {
        "news": [lines[at] for at in page.pks],
        "page_cells": page,
        "notices": state.notices,
        "dateline": computed_from(counted, max((line.changed for line in lines if line.changed), default=None)),
    }
