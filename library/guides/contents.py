"""What guides there are, and what chapters a guide has, for one reader and in the active language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import get_language, ngettext
from wagtail.models import Page

from library.models.guides import ChapterPage, GuidePage, minutes_for
from platform_site.listing.kept import Kept
from platform_site.listing.provenance import computed_from
from platform_site.pages.access import refused_keys
from platform_site.texts.languages import other_language
from platform_site.vocabulary import versions

_kept = Kept(lambda: (versions.current("pages"),))


@dataclass(frozen=True)
class ChapterLine:
    """A chapter in the list of its guide; `language` where its text is not in the reader's, `depth` from its number."""

    key: UUID
    slug: str
    number: str
    title: str
    href: str
    language: str
    minutes: int
    depth: int


@dataclass(frozen=True)
class GuideLine:
    """A guide in the list of guides; `changed` is the day on which it was last published."""

    key: UUID
    title: str
    subtitle: str
    intro: str
    href: str
    language: str
    authors: str
    year: str
    chapters: int
    changed: dt.date | None


def path_of(url_path: str) -> str:
    """Return the address of a page of the active language's tree from its path there."""
    return f"/{get_language()}/{url_path.split('/', 2)[2]}"


def guides_for(request: HttpRequest) -> list[GuideLine]:
    """Return the guides that the asker may read, in the order of the tree."""
    refused = refused_keys(request)
    lines: list[GuideLine] = _kept.value(request.user, "guides", _guides)
    return [line for line in lines if line.key not in refused]


def _guides() -> list[GuideLine]:
    pages = GuidePage.objects.live().filter(locale__language_code=get_language())
    return [
        GuideLine(
            key=page.translation_key,
            title=page.title,
            subtitle=page.subtitle,
            intro=page.intro,
            href=path_of(page.url_path),
            language=other_language(page.text_language),
            authors=author_line(page),
            year=page.year,
            chapters=page.numchild,
            changed=localdate(page.last_published_at) if page.last_published_at else None,
        )
        for page in in_order(pages)
    ]


def dateline(guides: list[GuideLine]) -> list[tuple[str, str]]:
    """Return what a list of guides is from: how many there are, in which language it is put, the last change."""
    counted = ngettext("%(number)d guide", "%(number)d guides", len(guides)) % {"number": len(guides)}
    return computed_from(counted, max((guide.changed for guide in guides if guide.changed), default=None))


def author_line(guide: Any) -> str:
    """Return the authors of a guide and their organisation in one line."""
    return ", ".join(part for part in ("; ".join(guide.author_names()), guide.author_organisation) if part)


def chapters_of(guide: Any, request: HttpRequest) -> list[ChapterLine]:
    """Return the chapters of `guide` (its page in the active language) that the asker may read, in order."""
    refused = refused_keys(request)
    lines: list[ChapterLine] = _kept.value(request.user, guide.pk, lambda: _chapters(guide))
    return [line for line in lines if line.key not in refused]


def _chapters(guide: Any) -> list[ChapterLine]:
    pages = in_order(chapter_pages(guide))
    fewest = min((depth_of(page.number) for page in pages), default=0)
    return [
        ChapterLine(
            key=page.translation_key,
            slug=page.slug,
            number=page.number,
            title=page.title,
            href=path_of(page.url_path),
            language=other_language(page.text_language),
            minutes=page.minutes,
            depth=depth_of(page.number) - fewest,
        )
        for page in pages
    ]


def chapter_pages(guide: Any) -> Any:
    """Return the live chapters below `guide`."""
    return ChapterPage.objects.child_of(guide).live().select_related("locale")


def in_order(pages: Any) -> list[Any]:
    """Return pages of one parent in the order of their originals: a translation has its place from the original."""
    found = list(pages)
    originals: dict[UUID, str] = {}
    rows = Page.objects.filter(translation_key__in=[page.translation_key for page in found], alias_of=None)
    for key, path in rows.order_by("pk").values_list("translation_key", "path"):
        originals.setdefault(key, path[-Page.steplen :])
    return sorted(found, key=lambda page: (originals.get(page.translation_key, page.path[-Page.steplen :]), page.pk))


def depth_of(number: str) -> int:
    """Return how deep a chapter stands by its printed number: 1.2 is one deeper than 1.

    >>> depth_of("1.2.1")
    2
    """
    return number.strip(".").count(".")


def reading_minutes(lines: list[ChapterLine], guide: Any) -> int:
    """Return how many minutes a whole guide takes."""
    return sum(line.minutes for line in lines) + (minutes_for(len(guide.body_text.split())) if guide.body_text else 0)
