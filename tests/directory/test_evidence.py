"""Evidence notes in words."""

from __future__ import annotations

import pytest

from directory.evidence import evidence_text


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        ("", ""),
        ("telephone 2026-09", "telephone 2026-09"),
        ("practice:8", "practice chart 8"),
        ("practice:8 working_objectives", "practice chart 8, working objectives"),
        ("case:4 answer 5; case:7", "case study 4, answer 5; case study 7"),
        ("organisations.csv description;handbook:10-12", "own description; handbook, line 10–12"),
        ("coop-traf:7", "coop-traf, line 7"),
        ("see page:two", "see page:two"),
        ("; ;", ""),
    ],
)
def test_references_become_words_and_other_notes_stay(evidence: str, words: str) -> None:
    assert evidence_text(evidence) == words
