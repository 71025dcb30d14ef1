"""The seeded demo, opened everywhere: every link in every role, every screen of the editors."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.canary.crawler import crawl, parsed
from tests.ui.sheets import SHEETS, findings, sheets

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
    "case-studies/?obstacle=identification&age=minor",
    "case-studies/?format=csv",
    "case-studies/?format=json",
    "case-studies/statistics/?by=organisation",
    "case-studies/statistics/?by=tick&age=minor",
    "case-studies/statistics/?by=pair&format=csv",
    "practices/compare/?chart=1&chart=2",
    "countries/compare/?country=DE&country=RO&country=IT&country=FR",
    "countries/compare/?country=DE&country=RO&only=differences",
    "countries/compare/?country=DE&country=RO&format=csv",
    "countries/compare/?country=DE&country=RO&format=json",
    "countries/indicators/?format=csv",
    "countries/indicators/?format=json",
    "practices/compare/?chart=1&chart=2&only=differences",
    "countries/coverage/?view=networks",
    "countries/coverage/?view=freshness",
    "countries/coverage/?format=csv",
    "countries/de-ro/",
    "countries/is-mt/",
    "countries/pair/?from=DE",
    "library/?pillar=policies",
    "library/?q=return",
    "library/?format=csv",
    "library/?format=ris",
    "library/?format=bib",
    "guides/from-case-to-demand/print/",
    "guides/from-case-to-demand/guide.epub",
    "guides/from-case-to-demand/citation.bib",
    "guides/from-case-to-demand/whose-rule/citation.ris",
    "news/?page=1",
    "news/feed/",
    "charter/versions/2019-03-14/",
    "glossary/?q=shelter",
    "glossary/?q=nothing-has-this",
    "glossary/trafficking_in_human_beings/",
    "glossary/abbreviations/fra/",
]
# Two hundred entries, all drawn alike; `tests/search/test_glossary.py` opens each of them.
GLOSSARY_ENTRIES = ("/glossary/",)
# Bulk actions need the ids that a form sends.
ADMIN_LEFT_OUT = ("/admin/bulk/",)
UNRENDERED = re.compile(r"{{|{%|\bNone\b</|&lt;Term|object \(\d+\)")


def starts(language: str) -> list[str]:
    return [f"/{language}/", *(f"/{language}/{state}" for state in STATES)]


@pytest.mark.parametrize(
    "language", ["en", *(pytest.param(code, marks=pytest.mark.long) for code in ("de", "fr", "es", "it"))]
)
def test_every_link_leads_to_a_whole_page(language: str, client_for: Any) -> None:
    """Every public page answers and has its frame and its style sheets; nothing unrendered stands in it."""
    wrong: list[tuple[str, object]] = []
    asked: set[str] = set()
    pages = crawl(
        client_for("anonymous"), starts(language), most=MOST, prefix=f"/{language}/", left_out=GLOSSARY_ENTRIES
    )
    for path, status, text in pages:
        if status not in {200, 301, 302}:
            wrong.append((path, status))
        elif "<html" in text:
            assert not UNRENDERED.search(text), (path, UNRENDERED.search(text))
            if status == 200:
                assert_frame(path, text, language)
            wrong += [(path, finding) for finding in findings(text)]
            asked |= set(sheets(text))
    assert wrong == []
    assert asked == SHEETS.keys() - {"accounts"}, "sheets that no page asks for"


def assert_frame(path: str, text: str, language: str) -> None:
    """Skip link, exit, hotlines, language switch, one h1, title, and the language of the page."""
    tree = parsed(text)
    assert tree.attrib["lang"] == language, path
    assert len(tree.findall(".//h1")) == 1, path
    hrefs = [element.attrib.get("href", "") for element in tree.iter("a")]
    assert hrefs[0] == "#main", path
    assert hrefs[1].endswith("/leave/"), path
    assert any(href.endswith("/safety/#hotlines") for href in hrefs), path
    others = {code for code in LANGUAGES if code != language}
    assert {href.split("/")[1] for href in hrefs if href.startswith("/")} >= others, path
    assert "".join(tree.findall(".//title")[0].itertext()).strip(), path


# In every run the access matrix opens one of each kind in every role.
@pytest.mark.long
@pytest.mark.parametrize("role", ["registered", "member", "editor", "reviewer", "administrator"])
def test_every_page_opens_in_every_role(role: str, client_for: Any) -> None:
    wrong = [
        (path, status)
        for path, status, _text in crawl(
            client_for(role), starts("en"), most=MOST, prefix="/en/", left_out=GLOSSARY_ENTRIES
        )
        if status not in {200, 301, 302}
    ]
    assert wrong == []


@pytest.mark.long
@pytest.mark.parametrize("role", ["reviewer", "editor", "administrator"])
def test_every_screen_of_the_editors_opens(role: str, client_for: Any) -> None:
    """All screens with the demo's content; one of each kind opens in the access matrix, in every run."""
    allowed = {200, 301, 302} | ({403} if role == "editor" else set())
    wrong = [
        (path, status)
        for path, status, _text in crawl(
            client_for(role), ["/admin/"], most=MOST, prefix="/admin/", left_out=ADMIN_LEFT_OUT
        )
        if status not in allowed
    ]
    assert wrong == []
