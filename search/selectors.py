"""What other apps read of the search."""

from __future__ import annotations

from search.thesaurus.selectors import thesaurus


def named_concepts(text: str, languages: tuple[str, ...] = ()) -> list[tuple[str, int, int]]:
    """Return the published concepts that `text` names, from left to right: code, first character, end.

    Labels of `languages` go before those of others.
    """
    return [(named.concept.code, named.start, named.end) for named in thesaurus().named(text, languages)]
