"""What every source has to hold: nothing that somebody may not read, in a fixed number of queries, kept up to date."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils import translation
from modelcluster.models import get_all_child_relations

from platform_site.records.audiences import NEVER, OPT_IN, Audience
from platform_site.records.registry import record_models
from platform_site.records.services import withdraw_record
from search import registration
from search.checks import check_search_documents
from search.registration import sources
from tests.factories import make_user
from tests.library.guiding import make_guide
from tests.search.indexed import MAKERS, NOT_INDEXED, documents_of, rows_of, words_of_document

pytestmark = pytest.mark.django_db
KINDS = sorted(MAKERS)
MEMBERS_RULE = "member|staff"


def test_every_record_class_is_tried_here() -> None:
    # The glossary's own are there from the start: `test_concept_documents` tries them.
    assert {*MAKERS, "concept", "abbreviation"} == set(record_models())


def test_every_source_says_what_is_indexed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_search_documents(None) == []
    known = sources()
    lacking = replace(known["network"], documents=None)
    monkeypatch.setattr(registration, "_sources", {**known, "network": lacking})
    assert [message.id for message in check_search_documents(None)] == ["search.E002"]


@pytest.mark.parametrize("kind", KINDS)
def test_documents_cost_the_same_for_more_records(kind: str) -> None:
    def queries(pks: list[int]) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert len({document.pk for document in documents_of(kind, *pks)}) == len(pks)
        return len(caught)

    first = [MAKERS[kind]().pk]
    more = [*first, *(MAKERS[kind]().pk for _number in range(5))]
    queries(first)
    assert queries(first) == queries(more) <= 10


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_says_what_it_is_and_where(kind: str) -> None:
    record = MAKERS[kind]()
    assert list(sources()[kind].published() or ()) == [record.pk]  # type: ignore[misc]
    document = documents_of(kind, record.pk)[0]
    assert (document.key, document.type, document.pk) == (record.key, kind, record.pk)
    assert document.facets["type"] == (kind,)
    assert document.texts[document.original].title
    for language in ("en", "de"):
        with translation.override(language):
            assert record.get_absolute_url() == f"/{language}/{document.path}"
            assert resolve(f"/{language}/{document.path}").view_name == record.url_name


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_is_the_same_whatever_language_is_active(kind: str) -> None:
    record = MAKERS[kind]()
    found = []
    for language in ("en", "it"):
        with translation.override(language):
            found.append([document.fingerprint() for document in documents_of(kind, record.pk)])
    assert found[0] == found[1]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("audience", "rule"), [("members", MEMBERS_RULE), ("staff", "staff")])
def test_what_is_not_for_everybody_has_one_document_for_its_audience(kind: str, audience: str, rule: str) -> None:
    record = MAKERS[kind](audience=audience)
    assert [(document.key, document.rule, document.hidden_by) for document in documents_of(kind, record.pk)] == [
        (record.key, rule, "")
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_taken_off_the_site_is_left_out(kind: str) -> None:
    record = MAKERS[kind]()
    withdraw_record(record=record, user=make_user("reviewer"), reason="Closed.", successor="")
    assert documents_of(kind, record.pk) == []
    assert list(sources()[kind].published() or ()) == []  # type: ignore[misc]


# --- who may read what ------------------------------------------------------------------------------------------------
_markers = count(1)


def marked(record: Any) -> list[tuple[str, str, str]]:
    """Fill every text of `record` and of its rows with a word of its own, past all forms and gates.

    Returns name of the field, word and audience of each.
    """
    found = []
    for row in {(type(row), row.pk): row for row in rows_of(record)}.values():
        values = {}
        for field in row._meta.concrete_fields:
            if field.choices or field.primary_key or not isinstance(field, models.CharField | models.TextField):
                continue
            # Longer than codes of languages and dates, which a document needs as they are.
            word = f"canaryword{next(_markers):04}"
            if field.max_length is None or field.max_length >= len(word):
                values[field.name] = word
                found.append((f"{type(row).__name__}.{field.name}", word, stated(row, field.name)))
        if values:
            type(row)._base_manager.filter(pk=row.pk).update(**values)
    return found


def stated(row: Any, name: str) -> str:
    """Return the audience of a field as its class declares it; what is not stated is for staff."""
    audience = type(row).field_audiences.get(name, Audience.STAFF)
    if audience.startswith(OPT_IN):
        switch, otherwise = audience.removeprefix(OPT_IN).split(":")
        return str(Audience.PUBLIC if getattr(row, switch) else otherwise)
    return str(Audience.STAFF if audience == NEVER else audience)


@pytest.mark.parametrize("kind", KINDS)
def test_no_field_is_indexed_for_others_than_its_audience(kind: str) -> None:
    record = MAKERS[kind]()
    fields = marked(record)
    documents = documents_of(kind, record.pk)
    for_all = "\n".join(repr(document) for document in documents if document.rule == "public")
    for_some = "\n".join(repr(document) for document in documents)
    for name, word, audience in fields:
        if audience != Audience.PUBLIC:
            assert word not in for_all, name
        if audience not in (Audience.PUBLIC, Audience.MEMBERS):
            assert word not in for_some, name
    assert sum(word in for_all for _name, word, audience in fields if audience == Audience.PUBLIC) >= 2
    assert any(audience == Audience.STAFF for _name, _word, audience in fields)


# --- kept up to date --------------------------------------------------------------------------------------------------
def row_models(model: Any) -> set[Any]:
    """Return the classes of the rows of a class of records, those of rows included."""
    found = {relation.related_model for relation in get_all_child_relations(model)}
    return found | {below for row in found for below in row_models(row)}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_row_leads_to_its_record(kind: str) -> None:
    record = MAKERS[kind]()
    follows = sources()[kind].follows
    wanted = {model for model in row_models(type(record)) if model.__name__ not in NOT_INDEXED}
    assert wanted <= set(follows)
    rows = [row for row in rows_of(type(record).objects.get(pk=record.pk)) if type(row) in wanted]
    assert {type(row) for row in rows} == wanted
    for row in rows:
        assert list(follows[type(row)](row)) == [record.pk]


def test_documents_of_pages_and_terms_are_for_everybody_and_have_words() -> None:
    make_guide(chapters=1)
    for kind, source in sources().items():
        if kind not in MAKERS:
            pks = list(source.published())  # type: ignore[misc]
            for document in documents_of(kind, *pks):
                assert document.rule == "public"
                assert words_of_document(document)
