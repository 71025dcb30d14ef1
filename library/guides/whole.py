"""A whole guide at once: its chapters as a reader gets them, for one printable page and for one file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from library.guides.contents import chapter_pages, in_order
from platform_site.pages.access import refused_keys
from platform_site.texts.languages import other_language


@dataclass(frozen=True)
class WholeChapter:
    """A chapter with its text: blocks with the anchors of their headings, unique in the whole guide."""

    slug: str
    number: str
    title: str
    intro: str
    language: str
    text_language: str
    parts: list[tuple[Any, str]]

    @property
    def note_scope(self) -> str:
        """What stands before the marks of notes, so that note 1 of two chapters are two."""
        return f"{self.slug}-"


def whole_chapters(guide: Any, request: HttpRequest, *, scoped: bool) -> list[WholeChapter]:
    """Return the chapters of `guide` that the asker may read, with their texts, in order.

    With `scoped` the anchors begin with the chapter's slug, because all chapters stand on one page.
    """
    refused = refused_keys(request)
    found = []
    for page in in_order(chapter_pages(guide)):
        if page.translation_key in refused:
            continue
        shown = page.shown_page(request)
        before = f"{page.slug}-" if scoped else ""
        parts = [(block, f"{before}{anchor}" if anchor else "") for block, anchor in shown.parts()]
        found.append(
            WholeChapter(
                slug=page.slug,
                number=shown.number,
                title=shown.title,
                intro=shown.intro,
                language=other_language(shown.text_language),
                text_language=shown.text_language,
                parts=parts,
            )
        )
    return found
