"""The guides and news of the demo: how many, in which languages, with which blocks."""

from __future__ import annotations

import re
from collections import Counter

import yaml

from platform_site.blocks.markdown import from_markdown
from tests.demo.package import DEMO, SITE_LANGUAGES

GUIDES = sorted(path for path in (DEMO / "guides").iterdir() if path.is_dir())
NAMES = re.compile(r"\A\d\d-[a-z-]+(?:\.([a-z]{2}))?\.md\Z")


def front_and_body(path) -> tuple[dict, str]:
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(front), body


def test_there_are_two_guides_of_five_chapters_one_in_two_languages() -> None:
    languages = []
    for folder in GUIDES:
        found = Counter(NAMES.match(path.name)[1] or "en" for path in folder.glob("*.md"))
        assert set(found.values()) == {5}, folder.name
        languages.append(sorted(found))
        manifest = yaml.safe_load((folder / "guide.yaml").read_text(encoding="utf-8"))
        assert manifest["chapters"] == 5
        assert manifest["summary"]
    assert sorted(languages) == [["en"], ["en", "fr"]]


def test_the_guides_show_every_kind_of_block() -> None:
    kinds = {
        name
        for folder in GUIDES
        for path in folder.glob("*.md")
        for name, _value in from_markdown(front_and_body(path)[1])
    }
    assert kinds == {
        "text", "heading", "quote", "definition", "callout", "checklist", "figure", "links", "table", "notes",
        "documents",
    }  # fmt: skip


def test_chapters_are_numbered_in_their_order() -> None:
    for folder in GUIDES:
        originals = sorted(path for path in folder.glob("*.md") if not NAMES.match(path.name)[1])
        numbers = [(front["number"], front["order"]) for front, _body in map(front_and_body, originals)]
        assert numbers == [(str(at), at) for at in range(1, 6)]


def test_there_are_four_news_items_with_teasers() -> None:
    items = [front_and_body(path) for path in sorted((DEMO / "news").glob("*.md"))]
    assert len({front.get("key", front["title"]) for front, _body in items}) == 4
    for front, body in items:
        assert front["intro"]
        assert body.strip()
        assert front.get("language", "en") in SITE_LANGUAGES


def test_the_earlier_charter_is_older_than_the_present_one() -> None:
    now, _body = front_and_body(DEMO / "pages" / "charter.md")
    before, _body = front_and_body(DEMO / "pages" / "versions" / "charter-2019.md")
    assert before["adopted_on"] < now["adopted_on"]
