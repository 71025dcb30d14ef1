"""Dates as each language writes them; English as in Europe."""

from __future__ import annotations

import datetime

import pytest
from django.utils import translation
from django.utils.formats import date_format

DAY = datetime.date(2026, 8, 11)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "11 August 2026"),
        ("fr", "11 août 2026"),
        ("de", "11. August 2026"),
        ("es", "11 de agosto de 2026"),
        ("it", "11 agosto 2026"),
    ],
)
def test_dates_follow_the_language(language, written) -> None:
    with translation.override(language):
        assert date_format(DAY) == written
