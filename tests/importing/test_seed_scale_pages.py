"""Invented guides and news: whole, published, and more of them with each run."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from library.models import ChapterPage, GuidePage
from newsletters.models import NewsPage

pytestmark = pytest.mark.django_db


def test_the_command_adds_guides_chapters_and_news(client: Client) -> None:
    call_command("seed_scale", organisations=0, charts=0, pages=10, seed=4, verbosity=0)
    call_command("seed_scale", organisations=0, charts=0, pages=2, seed=4, verbosity=0)
    made = [model.objects.filter(alias_of=None, live=True) for model in (GuidePage, ChapterPage, NewsPage)]
    assert [pages.count() for pages in made] == [2, 6, 4]
    guide = made[0].order_by("pk").first()
    assert client.get(f"/de/guides/{guide.slug}/print/").status_code == 200
    with pytest.raises(CommandError, match="cannot be negative"):
        call_command("seed_scale", organisations=0, charts=0, pages=-1)
