"""What is indexed of concepts and abbreviations: shown words by language, for whom, at which price."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.search_documents import (
    abbreviation_documents,
    concept_documents,
    published_abbreviations,
    published_concepts,
)
from tests.search.making import make_abbreviation, make_concept

pytestmark = pytest.mark.django_db


def test_shown_labels_and_the_note_by_language_and_never_hidden_ones() -> None:
    concept = make_concept(
        "beacon",
        ("en", "beacon", "pref"),
        ("en", "lighthouse", "alt"),
        ("en", "secretword", "hidden"),
        ("de", "Leuchtfeuer", "pref"),
        note="It shows **the way**.",
    )
    document = next(concept_documents([concept.pk]))
    assert (document.texts["en"].title, document.texts["en"].names) == ("beacon", "lighthouse")
    assert document.texts["en"].summary == "It shows the way."
    assert document.texts["de"].title == "Leuchtfeuer"
    assert "secretword" not in repr(document)
    assert document.facets == {"type": ("concept",), "language": ("en", "de")}


def test_an_abbreviation_is_found_by_both_forms() -> None:
    row = make_abbreviation("XYZ", "Unknown Values League")
    document = next(abbreviation_documents([row.pk]))
    assert [(texts.title, texts.names) for texts in document.texts.values()] == [("XYZ", "Unknown Values League")]
    assert document.facets["type"] == ("abbreviation",)


def test_members_concepts_have_members_rule_and_drafts_are_left_out() -> None:
    concept = make_concept("beacon", ("en", "beacon", "pref"), audience="members")
    assert next(concept_documents([concept.pk])).rule == "member|staff"
    type(concept).objects.filter(pk=concept.pk).update(live=False)
    assert list(concept_documents([concept.pk])) == []
    assert concept.pk not in set(published_concepts())
    row = make_abbreviation("XYZ", "Unknown values")
    assert row.pk in set(published_abbreviations())


def test_more_concepts_cost_no_more_queries() -> None:
    pks = list(published_concepts())
    costs = []
    for some in (pks[:5], pks[:10]):
        with CaptureQueriesContext(connection) as queries:
            assert len(list(concept_documents(some))) == len(some)
        costs.append(len(queries))
    assert costs[0] == costs[1]
