"""The outbox: what changed and has to be indexed anew, one row for each thing, written in the change's own transaction.

A change that is undone leaves no row, and one that is done leaves its row until the index has it, whatever happens to
the process. After the commit the embedded index is brought up to date at once; what fails is logged, stays, and is
tried again later. What is drained is read anew from the database, so late, doubled and crossing rows do no harm.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from platform_site.vocabulary import versions
from search.documents import SearchDocument
from search.engines.base import Engine
from search.engines.choosing import EMBEDDED, embedded_engine, engine, engine_names
from search.models import OutboxRow
from search.sourcing import documents_of, followers, published

logger = logging.getLogger(__name__)

Thing = tuple[str, int]
Progress = Callable[[int, int], None]
# Stands for all of a type.
ALL = 0
# The data version of the index: it changes with all that a search can find.
VERSION = "search"
# Things in one transaction, and what a request takes on itself at most after a save: the rest waits for the next one or
# for `search_sync`.
BATCH = 50
MOST_AFTER_SAVE = 200
SECONDS_AFTER_SAVE = 1.0
# A search brings up to date what somebody left; what another process is about to do itself is not old.
MOST_BEFORE_SEARCH = 20
LEFT_AFTER_SECONDS = 5
_LONGEST_WAIT = timedelta(hours=1)
_LONGEST_ERROR = 1_000


# --- noting ---------------------------------------------------------------------------------------------------------
class _Noted:
    """Things noted in one transaction or savepoint, as a callback for after the commit.

    A savepoint that is undone takes its callbacks and its rows with it: so what is still among the callbacks is what
    has a row.
    """

    def __init__(self) -> None:
        self.things: set[Thing] = set()

    def __call__(self) -> None:
        self.things.clear()
        after_commit()


class _State(threading.local):
    """What this thread noted in its transaction."""

    def __init__(self) -> None:
        # Django makes a new list when a transaction ends or a savepoint is undone.
        self.callbacks: list[Any] | None = None
        self.by_savepoints: dict[frozenset[str], _Noted] = {}
        self.known: set[Any] = set()
        self.is_waiting = False
        self.deferrals = 0


_state = _State()


def note(things: Iterable[Thing], *, is_bulk: bool = False) -> None:
    """Write that these things (record type and primary key, `ALL` for all of a type) are to be indexed anew.

    Inside the caller's transaction, once for each thing. Bulk rows wait until those of people's saves are done.
    """
    known = known_in_transaction()
    wanted = [thing for thing in dict.fromkeys(things) if thing not in known]
    if not wanted:
        return
    OutboxRow.objects.bulk_create(
        OutboxRow(engine=name, type=record_type, record_id=pk, is_bulk=is_bulk or pk == ALL)
        for name in engine_names()
        for record_type, pk in wanted
    )
    _state.is_waiting = True
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        after_commit()
        return
    savepoints = frozenset(connection.savepoint_ids)
    noted = _state.by_savepoints.get(savepoints)
    if noted is None:
        noted = _state.by_savepoints[savepoints] = _Noted()
        transaction.on_commit(noted, robust=True)
    noted.things.update(wanted)
    known.update(wanted)


def known_in_transaction() -> set[Any]:
    """Return what is known to be noted in this transaction already; callers may keep marks of their own in it.

    Outside a transaction nothing is: each write is done by itself.
    """
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        return set()
    if _state.callbacks is not connection.run_on_commit:
        _state.callbacks = connection.run_on_commit
        entries = [(savepoints, call) for savepoints, call, _robust in _state.callbacks if isinstance(call, _Noted)]
        _state.by_savepoints = {frozenset(savepoints): call for savepoints, call in entries}
        _state.known = {thing for _savepoints, call in entries for thing in call.things}
    return _state.known


def _forget_known() -> None:
    for noted in _state.by_savepoints.values():
        noted.things.clear()
    _state.known.clear()


def after_commit() -> None:
    """Bring the embedded index up to date with what was just committed, as far as a request may take; never raises."""
    if not _state.is_waiting or _state.deferrals:
        return
    _state.is_waiting = False
    try:
        drain(most=MOST_AFTER_SAVE, seconds=SECONDS_AFTER_SAVE)
    except Exception:
        # Saving has succeeded; the rows are still there.
        logger.exception("The search index is not up to date.")


@contextmanager
def deferred(progress: Progress | None = None) -> Iterator[None]:
    """Index once at the end what is written inside, for work that changes many records; `progress` gets done and left.

    The rows are written all the same: if the process dies, the next drain does what it left.
    """
    _state.deferrals += 1
    try:
        yield
    finally:
        _state.deferrals -= 1
    if _state.deferrals == 0 and _state.is_waiting:
        _state.is_waiting = False
        if transaction.get_connection().in_atomic_block:
            transaction.on_commit(lambda: _drain_all(progress), robust=True)
        else:
            _drain_all(progress)


def _drain_all(progress: Progress | None) -> None:
    drain(progress=progress)


# --- draining -------------------------------------------------------------------------------------------------------
@dataclass
class Drained:
    """What a drain did: things brought up to date, and things that failed and are tried again later."""

    done: int = 0
    failed: int = 0


def waiting(name: str = EMBEDDED) -> int:
    """Return how many rows wait for an engine."""
    return OutboxRow.objects.filter(engine=name, is_done=False).count()


def catch_up() -> None:
    """Do some of what was left when a process was stopped; one small query where nothing was. Never raises."""
    old = timezone.now() - timedelta(seconds=LEFT_AFTER_SECONDS)
    try:
        if _due(EMBEDDED).filter(added__lt=old).exists():
            drain(most=MOST_BEFORE_SEARCH)
    except Exception:
        # The answer is a little older then.
        logger.exception("The search index is not up to date.")


def drain(
    name: str = EMBEDDED,
    *,
    most: int | None = None,
    seconds: float | None = None,
    progress: Progress | None = None,
) -> Drained:
    """Bring an engine up to date with what waits for it: all, or `most` things, or as many as `seconds` allow.

    What fails is logged and waits longer each time. Raises EngineUnavailableError or a database error only where not
    even that can be written.
    """
    served = engine(name)
    result = Drained()
    ends = time.monotonic() + seconds if seconds is not None else None
    with _draining():
        while most is None or result.done + result.failed < most:
            if ends is not None and time.monotonic() > ends:
                break
            size = BATCH if most is None else min(BATCH, most - result.done - result.failed)
            _state.is_waiting = False
            _forget_known()
            rows, are_all = _next_rows(name, size)
            # Where none is settled all were written anew meanwhile: whoever does so drains too.
            if not rows or not _drain_rows(served, name, rows, result):
                break
            if progress:
                progress(result.done, waiting(name))
            if are_all and not _state.is_waiting:
                # Nothing followed from these.
                break
    return result


@contextmanager
def _draining() -> Iterator[None]:
    """Do what follows from what is drained in the drain under way."""
    _state.deferrals += 1
    try:
        yield
    finally:
        # What was noted is settled and may be noted again, even where all this is one transaction.
        _forget_known()
        _state.deferrals -= 1


def _due(name: str) -> Any:
    return OutboxRow.objects.filter(engine=name, is_done=False, next_try__lte=timezone.now())


def _next_rows(name: str, size: int) -> tuple[dict[Thing, set[int]], bool]:
    """Return the rows of the things that are next, by thing, and whether there were no others."""
    due = list(_due(name).order_by("is_bulk", "id").values_list("type", "record_id")[:size])
    return row_ids(name, dict.fromkeys(due)), len(due) < size


def row_ids(name: str, things: Iterable[Thing], *, done_too: bool = False) -> dict[Thing, set[int]]:
    """Return the numbers of the rows of each of these things that has any."""
    by_type: dict[str, list[int]] = {}
    for record_type, pk in things:
        by_type.setdefault(record_type, []).append(pk)
    found: dict[Thing, set[int]] = {}
    for record_type, pks in by_type.items():
        rows = OutboxRow.objects.filter(engine=name, type=record_type, record_id__in=pks)
        if not done_too:
            rows = rows.filter(is_done=False)
        for pk, row in rows.values_list("record_id", "id"):
            found.setdefault((record_type, pk), set()).add(row)
    return found


def _drain_rows(served: Engine, name: str, rows: dict[Thing, set[int]], result: Drained) -> bool:
    """Index the things of these rows together or, if that fails, each by itself; tells whether any row is settled."""
    try:
        settled = _index(served, name, rows)
    except Exception as error:
        if len(rows) == 1:
            logger.exception("%s cannot be indexed.", next(iter(rows)))
            _put_off(rows, error)
            result.failed += 1
            return True
        # Each of them: not only until one is settled.
        outcomes = [_drain_rows(served, name, {thing: ids}, result) for thing, ids in rows.items()]
        return any(outcomes)
    result.done += settled
    return settled > 0


def _index(served: Engine, name: str, rows: dict[Thing, set[int]]) -> int:
    """Read the things anew, and write them unless they changed meanwhile; gives how many are settled."""
    whole = [thing for thing in rows if thing[1] == ALL]
    things = [thing for thing in rows if thing[1] != ALL]
    documents = []
    for record_type in dict.fromkeys(record_type for record_type, _pk in things):
        documents += documents_of(record_type, [pk for kind, pk in things if kind == record_type])
    below = {record_type: published(record_type) for record_type, _pk in whole}
    with served.exclusive():
        now = row_ids(name, rows)
        # Gone: another process did it. More rows than before: there is something newer to read.
        current = {thing for thing in things if now.get(thing) == rows[thing]}
        skipped = set(things) - current
        if name == EMBEDDED:
            _note_followers(documents, current)
        written = served.put(one for one in documents if (one.type, one.pk) not in skipped)
        gone = served.keys(current) - {one.key for one in documents}
        served.remove(gone)
        for record_type, pk in whole:
            known = {(one.type, one.pk) for one in served.scan() if one.type == record_type}
            wanted = known | {(record_type, number) for number in below[record_type]}
            _spread(name, sorted(wanted))
            current.add((record_type, pk))
        settle(served, [row for thing in current for row in rows[thing]])
        if written or gone:
            versions.bump(VERSION)
    return len(current) + sum(thing not in now for thing in skipped)


def _note_followers(documents: Iterable[SearchDocument], things: set[Thing]) -> None:
    """Note the things that say something of these, if what they say changes now.

    The embedded index, which every site has, remembers what that was.
    """
    before = embedded_engine().faces(things)
    after: dict[Thing, set[str]] = {}
    for one in documents:
        after.setdefault((one.type, one.pk), set()).add(one.face())
    changed: dict[str, list[int]] = {}
    for record_type, pk in things:
        if before.get((record_type, pk), frozenset()) != after.get((record_type, pk), set()):
            changed.setdefault(record_type, []).append(pk)
    for record_type, pks in changed.items():
        note(followers(record_type, pks))


def _spread(name: str, things: Sequence[Thing]) -> None:
    """Write a row for each thing of a type that is indexed anew as a whole."""
    OutboxRow.objects.bulk_create(
        (OutboxRow(engine=name, type=record_type, record_id=pk, is_bulk=True) for record_type, pk in things),
        batch_size=500,
    )
    _state.is_waiting = True


def settle(served: Engine, ids: Sequence[int]) -> None:
    """Take rows out that are done; while a build is open they stay as a mark of what changed."""
    rows = OutboxRow.objects.filter(pk__in=ids)
    if served.open_build() is None:
        rows.delete()
    else:
        rows.update(is_done=True)


def _put_off(rows: dict[Thing, set[int]], error: Exception) -> None:
    for row in OutboxRow.objects.filter(pk__in=[one for ids in rows.values() for one in ids]):
        wait = min(timedelta(seconds=2.0 ** min(row.attempts + 1, 12)), _LONGEST_WAIT)
        OutboxRow.objects.filter(pk=row.pk).update(
            attempts=row.attempts + 1, next_try=timezone.now() + wait, error=repr(error)[:_LONGEST_ERROR]
        )
