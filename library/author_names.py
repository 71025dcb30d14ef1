"""Names of authors as the formats of reference managers part them: the family name, a comma, what is before it."""

from __future__ import annotations

import re
from itertools import takewhile

# "I.", "A.-M.", "J.R.": capitals, each with its full stop.
_INITIALS = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*\.-?)*[^\W\d_][\u0300-\u036f]*\.")
# Between the two parts of a family name: Costa e Silva, Ortega y Gasset.
_JOINING = frozenset({"e", "i", "y"})
# Names of bodies have more words.
_MOST_WORDS = 3


def parted(name: str) -> str:
    """Return a name as it stands in RIS: "Varga I." as "Varga, I.", all others as they are, on one line.

    A family name is one to three words with a capital, after small ones (van den Berg). What has a comma is parted
    already; what does not end in initials is taken for the name of a body.
    """
    words = name.split()
    initials = len(list(takewhile(_is_initials, reversed(words))))
    family = words[: len(words) - initials]
    if initials and "," not in name and _is_family(family):
        return f"{' '.join(family)}, {' '.join(words[len(family) :])}"
    return " ".join(words)


def is_parted(name: str) -> bool:
    """Say whether BibTeX can read `name` (see `parted`) in parts: family name, then suffix if any, then given names.

    The word "and" stands between two persons there.
    """
    parts = name.split(",")
    return 2 <= len(parts) <= 3 and all(part.strip() for part in parts) and "and" not in name.casefold().split()


def _is_initials(word: str) -> bool:
    return _INITIALS.fullmatch(word) is not None and word == word.upper()


def _is_family(words: list[str]) -> bool:
    particles = len(list(takewhile(str.islower, words)))
    rest = words[particles:]
    letters = all(part.isalpha() for word in words for part in re.split(r"[-'\u2019\u0300-\u036f]", word) if part)
    if not rest or max(particles, len(rest)) > _MOST_WORDS or not letters:
        return False
    return all(not word.islower() or word in _JOINING for word in rest) and not rest[-1].islower()
