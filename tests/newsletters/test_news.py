"""News: the list, the items, the feed, and the package."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from newsletters.importing import FOLDER
from newsletters.models import NewsListPage, NewsPage
from platform_site.records.gate import PublishRefused
from platform_site.records.packages.running import import_package
from tests.importing.conftest import exported
from tests.library.guiding import translate

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
_numbers = itertools.count(1)


def make_news(title: str = "", *, day: str = "2026-05-01", language: str = "en", **values: Any) -> NewsPage:
    """Return a published news item."""
    number = next(_numbers)
    values.setdefault("slug", f"news-{number}")
    values.setdefault("intro", "In short.")
    item = NewsPage(
        title=title or f"News {number}",
        date=dt.date.fromisoformat(day),
        body=[("text", "Words.")],
        live=False,
        **values,
    )
    NewsListPage.objects.get(locale__language_code=language).add_child(instance=item)
    item.save_revision().publish()
    return NewsPage.objects.get(pk=item.pk)


def titles(client: Client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    shown = BeautifulSoup(response.content, "html.parser")
    return [row.get_text(strip=True) for row in shown.select("main .row-title")]


def test_the_list_has_the_newest_first_with_day_and_teaser(client: Client) -> None:
    make_news("Old", day="2025-01-31", intro="A *word*.")
    make_news("New", day="2026-02-28")
    assert titles(client, "/en/news/") == ["New", "Old"]
    page = client.get("/en/news/").content.decode()
    assert '<time datetime="2025-01-31">31 January 2025</time>' in page
    assert "A <em>word</em>." in page


def test_an_item_in_another_language_is_labelled(client: Client) -> None:
    one = make_news("One", day="2026-01-01")
    make_news("Two")
    translate(one, "fr", "Un")
    page = BeautifulSoup(client.get("/fr/news/").content, "html.parser")
    assert [(row.h2.get_text(strip=True), row.get("lang")) for row in page.select("main article")] == [
        ("Two", "en"),
        ("Un", None),
    ]
    assert titles(client, "/de/news/") == ["Two", "One"]


def test_the_list_has_pages(client: Client) -> None:
    section = NewsListPage.objects.get(locale__language_code="en")
    for number in range(1, 26):
        day = dt.date(2026, 1, 1) + dt.timedelta(days=number)
        section.add_child(instance=NewsPage(title=f"N {number}", slug=f"n-{number}", intro="Words.", date=day))
    first, last = ("N 25", 20), ("N 5", 5)
    for query, expected in {"": first, "?page=2": last, "?page=9": last, "?page=x": first, "?page=0": first}.items():
        found = titles(client, f"/en/news/{query}")
        assert (found[0], len(found)) == expected, query


def test_an_item_says_its_day_once_and_leads_back(client: Client) -> None:
    make_news("One", slug="one", day="2026-02-28")
    page = BeautifulSoup(client.get("/en/news/one/").content, "html.parser")
    dateline = " ".join(page.select_one(".dateline").get_text(" ").split())
    assert dateline.count("Published") == 1
    assert "28 February 2026" in dateline
    assert page.select_one('main a[href="/en/news/"]')


def test_an_item_needs_a_teaser() -> None:
    with pytest.raises(PublishRefused, match="one or two sentences"):
        make_news(intro=" ")


def test_the_feed_has_the_same_news_for_the_same_reader(client: Client, client_for: Any) -> None:
    make_news("Public", slug="public", day="2026-02-28", intro="A *word*.")
    inside = make_news("Inside", day="2026-03-01")
    restriction = PageViewRestriction.objects.create(page=inside, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(Group.objects.get(name="Members"))

    def entries(reader: Client) -> list[tuple[str, ...]]:
        response = reader.get("/en/news/feed/")
        assert response["Content-Type"].startswith("application/atom+xml")
        assert "public" not in response["Cache-Control"]
        return [
            tuple(entry.findtext(f"{ATOM}{name}", "") for name in ("title", "summary", "published"))
            for entry in ElementTree.fromstring(response.content).iter(f"{ATOM}entry")
        ]

    assert entries(client) == [("Public", "A word.", "2026-02-28T12:00:00+01:00")]
    assert [title for title, *_rest in entries(client_for("member"))] == ["Inside", "Public"]
    assert titles(client, "/en/news/") == ["Public"]
    assert client.get(inside.url).status_code == 404
    assert client_for("member").get(inside.url).status_code == 200
    assert titles(client_for("member"), "/en/news/") == ["Inside", "Public"]


def test_the_feed_has_an_address_that_no_item_can_take() -> None:
    section = NewsListPage.objects.get(locale__language_code="en")
    assert NewsPage(title="Feed", slug="feed").slug_problem("feed", section)


def test_the_list_costs_the_same_with_more_news(client: Client) -> None:
    def queries() -> int:
        client.get("/en/news/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/en/news/")
        return len(captured)

    make_news()
    before = queries()
    assert before <= 12
    for _number in range(5):
        make_news()
    assert queries() == before


# --- packages ---------------------------------------------------------------------------------------------------
FILES = {
    "2026-05-04-office.md": """---
title: "A new office"
date: 2026-05-04
key: office
intro: "We have moved."
---

To the harbour.
""",
    "2026-05-04-office.fr.md": """---
title: "Un nouveau bureau"
date: 2026-05-04
key: office
language: fr
intro: "Nous avons déménagé."
---

Au port.
""",
}


def test_news_come_out_of_a_package_and_go_back(client: Client, tmp_path: Path) -> None:
    folder = tmp_path / "package"
    (folder / FOLDER).mkdir(parents=True)
    for name, text in FILES.items():
        (folder / FOLDER / name).write_text(text, encoding="utf-8")
    report = import_package(folder)
    assert not report.problems, report.lines()
    assert report.files[FOLDER].created == 2
    assert titles(client, "/fr/news/") == ["Un nouveau bureau"]
    assert import_package(folder).changes == 0
    first = exported(tmp_path / "first")
    assert {name.removeprefix(FOLDER): text for name, text in first.items() if name.startswith(FOLDER)} == FILES


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        ("title: A\nintro: B\n", "news/new.md, date: The value is missing."),
        ("title: A\ndate: soon\nintro: B\n", "news/new.md, date: "),
        ("title: A\ndate: 2026-01-01\n", "A news item needs one or two sentences"),
        ("title: A\ndate: 2026-01-01\nkind: plain\n", "news/new.md, kind: The format has no such key."),
    ],
)
def test_what_is_wrong_is_refused(tmp_path: Path, head: str, sentence: str) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "new.md").write_text(f"---\n{head}---\n\nText.\n", encoding="utf-8")
    report = import_package(tmp_path)
    assert any(sentence in str(problem) for problem in report.problems), report.lines()
    assert not NewsPage.objects.exists()
