"""Cells of files for spreadsheets."""

from __future__ import annotations

import pytest

from platform_site.listing.formats import cell as text_of_cell
from platform_site.texts.cells import defused


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+49", "'+49"),
        ("-x", "'-x"),
        ("@sum", "'@sum"),
        ("\tx", "'\tx"),
        ("a\x0bb", "ab"),
        ("Fair = free", "Fair = free"),
        (7, 7),
        (None, None),
    ],
)
def test_cells_are_no_formulas(value, cell) -> None:
    assert defused(value) == cell


@pytest.mark.parametrize(("value", "cell"), [("=1+1", "'=1+1"), ("a\x0bb", "ab"), (7, "7"), (None, "")])
def test_the_files_of_lists_follow_the_rule(value, cell) -> None:
    assert text_of_cell(value) == cell
