"""The seeded demo, opened everywhere: every link in every role, every screen of the editors."""

from __future__ import annotations

import re
from typing import Any

import html5lib
import pytest

from tests.canary.crawler import crawl
from tests.factories import ROLES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_site")]

LANGUAGES = ("en", "fr", "de", "es", "it")
MOST = 4000
# States of the lists that a link from a plain page does not reach.
STATES = [
    "directory/?view=table",
    "directory/?view=map",
    "directory/?page=2&sort=name",
    "directory/?service=accommodation&age=minor",
    "directory/?country=LI&service=interpreting&language=zu",
    "directory/?format=csv",
    "directory/?format=json",
    "practices/?category=A",
    "practices/?format=csv",
    "practices/?format=json",
    "practices/compare/?chart=1&chart=2",
    "practices/compare/?chart=1&chart=2&only=differences",
]
UNRENDERED = re.compile(r"{{|{%|\bNone\b</|&lt;Term|object \(\d+\)")


def starts(language: str) -> list[str]:
    return [f"/{language}/", *(f"/{language}/{state}" for state in STATES)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_of_the_public_site_leads_somewhere(language: str, client_for: Any) -> None:
    wrong = []
    for path, status, text in crawl(client_for("anonymous"), starts(language), most=MOST, prefix=f"/{language}/"):
        if status not in {200, 301, 302}:
            wrong.append((path, status))
        elif "<html" in text:
            assert not UNRENDERED.search(text), (path, UNRENDERED.search(text))
    assert wrong == []


@pytest.mark.parametrize("role", [role for role in ROLES if role != "anonymous"])
def test_every_page_opens_in_every_role(role: str, client_for: Any) -> None:
    wrong = [
        (path, status)
        for path, status, _text in crawl(client_for(role), starts("en"), most=MOST, prefix="/en/")
        if status not in {200, 301, 302}
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_have_their_frame(language: str, client_for: Any) -> None:
    """Skip link, hotlines, exit, language switch, breadcrumb, one h1, the language of the page, a provenance line."""
    for path, status, text in crawl(client_for("anonymous"), starts(language), most=MOST, prefix=f"/{language}/"):
        if status != 200 or "<html" not in text or "?" in path:
            continue
        tree = html5lib.parse(text, namespaceHTMLElements=False)
        assert tree.attrib["lang"] == language, path
        assert len(tree.findall(".//h1")) == 1, path
        hrefs = [element.attrib.get("href", "") for element in tree.iter("a")]
        assert hrefs[0] == "#main", path
        assert hrefs[1].endswith("/leave/"), path
        assert any(href.endswith("/safety/#hotlines") for href in hrefs), path
        others = {code for code in LANGUAGES if code != language}
        assert {href.split("/")[1] for href in hrefs if href.startswith("/")} >= others, path
        titles = tree.findall(".//title")
        assert titles
        assert "".join(titles[0].itertext()).strip(), path


@pytest.mark.parametrize("role", ["editor", "reviewer", "administrator"])
def test_every_screen_of_the_editors_opens(role: str, client_for: Any) -> None:
    allowed = {200, 301, 302} | ({403} if role == "editor" else set())
    wrong = [
        (path, status)
        for path, status, _text in crawl(client_for(role), ["/admin/"], most=MOST, prefix="/admin/")
        if status not in allowed
    ]
    assert wrong == []
