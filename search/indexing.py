"""The whole index: made anew beside the one that serves, compared with the site, mended, put in order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.db.models import Min
from django.utils import timezone

from platform_site.vocabulary import versions
from search import outbox
from search.documents import SearchDocument
from search.engines.base import Engine
from search.engines.choosing import EMBEDDED, engine
from search.models import OutboxRow
from search.sourcing import documents_of, indexed_types, published

# Things whose documents are read together, and written in one or two transactions.
BATCH = 50

# The type at work, things done, things in all.
Progress = Callable[[str, int, int], None]


class UnknownTypeError(ValueError):
    """There is nothing indexed of a type; the message names it and those that there are."""


def index(record_type: str, pks: Sequence[int]) -> outbox.Drained:
    """Index these things of a type anew, now. Raises EngineUnavailableError."""
    outbox.note((record_type, pk) for pk in pks)
    return outbox.drain()


# --- rebuilding -----------------------------------------------------------------------------------------------------
def rebuild(
    types: Collection[str] | None = None,
    *,
    name: str = EMBEDDED,
    batch: int = BATCH,
    progress: Progress | None = None,
) -> int:
    """Make the index of an engine anew, beside the one that serves, and let it serve; gives the number of documents.

    What a rebuild that was stopped has done is not done again. With `types` only these are indexed anew, in the index
    that serves. Raises UnknownTypeError, and EngineUnavailableError if the engine does not answer.
    """
    served = engine(name)
    if types is not None:
        return _again(served, name, _known_types(types), batch, progress)
    build = served.open_build()
    present: set[tuple[str, int]] = set()
    if build is None:
        build = served.start_build()
    else:
        present = {(one.type, one.pk) for one in served.scan(build)}
    written = 0
    for record_type in indexed_types():
        pks = published(record_type)
        left = [pk for pk in pks if (record_type, pk) not in present]
        for done, some in _batches(left, batch, before=len(pks) - len(left)):
            written += _fill(served, name, build, record_type, some)
            if progress:
                progress(record_type, done, len(pks))
    with served.exclusive():
        served.switch(build)
        versions.bump(outbox.VERSION)
    gc(name)
    return written + len(present)


def _fill(served: Engine, name: str, build: int, record_type: str, pks: Sequence[int]) -> int:
    """Write these things into a build, but those that changed since they were read: who changed them writes them."""
    things = [(record_type, pk) for pk in pks]
    before = outbox.row_ids(name, things, done_too=True)
    documents = documents_of(record_type, pks)
    with served.exclusive():
        now = outbox.row_ids(name, things, done_too=True)
        changed = {thing for thing in now if now[thing] - before.get(thing, set())}
        return served.put_into(build, [one for one in documents if (one.type, one.pk) not in changed])


def _again(served: Engine, name: str, types: Sequence[str], batch: int, progress: Progress | None) -> int:
    """Index types anew in the index that serves, and take out what it has of them and should not."""
    present = {(one.type, one.pk) for one in served.scan()}
    count = 0
    for record_type in types:
        pks = sorted({*published(record_type), *(pk for kind, pk in present if kind == record_type)})
        for done, some in _batches(pks, batch):
            outbox.note(((record_type, pk) for pk in some), is_bulk=True)
            outbox.drain(name)
            if progress:
                progress(record_type, done, len(pks))
        count += len(pks)
    return count


def _known_types(types: Collection[str]) -> list[str]:
    known = indexed_types()
    for record_type in types:
        if record_type not in known:
            raise UnknownTypeError(f"Nothing is indexed of {record_type!r}; there are {', '.join(sorted(known))}.")
    return list(types)


def gc(name: str = EMBEDDED) -> int:
    """Delete the builds that are not used any more, and the marks that were kept for them; gives the number of builds.

    A rebuild that was stopped is kept, so that it can go on.
    """
    served = engine(name)
    unused = served.unused_builds()
    for build in unused:
        served.drop(build)
    with served.exclusive():
        if served.open_build() is None:
            OutboxRow.objects.filter(engine=name, is_done=True).delete()
    return len(unused)


# --- checking -------------------------------------------------------------------------------------------------------
@dataclass
class Differences:
    """What is wrong in an index, as keys of documents, the worst first.

    `orphans` are found and should not be, `exposed` are found by others than should, `missing` are not found, of
    `stale` something else has changed. `waiting` things were not indexed yet when the check began.
    """

    orphans: list[str] = field(default_factory=list)
    exposed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    checked: int = 0
    waiting: int = 0

    def __bool__(self) -> bool:
        return bool(self.orphans or self.exposed or self.missing or self.stale)


def check(
    *, name: str = EMBEDDED, repair: bool = False, batch: int = BATCH, progress: Progress | None = None
) -> Differences:
    """Compare an engine with what the sources say, and with `repair` mend it; gives what was found.

    What waits in the outbox is indexed first. Raises EngineUnavailableError if the engine does not answer.
    """
    outbox.drain(name)
    served = engine(name)
    found = Differences(waiting=outbox.waiting(name))
    present = {one.key: one for one in served.scan()}
    # Things to be indexed anew, what should not be found before the rest.
    urgent: dict[outbox.Thing, None] = {}
    others: dict[outbox.Thing, None] = {}
    expected: set[str] = set()
    for document in _all_documents(batch, progress):
        expected.add(document.key)
        found.checked += 1
        entry, thing = present.get(document.key), (document.type, document.pk)
        if entry is None:
            found.missing.append(document.key)
            others[thing] = None
        elif (entry.rule, entry.hidden_by) != (document.rule, document.hidden_by):
            found.exposed.append(document.key)
            urgent[thing] = None
        elif entry.fingerprint != document.fingerprint():
            found.stale.append(document.key)
            others[thing] = None
    for key, entry in present.items():
        if key not in expected:
            found.orphans.append(key)
            urgent[entry.type, entry.pk] = None
    if repair and found:
        # Not from what was read here: it may have changed meanwhile.
        outbox.note([*urgent, *(thing for thing in others if thing not in urgent)])
        outbox.drain(name)
    return found


def _all_documents(batch: int, progress: Progress | None) -> Iterator[SearchDocument]:
    for record_type in indexed_types():
        pks = published(record_type)
        for done, some in _batches(pks, batch):
            yield from documents_of(record_type, some)
            if progress:
                progress(record_type, done, len(pks))


def _batches(pks: Sequence[int], size: int, *, before: int = 0) -> Iterator[tuple[int, list[int]]]:
    """Yield batches, each with how many things are done after it; `before` were done already."""
    rest = iter(pks)
    done = before
    while some := list(islice(rest, size)):
        done += len(some)
        yield done, some


# --- status ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Status:
    """How an engine is: `waiting` rows of the outbox, for how long the oldest, `failed` ones among them."""

    name: str
    engine: str
    is_usable: bool
    documents: int
    problem: str
    waiting: int
    lag_seconds: float
    failed: int
    last_error: str
    open_build: int | None


def status(name: str = EMBEDDED) -> Status:
    """Return how an engine is."""
    served = engine(name)
    health = served.health()
    rows = OutboxRow.objects.filter(engine=name, is_done=False)
    oldest = rows.aggregate(oldest=Min("added"))["oldest"]
    failed = rows.filter(attempts__gt=0)
    last = failed.order_by("-next_try").first()
    return Status(
        name=name,
        engine=served.name,
        is_usable=health.is_usable,
        documents=health.documents,
        problem=health.problem,
        waiting=rows.count(),
        lag_seconds=(timezone.now() - oldest).total_seconds() if oldest else 0.0,
        failed=failed.count(),
        last_error=last.error if last else "",
        open_build=served.open_build() if health.is_usable else None,
    )
