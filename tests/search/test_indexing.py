"""The whole index: made anew while the site is searched and edited, compared with the site, mended."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from platform_site.records.services import withdraw_record
from search import indexing, outbox
from search.analysis import SCHEMA
from search.documents import SearchDocument, Texts
from search.engines.base import EngineUnavailableError
from search.engines.choosing import embedded_engine
from search.models import IndexBuild, IndexEntry, IndexText, OutboxRow
from search.results import SearchRequest
from search.rules import PUBLIC
from search.tree import Query, Word
from tests.factories import make_network, make_organisation
from tests.search.test_outbox import Shelf, found, put_down, rows, shelf

__all__ = ["shelf"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_waits() -> None:
    outbox.drain()


def raw_document(key: str, **values: Any) -> SearchDocument:
    """Return a document of an organisation that there is not."""
    values.setdefault("pk", 10**9)
    return SearchDocument(key, "organisation", path="x/", original="en", texts={"en": Texts("orphan")}, **values)


# --- rebuilding -----------------------------------------------------------------------------------------------------
def test_a_rebuild_makes_the_same_index() -> None:
    organisation = make_organisation(name="Kestrel House")
    make_network("Kestrels", [organisation])
    outbox.drain()
    before = list(embedded_engine().scan())
    (build,) = IndexBuild.objects.values_list("number", flat=True)
    assert indexing.rebuild() == len(before)
    assert list(embedded_engine().scan()) == before
    # The one before is gone, with all that belonged to it.
    (now,) = IndexBuild.objects.values_list("number", "state")
    assert now[0] != build
    assert now[1] == "serving"
    assert set(IndexEntry.objects.values_list("build", flat=True)) == {now[0]}
    assert IndexText.objects.count() == len(before)


@pytest.mark.long
def test_a_rebuild_begins_where_nothing_was_indexed(shelf: Shelf) -> None:
    shelf.texts = {1: "kestrel"}
    for one in list(embedded_engine().scan()):
        embedded_engine().remove([one.key])
    IndexBuild.objects.all().delete()
    assert not embedded_engine().health().is_usable
    indexing.rebuild()
    assert found("kestrel") == ["shelf:1"]


@pytest.mark.long
def test_saves_during_a_rebuild_are_not_lost(shelf: Shelf) -> None:
    shelf.texts = dict.fromkeys(range(1, 7), "kestrel")
    indexing.rebuild()

    def save_and_delete() -> None:
        # Between reading a batch and writing it somebody changes one thing of it and deletes another, and adds one.
        shelf.while_reading = lambda: None
        put_down(shelf, 2, "heron")
        del shelf.texts[3]
        outbox.note([("shelf", 3)])
        put_down(shelf, 9, "wagtail")
        outbox.drain()
        # The index that serves has it at once.
        assert (found("heron"), found("wagtail")) == (["shelf:2"], ["shelf:9"])
        assert "shelf:3" not in found("kestrel")

    shelf.while_reading = save_and_delete
    indexing.rebuild(batch=3)
    assert (found("heron"), found("wagtail")) == (["shelf:2"], ["shelf:9"])
    assert sorted(found("kestrel")) == ["shelf:1", "shelf:4", "shelf:5", "shelf:6"]
    assert OutboxRow.objects.count() == 0
    assert not indexing.check()


def test_what_is_published_and_withdrawn_during_a_rebuild_does_not_come_back(shelf: Shelf) -> None:
    # It was never in the index that serves, so nothing there tells of it.
    shelf.texts = {1: "kestrel", 2: "kestrel"}

    def withdraw() -> None:
        shelf.while_reading = lambda: None
        del shelf.texts[2]
        outbox.note([("shelf", 2)])
        outbox.drain()

    shelf.while_reading = withdraw
    indexing.rebuild()
    assert found("kestrel") == ["shelf:1"]


@pytest.mark.long
def test_a_rebuild_that_was_stopped_goes_on(shelf: Shelf) -> None:
    shelf.texts = dict.fromkeys(range(1, 7), "kestrel")

    def die() -> None:
        shelf.while_reading = lambda: None
        raise KeyboardInterrupt

    def once() -> None:
        shelf.while_reading = die

    shelf.while_reading = once
    with pytest.raises(KeyboardInterrupt):
        indexing.rebuild(batch=2)
    assert found("kestrel") == []
    # What changes before it goes on reaches the unfinished index too.
    put_down(shelf, 1, "heron")
    outbox.drain()
    shelf.while_reading = lambda: None
    progress: list[tuple[str, int, int]] = []
    indexing.rebuild(batch=2, progress=lambda *values: progress.append(values))
    assert [step for step in progress if step[0] == "shelf"] == [("shelf", 4, 6), ("shelf", 6, 6)]
    assert found("heron") == ["shelf:1"]
    assert len(found("kestrel")) == 5


def test_a_rebuild_with_other_rules_for_words_begins_anew(shelf: Shelf) -> None:
    shelf.texts = {1: "kestrel"}
    build = embedded_engine().start_build()
    IndexBuild.objects.filter(number=build).update(schema="older")
    indexing.rebuild()
    (left,) = IndexBuild.objects.all()
    assert left.number != build
    assert left.schema == SCHEMA


def test_an_index_made_with_other_rules_for_words_is_told() -> None:
    outbox.drain()
    indexing.rebuild()
    IndexBuild.objects.update(schema="older")
    health = embedded_engine().health()
    assert health.is_usable
    assert "search_rebuild" in health.problem


def test_some_types_are_indexed_anew_in_place(shelf: Shelf) -> None:
    shelf.texts = {1: "kestrel", 2: "kestrel"}
    indexing.rebuild()
    shelf.texts = {1: "heron"}
    embedded_engine().put([raw_document("organisation:orphan")])
    assert indexing.rebuild(["shelf"]) == 2
    assert (found("kestrel"), found("heron")) == ([], ["shelf:1"])
    # Of other types nothing was touched.
    assert found("orphan") == ["organisation:orphan"]
    with pytest.raises(indexing.UnknownTypeError, match="nonsense"):
        indexing.rebuild(["nonsense"])


def test_one_thing_can_be_indexed_at_once(shelf: Shelf) -> None:
    shelf.texts = {1: "kestrel", 2: "kestrel"}
    indexing.index("shelf", [2])
    assert found("kestrel") == ["shelf:2"]


# --- checking -------------------------------------------------------------------------------------------------------
def _spoil(shelf: Shelf) -> None:
    """Leave an index with one difference of each kind."""
    shelf.texts = dict.fromkeys(range(1, 6), "kestrel")
    indexing.rebuild()
    engine = embedded_engine()
    engine.remove(["shelf:1"])
    IndexEntry.objects.filter(key="shelf:2").update(rule="member|staff")
    IndexEntry.objects.filter(key="shelf:3").update(hidden_by="member|staff")
    shelf.texts[4] = "heron"
    engine.put([raw_document("organisation:orphan")])


def test_a_check_names_each_difference(shelf: Shelf) -> None:
    _spoil(shelf)
    differences = indexing.check()
    assert differences.missing == ["shelf:1"]
    assert sorted(differences.exposed) == ["shelf:2", "shelf:3"]
    assert differences.stale == ["shelf:4"]
    assert differences.orphans == ["organisation:orphan"]
    # It changed nothing.
    assert found("orphan") == ["organisation:orphan"]


def test_a_repair_mends_all_of_it(shelf: Shelf) -> None:
    _spoil(shelf)
    assert indexing.check(repair=True)
    assert not indexing.check()
    assert (found("orphan"), found("heron")) == ([], ["shelf:4"])
    assert sorted(found("kestrel")) == ["shelf:1", "shelf:2", "shelf:3", "shelf:5"]


def test_the_check_tells_by_its_exit(shelf: Shelf) -> None:
    _spoil(shelf)
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("search_check", stdout=out)
    assert "organisation:orphan" in out.getvalue()
    call_command("search_check", "--repair", stdout=out)
    out = io.StringIO()
    call_command("search_check", "--json", stdout=out)
    assert json.loads(out.getvalue())["orphans"] == []


def test_a_withdrawn_record_whose_row_was_lost_is_found_by_the_check() -> None:
    organisation = make_organisation(name="Kestrel House")
    outbox.drain()
    withdraw_record(record=organisation, user=None, reason="Closed.")
    OutboxRow.objects.all().delete()
    assert indexing.check(repair=True).orphans == [organisation.key]
    assert found("kestrel") == []


# --- commands -------------------------------------------------------------------------------------------------------
def test_the_commands_say_what_they_did(shelf: Shelf) -> None:
    def said(*command: str) -> str:
        out = io.StringIO()
        call_command(*command, stdout=out, stderr=io.StringIO())
        return out.getvalue()

    shelf.texts = {1: "kestrel"}
    assert "documents" in said("search_setup")
    assert "documents" in said("search_status")
    assert "documents were indexed" in said("search_rebuild")
    assert found("kestrel") == ["shelf:1"]
    put_down(shelf, 2, "heron")
    assert "waiting: 1" in said("search_status")
    assert "1 done, 0 failed" in said("search_sync", "--once")
    assert found("heron") == ["shelf:2"]
    embedded_engine().start_build()
    assert "rebuild under way" in said("search_status")
    assert "0 unused" in said("search_gc")
    put_down(shelf, 3, "broken")
    shelf.broken = {3}
    assert "0 done, 1 failed" in said("search_sync")
    assert "It cannot be read." in said("search_status")
    with pytest.raises(CommandError, match="nonsense"):
        said("search_rebuild", "--types", "nonsense")
    with pytest.raises(CommandError, match="batch"):
        said("search_rebuild", "--batch", "0")


def test_an_engine_without_its_tables_says_so(shelf: Shelf) -> None:
    from django.db import connection

    shelf.texts = {1: "kestrel"}
    table = "search_fts" if connection.vendor == "sqlite" else "search_vector"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {table}")
    health = embedded_engine().health()
    assert not health.is_usable
    assert table in health.problem


def test_a_database_error_is_an_unavailable_engine() -> None:
    from django.db import connection, transaction

    embedded_engine().put([raw_document("organisation:one")])
    table = "search_fts" if connection.vendor == "sqlite" else "search_vector"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {table}")
    request = SearchRequest(Query((Word("orphan"),)), ("en",), frozenset({PUBLIC}))
    with pytest.raises(EngineUnavailableError), transaction.atomic():
        embedded_engine().search(request)


def test_nothing_that_waits_is_left_by_these_tests(django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        make_organisation()
    assert rows() == set()
