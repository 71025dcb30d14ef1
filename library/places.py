"""Places in the text of a file that a note names: a line of a plain text, a page of a PDF."""

from __future__ import annotations

import re
from functools import lru_cache

from library.models import FileSection, StoredFile
from library.storage import opened, path_of

LINE = re.compile(r"\Aline-(\d{1,7})\Z")
PAGE = re.compile(r"\Apage-\d{1,5}\Z")


def anchor_of(stored: StoredFile, place: str) -> str:
    """Return the anchor of the section that has `place` (`line-12`, `page-7`), "" where the text has no such place."""
    if PAGE.match(place):
        return place if place in _anchors(stored.pk, stored.sha256) else ""
    line = LINE.match(place)
    if line is None or stored.ending != "txt":
        return ""
    wanted, anchor = int(line[1]), ""
    starts, count = _starts(stored.pk, path_of(stored.sha256, stored.ending))
    if not 1 <= wanted <= count:
        return ""
    for start, name in starts:
        if start > wanted:
            break
        anchor = name
    return anchor


@lru_cache(maxsize=16)
def _anchors(pk: int, _sha256: str) -> frozenset[str]:
    return frozenset(FileSection.objects.filter(stored=pk).values_list("anchor", flat=True))


@lru_cache(maxsize=16)
def _starts(pk: int, path: str) -> tuple[tuple[tuple[int, str], ...], int]:
    """Return the line on which each section of a plain text begins, with its anchor, and the number of lines.

    What is stored never changes. Sections are found in the file one after the other, as they were cut out of it; a
    heading is on the lines between the section before and its own text.
    """
    with opened(path) as handle:
        text = handle.read().decode("utf-8-sig", errors="replace").replace("\x00", "")
    found, end = [], 0
    for anchor, words in FileSection.objects.filter(stored=pk).order_by("number").values_list("anchor", "text"):
        start = text.find(words, end)
        if start >= 0:
            # The heading belongs to what follows it.
            found.append((text.count("\n", 0, end) + 1, anchor))
            end = start + len(words)
    return tuple(found), text.count("\n") + 1
