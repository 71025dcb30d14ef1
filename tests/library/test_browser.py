"""Files as a browser prints them: their words are found as people type them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from library.extraction.reading import read_file

pytestmark = pytest.mark.browser

LETTERS = [
    (
        "ltr",
        "The efficient officer filed a \ufb01nal o\ufb03ce a\ufb00air.",
        ["efficient officer filed a final", "office affair"],
    ),
    ("rtl", "הגנה על קורבנות סחר", ["הגנה על קורבנות סחר"]),
    (
        "rtl",
        "حماية ضحايا الاتجار. تمنح الضحية فترة للتعافي والتفكير وفقا للمادة 13 من الاتفاقية.",
        ["حماية ضحايا الاتجار", "الضحية فترة للتعافي والتفكير", "من الاتفاقية"],
    ),
]


@pytest.mark.parametrize(("direction", "printed", "typed"), LETTERS)
def test_ligatures_and_words_from_right_to_left(page: Page, direction: str, printed: str, typed: list[str]) -> None:
    page.set_content(f"<body dir={direction} style='font: 16pt DejaVu Sans, sans-serif'>{printed}")
    found = read_file(page.pdf(), "pdf")
    text = " ".join(" ".join(section.text for section in found.sections).split())
    assert found.state == "read"
    assert [words for words in typed if words not in text] == [], text
