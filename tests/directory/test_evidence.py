"""Evidence notes in words."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from directory.evidence import evidence_parts
from tests.factories import make_chart, make_organisation, make_service


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        ("", ""),
        ("telephone 2026-09", "telephone 2026-09"),
        ("practice:8", "practice chart 8"),
        ("practice:8 working_objectives", "practice chart 8, working objectives"),
        ("practice:8 weaknesses", "practice chart 8, challenges and shortcomings"),
        ("case:4 answer 5; case:7", "case study 4, answer 5; case study 7"),
        ("organisations.csv description;handbook:10-12", "own description; handbook, line 10–12"),
        ("coop-traf:7", "coop-traf, line 7"),
        ("see page:two", "see page:two"),
        ("; ;", ""),
    ],
)
def test_references_become_words_and_other_notes_stay(evidence: str, words: str) -> None:
    assert "; ".join(part.text for part in evidence_parts(evidence)) == words


@pytest.mark.django_db
def test_a_chart_that_the_reader_may_read_is_linked(client_for: Callable[[str], Client]) -> None:
    make_chart(chart_no=8)
    make_chart(chart_no=9, audience="members")
    evidence = "practice:8 activities;practice:9;practice:77;handbook:1-2"
    make_organisation(slug="quay", services=[make_service("shelter", evidence=evidence)])
    for role, linked in (("anonymous", {8}), ("member", {8, 9})):
        page = client_for(role).get("/en/directory/quay/").content.decode()
        assert {int(number) for number in re.findall(r'href="/en/practices/(\d+)/"', page)} == linked
        assert "practice chart 77; handbook, line 1–2" in page
    assert '<a href="/en/practices/8/">practice chart 8, activities</a>' in page
