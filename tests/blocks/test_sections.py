"""The body of a page as sections with their words."""

from __future__ import annotations

import pytest
from django.utils import translation

from library.guides.blocks import GuideBodyBlock
from platform_site.blocks.body import BodyBlock
from platform_site.blocks.sections import sections_of, words_in_source


def body(*parts: tuple[str, object], block: object = None) -> object:
    """Return a body as the database keeps it."""
    return (block or BodyBlock()).to_python([{"type": name, "value": value} for name, value in parts])  # type: ignore[attr-defined]


def item(value: object) -> dict[str, object]:
    """Return an item of a list as the database keeps it."""
    return {"type": "item", "value": value, "id": "1"}


def test_a_body_is_parted_at_its_headings() -> None:
    found = sections_of(
        body(
            ("text", "Before."),
            ("heading", {"text": "One", "level": "2", "anchor": "one"}),
            ("quote", {"text": "*Their* words", "source": "A book"}),
            ("heading", {"text": "Two", "level": "3", "anchor": "two"}),
            ("checklist", {"title": "Take along", "items": [item("a coat"), "a map"]}),
        )
    )
    assert [(section.anchor, section.text) for section in found] == [
        ("", "Before."),
        ("one", "One\nTheir words\nA book"),
        ("two", "Two\nTake along\na coat\na map"),
    ]


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (("definition", {"term": "Return", "text": "Going home."}), "Return\nGoing home."),
        (("callout", {"kind": "safety", "title": "Mind", "text": "the gap"}), "Mind\nthe gap"),
        (("notes", {"notes": [item({"mark": "1", "text": "A note."})]}), "A note."),
        (("table", {"caption": "Calls", "rows": "Year | Calls"}), "Calls\nYear | Calls"),
        (
            ("links", {"title": "On", "links": [item({"label": "Here", "page": 7, "address": "", "note": "n"})]}),
            "On\nHere\nn",
        ),
    ],
)
def test_every_block_gives_its_words_and_no_choice_of_its_own(part: tuple[str, object], words: str) -> None:
    (section,) = sections_of(body(part))
    assert section.text == words


def test_what_was_chosen_and_what_is_unknown_has_no_words_and_costs_no_query() -> None:
    found = sections_of(
        body(("documents", {"title": "To read", "documents": [item(5)]}), ("gone", "x"), block=GuideBodyBlock())
    )
    assert [section.text for section in found] == ["To read"]


def test_the_label_of_a_figure_is_in_the_active_language() -> None:
    with translation.override("en"):
        (section,) = sections_of(body(("figure", {"name": "networks", "label": ""})))
    assert section.text == "Networks"


def test_marks_of_notes_and_mentions_of_figures_are_no_words() -> None:
    assert words_in_source("So **many**[^1]: {{figure:organisations}}.") == "So many: ."
