"""Invented guides and news, as long as real ones."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

from library.models import ChapterPage, GuideListPage, GuidePage
from newsletters.models import NewsListPage, NewsPage
from platform_site.home.management.scale.words import bullets, paragraph, place, sentence
from platform_site.pages.site_page import site_page_types

FIRST_NEWS = dt.date(2020, 1, 1)
# Of ten pages six are a guide with its chapters, four are news.
CHAPTERS = 5
NEWS = 4
SOURCE = "Invented for measuring"
LANGUAGE = "en"


def add_pages(random: Random, number: int) -> int:
    """Publish so many pages, whole guides with their chapters and news, and return how many there are now in all."""
    made = 0
    first = sum(model.objects.filter(alias_of=None).count() for model in site_page_types())
    while made < number:
        kind = made % (1 + CHAPTERS + NEWS)
        name = f"{place(random)} {first + made}"
        if kind == 0:
            guide = _publish(_section(GuideListPage), GuidePage(**_guide(random, name)))
        elif kind <= CHAPTERS:
            _publish(guide, ChapterPage(number=str(kind), **_text(random, name, 12)))
        else:
            day = FIRST_NEWS + dt.timedelta(days=random.randint(0, 2000))
            _publish(_section(NewsListPage), NewsPage(date=day, **_text(random, name, 2)))
        made += 1
    return first + made


def _section(model: Any) -> Any:
    return model.objects.get(locale__language_code=LANGUAGE)


def _publish(parent: Any, page: Any) -> Any:
    page.live = False
    # A fresh parent: the tree counts its children.
    type(parent).objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision().publish()
    return page


def _guide(random: Random, name: str) -> dict[str, Any]:
    values = _text(random, name, 0)
    return {**values, "author_organisation": place(random), "year": str(random.randint(2012, 2026))}


def _text(random: Random, name: str, sections: int) -> dict[str, Any]:
    body: list[tuple[str, Any]] = [("text", paragraph(random, 3, 6))]
    for number in range(1, sections + 1):
        body.append(("heading", {"text": f"{place(random)} {number}", "level": "2"}))
        body.append(("text", f"{paragraph(random, 4, 8)}\n\n{bullets(random, 2, 5)}\n\n{paragraph(random, 3, 6)}"))
    return {
        "title": name,
        "slug": "-".join(name.lower().split()),
        "intro": sentence(random),
        "body": body,
        "source": SOURCE,
    }
