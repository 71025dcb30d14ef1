"""Guides for the tests, made as editors make them: drafts that are published."""

from __future__ import annotations

import itertools
from typing import Any

from wagtail.actions.convert_alias import ConvertAliasPageAction

from library.models import ChapterPage, GuideChange, GuideListPage, GuidePage

_numbers = itertools.count(1)


def make_guide(
    title: str = "",
    *,
    chapters: int = 3,
    language: str = "en",
    changes: list[tuple[Any, str]] | None = None,
    **values: Any,
) -> GuidePage:
    """Return a published guide with so many published chapters, each with a section and a note."""
    number = next(_numbers)
    values.setdefault("slug", f"guide-{number}")
    values.setdefault("intro", "What the guide is for.")
    guide = GuidePage(title=title or f"Guide {number}", live=False, **values)
    guide.changes = [GuideChange(date=day, text=text) for day, text in changes or []]
    GuideListPage.objects.get(locale__language_code=language).add_child(instance=guide)
    guide.save_revision().publish()
    for at in range(1, chapters + 1):
        make_chapter(guide, number=str(at), title=f"Chapter {at}", slug=f"chapter-{at}")
    return GuidePage.objects.get(pk=guide.pk)


def make_chapter(guide: GuidePage, **values: Any) -> ChapterPage:
    """Return a published chapter of `guide`."""
    values.setdefault(
        "body",
        [
            ("text", "Words of the chapter.[^1]"),
            ("heading", {"text": "First steps", "level": "2"}),
            ("notes", {"notes": [{"mark": "1", "text": "Its note."}]}),
        ],
    )
    chapter = ChapterPage(live=False, **values)
    GuidePage.objects.get(pk=guide.pk).add_child(instance=chapter)
    chapter.save_revision().publish()
    return ChapterPage.objects.get(pk=chapter.pk)


def translate(page: Any, language: str, title: str, **values: Any) -> Any:
    """Write and publish the translation of a page."""
    alias = type(page).objects.get(translation_key=page.translation_key, locale__language_code=language)
    ConvertAliasPageAction(alias, user=None, log_action=False).execute(skip_permission_checks=True)
    translation = type(page).objects.get(pk=alias.pk)
    translation.title = title
    for name, value in values.items():
        setattr(translation, name, value)
    translation.save_revision().publish()
    return type(page).objects.get(pk=alias.pk)
