"""What changes is found anew: rows of the outbox, written with the change, and what drains them."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory.models import Organisation
from platform_site.records.services import publish_record, save_draft, withdraw_record
from platform_site.vocabulary import versions
from platform_site.vocabulary.models import Term
from search import outbox
from search.documents import SearchDocument, Texts
from search.engines.choosing import embedded_engine
from search.models import OutboxRow
from search.registration import Source, sources
from search.results import SearchRequest
from search.rules import PUBLIC
from search.tree import Query, Word
from tests.factories import make_draft_organisation, make_organisation
from tests.search.indexed import MAKERS

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "fr", "de", "es", "it")


def found(word: str, *rules: str) -> list[str]:
    """Return the keys that a reader who passes these rules finds."""
    request = SearchRequest(Query((Word(word),)), LANGUAGES, frozenset({PUBLIC, *rules}), limit=50)
    return [one.key for one in embedded_engine().search(request).found]


def rows(**conditions: Any) -> set[tuple[str, int]]:
    """Return the things that wait."""
    return set(OutboxRow.objects.filter(is_done=False, **conditions).values_list("type", "record_id"))


@pytest.fixture(autouse=True)
def _nothing_waits() -> None:
    outbox.drain()


# --- what is noted --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_a_record_is_found_after_publication_and_not_after_withdrawal(kind: str) -> None:
    record = MAKERS[kind]()
    assert (kind, record.pk) in rows()
    outbox.drain()
    assert rows() == set()
    keys = embedded_engine().keys([(kind, record.pk)])
    assert record.key in keys
    withdraw_record(record=record, user=None, reason="It is closed.")
    outbox.drain()
    assert embedded_engine().keys([(kind, record.pk)]) == frozenset()


def test_a_record_that_is_deleted_is_gone() -> None:
    organisation = make_organisation(name="Kestrel House")
    outbox.drain()
    assert found("kestrel") == [organisation.key]
    pk = organisation.pk
    organisation.delete()
    assert ("organisation", pk) in rows()
    outbox.drain()
    assert found("kestrel") == []


def test_a_change_takes_the_place_of_what_was() -> None:
    organisation = make_organisation(name="Kestrel House")
    outbox.drain()
    organisation.name = "Heron House"
    publish_record(record=organisation)
    outbox.drain()
    assert (found("kestrel"), found("heron")) == ([], [organisation.key])


def test_a_draft_is_not_indexed() -> None:
    make_draft_organisation(name="Kestrel House")
    outbox.drain()
    assert found("kestrel") == []


def test_a_draft_of_what_is_published_notes_nothing() -> None:
    organisation = make_organisation(name="Kestrel House")
    outbox.drain()
    organisation.name = "Heron House"
    save_draft(record=organisation, user=None)
    assert rows() == set()


def test_rows_written_by_themselves_are_noted() -> None:
    organisation = make_organisation(city="Torino")
    outbox.drain()
    location = organisation.locations.get()
    location.city = "Kestrelton"
    location.save()
    assert ("organisation", organisation.pk) in rows()
    outbox.drain()
    location.delete()
    assert ("organisation", organisation.pk) in rows()


def test_a_thing_has_one_row_in_a_transaction() -> None:
    organisation = make_organisation()
    organisation.save()
    for service in organisation.services.all():
        service.save()
    assert OutboxRow.objects.filter(type="organisation", record_id=organisation.pk).count() == 1


def test_what_is_undone_leaves_no_row_and_may_come_again() -> None:
    with transaction.atomic():
        outbox.note([("organisation", 1)])
        with transaction.atomic():
            outbox.note([("organisation", 1), ("organisation", 2)])
            transaction.set_rollback(True)
        assert rows() == {("organisation", 1)}
        outbox.note([("organisation", 1), ("organisation", 2)])
    assert rows() == {("organisation", 1), ("organisation", 2)}
    assert OutboxRow.objects.count() == 2


def test_another_name_of_a_term_reaches_the_records_that_have_it() -> None:
    organisation = make_organisation(country="RO")
    outbox.drain()
    term = Term.objects.get(vocabulary="countries", code="RO")
    term.label_en = "Kestrelia"
    term.save()
    assert ("organisation", outbox.ALL) in rows()
    outbox.drain()
    assert rows() == set()
    assert organisation.key in found("kestrelia")


# --- after the commit -----------------------------------------------------------------------------------------------
def test_after_the_commit_the_index_is_up_to_date(django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
    before = versions.current(outbox.VERSION)
    with django_capture_on_commit_callbacks(execute=True):
        organisation = make_organisation(name="Kestrel House")
    assert rows() == set()
    assert found("kestrel") == [organisation.key]
    assert versions.current(outbox.VERSION) != before
    # A second change in the same transaction of the test is noted too.
    with django_capture_on_commit_callbacks(execute=True):
        organisation.name = "Heron House"
        publish_record(record=organisation)
    assert found("heron") == [organisation.key]


def test_work_on_many_records_is_indexed_once_at_the_end(
    django_capture_on_commit_callbacks: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    drained: list[int] = []
    real = outbox.drain
    monkeypatch.setattr(outbox, "drain", lambda *args, **values: drained.append(1) or real(*args, **values))
    with django_capture_on_commit_callbacks(execute=True), outbox.deferred():
        for number in range(3):
            with django_capture_on_commit_callbacks(execute=True):
                make_organisation(name=f"Kestrel House {number}")
        assert drained == []
        assert found("kestrel") == []
    assert len(drained) == 1
    assert len(found("kestrel")) == 3


@pytest.mark.django_db(transaction=True)
def test_a_commit_is_enough() -> None:
    organisation = make_organisation(name="Kestrel House")
    key = organisation.key
    assert rows() == set()
    assert found("kestrel") == [key]
    with transaction.atomic():
        organisation.name = "Heron House"
        publish_record(record=organisation)
        transaction.set_rollback(True)
    assert (rows(), found("kestrel"), found("heron")) == (set(), [key], [])


# --- failures -------------------------------------------------------------------------------------------------------
class Shelf:
    """A source of the tests: what `texts` holds, by primary key."""

    def __init__(self) -> None:
        self.texts: dict[int, str] = {}
        self.broken: set[int] = set()
        self.while_reading: Callable[[], None] = lambda: None

    def documents(self, pks: Any) -> list[SearchDocument]:
        if self.broken.intersection(pks):
            raise LookupError("It cannot be read.")
        result = [
            SearchDocument(f"shelf:{pk}", "shelf", pk, f"s/{pk}/", "en", {"en": Texts(self.texts[pk])})
            for pk in pks
            if pk in self.texts
        ]
        self.while_reading()
        return result


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A shelf, registered."""
    shelf = Shelf()
    source = Source("shelf", Organisation, "Shelf", (), published=lambda: list(shelf.texts), documents=shelf.documents)
    monkeypatch.setattr("search.registration._sources", {**sources(), "shelf": source})
    return shelf


def put_down(shelf: Shelf, pk: int, text: str) -> None:
    """Write a text and note it."""
    shelf.texts[pk] = text
    # Another transaction than those before: the test itself is one.
    outbox._forget_known()
    outbox.note([("shelf", pk)])


def test_what_cannot_be_read_stops_nothing_else_and_is_tried_again(shelf: Shelf) -> None:
    for pk in (1, 2, 3):
        put_down(shelf, pk, "kestrel")
    shelf.broken = {2}
    drained = outbox.drain()
    assert (drained.done, drained.failed) == (2, 1)
    assert sorted(found("kestrel")) == ["shelf:1", "shelf:3"]
    row = OutboxRow.objects.get(is_done=False)
    assert (row.record_id, row.attempts) == (2, 1)
    assert "It cannot be read." in row.error
    assert row.next_try > timezone.now()
    # Not before its time.
    shelf.broken = set()
    assert outbox.drain().done == 0
    OutboxRow.objects.update(next_try=timezone.now())
    assert outbox.drain().done == 1
    assert len(found("kestrel")) == 3


def test_it_waits_longer_each_time_and_never_for_days(shelf: Shelf) -> None:
    put_down(shelf, 1, "kestrel")
    shelf.broken = {1}
    waits = []
    for _attempt in range(16):
        OutboxRow.objects.update(next_try=timezone.now())
        outbox.drain()
        waits.append(OutboxRow.objects.get().next_try - timezone.now())
    assert waits[0] < waits[1] < waits[3]
    assert max(waits) <= timedelta(hours=1)


def test_a_failure_after_the_commit_does_not_reach_who_saved(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any, **_values: Any) -> None:
        raise RuntimeError("broken")

    put_down(shelf, 1, "kestrel")
    monkeypatch.setattr(outbox, "drain", fail)
    outbox.after_commit()
    assert rows() == {("shelf", 1)}


def test_what_changes_while_it_is_read_is_read_again(shelf: Shelf) -> None:
    put_down(shelf, 1, "kestrel")

    def change() -> None:
        shelf.while_reading = lambda: None
        put_down(shelf, 1, "heron")

    shelf.while_reading = change
    outbox.drain()
    outbox.drain()
    assert (found("kestrel"), found("heron")) == ([], ["shelf:1"])
    assert rows() == set()


def test_what_another_process_did_meanwhile_is_left(shelf: Shelf) -> None:
    put_down(shelf, 1, "kestrel")

    def other_process() -> None:
        shelf.while_reading = lambda: None
        shelf.texts[1] = "heron"
        outbox.drain()

    shelf.while_reading = other_process
    outbox.drain()
    assert (found("kestrel"), found("heron")) == ([], ["shelf:1"])


def test_rows_of_a_type_that_is_gone_take_its_documents_with_them() -> None:
    embedded_engine().put([SearchDocument("gone:1", "gone", 1, "g/", "en", {"en": Texts("kestrel")})])
    outbox.note([("gone", 1)])
    outbox.drain()
    assert found("kestrel") == []


# --- limits ---------------------------------------------------------------------------------------------------------
def test_a_drain_does_no_more_than_asked_and_saves_of_people_first(shelf: Shelf) -> None:
    shelf.texts = dict.fromkeys(range(1, 8), "kestrel")
    outbox.note((("shelf", pk) for pk in range(1, 7)), is_bulk=True)
    outbox.note([("shelf", 7)])
    assert outbox.drain(most=2).done == 2
    assert "shelf:7" in found("kestrel")
    assert len(rows()) == 5
    assert outbox.drain(seconds=-1).done == 0
    assert outbox.drain().done == 5


def test_a_search_catches_up_with_what_was_left_long_ago_only(shelf: Shelf) -> None:
    put_down(shelf, 1, "kestrel")
    with CaptureQueriesContext(connection) as caught:
        outbox.catch_up()
    assert len(caught) == 1
    assert found("kestrel") == []
    OutboxRow.objects.update(added=timezone.now() - timedelta(minutes=1))
    outbox.catch_up()
    assert found("kestrel") == ["shelf:1"]


def test_a_save_costs_few_queries_before_its_commit() -> None:
    organisation = make_organisation(name="Kestrel House")
    outbox.drain()
    with CaptureQueriesContext(connection) as caught:
        organisation.save()
    of_search = [query["sql"] for query in caught if "search_" in query["sql"]]
    assert len(of_search) == 1


def test_draining_one_record_costs_the_same_whatever_is_in_the_index(shelf: Shelf) -> None:
    def cost() -> int:
        put_down(shelf, 1, f"kestrel {time.monotonic_ns()}")
        with CaptureQueriesContext(connection) as caught:
            assert outbox.drain().done == 1
        return len(caught)

    put_down(shelf, 1, "kestrel")
    outbox.drain()
    before = cost()
    for pk in range(2, 40):
        put_down(shelf, pk, f"heron{pk}")
    outbox.drain()
    assert cost() == before < 60
