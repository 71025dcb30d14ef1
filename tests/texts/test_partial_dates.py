"""A year, a month or a day is written as the reader's language writes it."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from platform_site.texts.partial_dates import date_words


@pytest.mark.parametrize(("language", "value", "words"), [
    ("en", "", ""),
    ("en", "2010", "2010"),
    ("en", "2010-07", "July 2010"),
    ("fr", "2010-07", "juillet 2010"),
    ("it", "2010-07", "luglio 2010"),
    ("en", "2010-07-03", "3 July 2010"),
])  # fmt: skip
def test_partial_dates_by_language(language: str, value: str, words: str) -> None:
    with override(language):
        assert date_words(value).lower() == words.lower()
