"""Long answers are cut where it does no harm."""

from __future__ import annotations

import pytest

from platform_site.texts.shortening import shortened_source, shortened_words


def test_words_are_cut_between_words() -> None:
    assert shortened_words("short", 20) == "short"
    assert shortened_words("one, two, three", 9) == "one …"
    assert shortened_words("a" * 30, 9) == "aaaaaaaaa …"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("- one\n- two", "- one\n- two"),
        ("- one is long\n- two is long", "- one is long\n\n…"),
        ("- **one is very long indeed**\n- two", "- one is very long …"),
        ("First.\n\nSecond, longer than that.", "First.\n\n…"),
        ("One [link](https://example.org/) and more words.", "One link and more …"),
    ],
)
def test_formatted_text_is_cut_between_lines(source: str, expected: str) -> None:
    assert shortened_source(source, 20) == expected
