"""The embedded engine: the index in tables of the site's own database, on SQLite and PostgreSQL.

Both databases match and score stems that we made (`full_text`); what a reader may see, facets, order and pages of
results are worked out here, in one way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from search.analysis import SCHEMA, stem
from search.documents import SearchDocument
from search.engines import facets, writing
from search.engines.base import EngineUnavailableError, Health, Indexed
from search.engines.compiling import Compiled, Node, compile_query, of_passages
from search.engines.full_text import FullText
from search.engines.ordering import AGES_FROM, BOOST, FACETS, ID, SCORE, Row, best, chunks, in_order
from search.models.index import ENTRIES_PER_BUILD, IndexBuild, IndexEntry, IndexPassage, IndexText, IndexTitle
from search.ranking import DEEPEST, RECENT_TYPES, WHOLE_TITLE, recency
from search.results import BEST, NEWEST, Answer, PassageFound, SearchRequest, StoredTexts
from search.tree import Either, Expanded, Phrase, Query, Word

# How often a search begins anew because the build it read was put away meanwhile.
_ATTEMPTS = 3


_COLUMNS = "e.id, {score}, e.boost, CASE WHEN e.type IN ({aging}) THEN CAST(e.date AS text) END, e.facets"
_FOR_ORDER = ", CAST(e.date AS text), e.key"


class EmbeddedEngine:
    """See `search.engines.base.Engine`."""

    def __init__(self, full_text: FullText) -> None:
        self.full_text = full_text
        self.name = full_text.name
        self.writer = writing.Writer(full_text)

    # --- writing ------------------------------------------------------------------------------------------------
    def put(self, documents: Iterable[SearchDocument]) -> int:
        """Write documents into the build that serves and into open ones."""
        written = 0
        with _answering():
            for batch in writing.batches(documents):
                with self.exclusive():
                    first, *others = writing.written_builds()
                    written += self.writer.put(first, batch)
                    for build in others:
                        self.writer.put(build, batch)
        return written

    def remove(self, keys: Iterable[str]) -> None:
        """Take documents out of the build that serves and of open ones."""
        with _answering():
            for some in chunks(sorted(set(keys))):
                with self.exclusive():
                    for build in writing.written_builds():
                        self.writer.remove(build, some)

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Keep other writers off until the end of a transaction."""
        with transaction.atomic():
            self.full_text.lock()
            yield

    # --- searching ----------------------------------------------------------------------------------------------
    def search(self, request: SearchRequest) -> Answer:
        """Answer a request."""
        with _answering():
            for _attempt in range(_ATTEMPTS):
                build = writing.serving()
                if build is None:
                    break
                answer = self._answer(request, build)
                # What is old is deleted: if the build changed meanwhile, rows may have been missing.
                if writing.serving() == build:
                    return answer
        return Answer(0, [], {name: {} for name in request.facets})

    def _answer(self, request: SearchRequest, build: int) -> Answer:
        compiled = compile_query(request.query, request.languages)
        sort = NEWEST if request.sort == BEST and compiled.is_empty else request.sort
        rows = self._rows(compiled, request, build, has_order=sort != BEST)
        choice = facets.Choice(request.filters)
        near: dict[str, list[str]] = {}
        inside = rows
        if choice:
            inside = []
            for row in rows:
                refused = choice.refused_by(row[FACETS])
                if not refused:
                    inside.append(row)
                elif len(refused) == 1:
                    near.setdefault(refused[0], []).append(row[FACETS])
        counts = facets.count(request.facets, (row[FACETS] for row in inside), near) if request.facets else {}
        last = min(request.offset + request.limit, DEEPEST)
        if not inside or request.offset < 0 or last <= request.offset:
            return Answer(len(inside), [], counts)
        if sort == BEST:
            found = best(inside, self._scored(inside, compiled, request, build), last)
        else:
            found = in_order(inside, sort, request.languages, last)
        return Answer(len(inside), found[request.offset :], counts)

    def _rows(self, compiled: Compiled, request: SearchRequest, build: int, *, has_order: bool) -> list[Row]:
        """Return all that matches and that the reader may find, with the score of the widest level."""
        if not request.rules or (not compiled.is_empty and compiled.match is None):
            return []
        conditions, params = _readable(request)
        first = build * ENTRIES_PER_BUILD
        if compiled.match is not None:
            match = self.full_text.matches(compiled.match, compiled.without, build)
            source, score = f"({match.sql}) m CROSS JOIN search_entry e WHERE e.id = m.id", "m.score"
            params = [*match.params, *params]
        else:
            source = f"search_entry e WHERE e.id BETWEEN {first} AND {first + ENTRIES_PER_BUILD - 1}"
            score = "0.0"
            if compiled.without is not None:
                without = self.full_text.matches(compiled.without, None, build)
                conditions.append(f"e.id NOT IN (SELECT id FROM ({without.sql}) w)")  # noqa: S608  made of marks
                params = [*params, *without.params]
        aging = ", ".join(f"'{record_type}'" for record_type in sorted(RECENT_TYPES))
        columns = _COLUMNS.format(score=score, aging=aging) + (_FOR_ORDER if has_order else "")
        with connection.cursor() as cursor:
            # No value is part of the text: the names are ours, what was typed stands in the parameters.
            cursor.execute(" AND ".join([f"SELECT {columns} FROM {source}", *conditions]), params)  # noqa: S608
            return cursor.fetchall()

    def _scored(self, rows: Sequence[Row], compiled: Compiled, request: SearchRequest, build: int) -> list[float]:
        """Return the final scores of the matches, in their order."""
        *narrower, (share, _node) = compiled.levels
        scores = [share * row[SCORE] * row[BOOST] for row in rows]
        for weight, node in narrower:
            level = self._scores(node, compiled.without, build)
            for place, row in enumerate(rows):
                if row[ID] in level:
                    scores[place] += weight * level[row[ID]] * row[BOOST]
        whole = self._whole_titles(request, build)
        today = timezone.localdate()
        for place, row in enumerate(rows):
            if row[AGES_FROM] is not None:
                scores[place] *= recency(date.fromisoformat(row[AGES_FROM]), today)
            if row[ID] in whole:
                scores[place] *= WHOLE_TITLE
        if request.query.is_relaxed:
            # What has more parts of the query comes first, whatever they count.
            parts = self._part_counts(compiled, build)
            scores = [parts.get(row[ID], 0) + score / (1.0 + score) for row, score in zip(rows, scores, strict=True)]
        return scores

    def _scores(self, node: Node, without: Node | None, build: int) -> dict[int, float]:
        statement = self.full_text.matches(node, without, build)
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, statement.params)
            return dict(cursor.fetchall())

    def _part_counts(self, compiled: Compiled, build: int) -> dict[int, int]:
        """Return of how many parts of the query each entry has something."""
        counts: dict[int, int] = {}
        for node in compiled.parts:
            for number in self._scores(node, None, build) if node is not None else ():
                counts[number] = counts.get(number, 0) + 1
        return counts

    def _whole_titles(self, request: SearchRequest, build: int) -> frozenset[int]:
        """Return the entries whose whole title was asked for, whichever form its words have."""
        text = _plain_text(request.query)
        words = writing.title_words(text) if text else []
        if not words:
            return frozenset()
        forms = {" ".join(stem(word, language) for word in words)[:300] for language in (*request.languages, "")}
        rows = IndexTitle.objects.filter(build=build, stems__in=forms).values_list("entry_id", flat=True)
        return frozenset(rows)

    # --- reading ------------------------------------------------------------------------------------------------
    def stored(self, keys: Sequence[str]) -> Mapping[str, StoredTexts]:
        """Return what is shown of these documents."""
        with _answering():
            entries = _entries(keys)
            texts = {
                text.entry_id: text for text in IndexText.objects.filter(pk__in=[pk for pk, _entry in entries.items()])
            }
        return {
            entry.key: StoredTexts(
                entry.key, entry.type, entry.record_id, text.path, text.original, entry.date, text.texts
            )
            for pk, entry in entries.items()
            if (text := texts.get(pk)) is not None
        }

    def passages(
        self, keys: Sequence[str], query: Query, languages: tuple[str, ...], *, most: int
    ) -> Mapping[str, Sequence[PassageFound]]:
        """Return the best passages: such with all parts of the query; where no passage has all, such with some."""
        node = of_passages(compile_query(query, languages).match)
        if node is None or not keys or most < 1:
            return {}
        with _answering():
            entries = _entries(keys)
            # Few documents have passages, and each of those costs a query.
            having = IndexPassage.objects.filter(entry__in=entries).order_by().values_list("entry_id", flat=True)
            found = self.full_text.passages(node, sorted(set(having.distinct())), most)
            rows = IndexPassage.objects.in_bulk([number for number, _score in found])
        result: dict[str, list[PassageFound]] = {}
        for number, score in found:
            if (row := rows.get(number)) is not None:
                passage = PassageFound(row.number, row.label, row.path, row.text, row.language, score)
                result.setdefault(entries[row.entry_id].key, []).append(passage)
        return result

    def rules(self) -> frozenset[str]:
        """Return all rules that documents carry, hiding ones included."""
        with _answering():
            pairs = IndexEntry.objects.filter(build=writing.serving() or 0).order_by().values_list("rule", "hidden_by")
            return frozenset(rule for pair in pairs.distinct() for rule in pair if rule)

    def keys(self, things: Iterable[tuple[str, int]]) -> frozenset[str]:
        """Return the keys of all documents of these things (type and primary key), in every build that is written."""
        by_type: dict[str, list[int]] = {}
        for record_type, pk in things:
            by_type.setdefault(record_type, []).append(pk)
        found: set[str] = set()
        with _answering():
            states = (IndexBuild.State.SERVING, IndexBuild.State.OPEN)
            builds = list(IndexBuild.objects.filter(state__in=states).values_list("number", flat=True))
            for record_type, pks in by_type.items():
                for some in chunks(pks):
                    rows = IndexEntry.objects.filter(build__in=builds, type=record_type, record_id__in=some)
                    found.update(rows.values_list("key", flat=True))
        return frozenset(found)

    def faces(self, things: Iterable[tuple[str, int]]) -> dict[tuple[str, int], frozenset[str]]:
        """Return the faces of the documents of each of these things that has any in the build that serves."""
        wanted = set(things)
        found: dict[tuple[str, int], set[str]] = {}
        with _answering():
            rows = IndexEntry.objects.filter(build=writing.serving() or 0, key__in=self.keys(wanted))
            for record_type, pk, face in rows.values_list("type", "record_id", "face"):
                found.setdefault((record_type, pk), set()).add(face)
        return {thing: frozenset(faces) for thing, faces in found.items()}

    def scan(self, build: int | None = None) -> Iterator[Indexed]:
        """Yield what each document carries, in order of the keys."""
        with _answering():
            number = (writing.serving() or 0) if build is None else build
            rows = IndexEntry.objects.filter(build=number).order_by("key")
            names = ("key", "type", "record_id", "rule", "hidden_by", "fingerprint")
            for row in rows.values_list(*names).iterator(chunk_size=2000):
                yield Indexed(*row)

    # --- builds -------------------------------------------------------------------------------------------------
    def start_build(self) -> int:
        """Begin an index beside the one that serves."""
        with _answering(), self.exclusive():
            writing.written_builds()
            return writing.new_build(IndexBuild.State.OPEN)

    def open_build(self) -> int | None:
        """Return a build that was begun with the words of today and not finished; the newest."""
        with _answering():
            rows = IndexBuild.objects.filter(state=IndexBuild.State.OPEN, schema=SCHEMA).order_by("-number")
            return rows.values_list("number", flat=True).first()

    def put_into(self, build: int, documents: Iterable[SearchDocument]) -> int:
        """Write documents into a build only."""
        written = 0
        with _answering():
            for batch in writing.batches(documents):
                with self.exclusive():
                    written += self.writer.put(build, batch, replace=False)
        return written

    def switch(self, build: int) -> None:
        """Serve from `build` from now on."""
        with _answering(), self.exclusive():
            writing.switch(build)

    def drop(self, build: int) -> None:
        """Forget a build that does not serve."""
        with _answering():
            writing.drop(self.writer, build)

    def unused_builds(self) -> list[int]:
        """Return the builds that do not serve, and are not open with the words of today."""
        with _answering():
            rows = IndexBuild.objects.order_by("number").values_list("number", "state", "schema")
            return [
                number
                for number, state, schema in rows
                if state == IndexBuild.State.OLD or (state == IndexBuild.State.OPEN and schema != SCHEMA)
            ]

    def health(self) -> Health:
        """Return how the engine is."""
        try:
            problem = self.full_text.problem()
            build = IndexBuild.objects.filter(state=IndexBuild.State.SERVING).first()
            documents = IndexEntry.objects.filter(build=build.number).count() if build and not problem else 0
        except DatabaseError as error:
            return Health(False, 0, str(error))
        if build is None and not problem:
            problem = "Nothing was indexed yet: run search_rebuild."
        elif build is not None and build.schema != SCHEMA and not problem:
            return Health(True, documents, "The index was made with other rules for words: run search_rebuild.")
        return Health(not problem, documents, problem)


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        raise EngineUnavailableError(str(error)) from error


def _readable(request: SearchRequest) -> tuple[list[str], list[Any]]:
    """Return what the reader may find, and the span of days asked for, as conditions on entries."""
    rules = sorted(request.rules)
    marks = ", ".join(["%s"] * len(rules))
    conditions = [f"e.rule IN ({marks})", f"(e.hidden_by = '' OR e.hidden_by NOT IN ({marks}))"]
    params: list[Any] = [*rules, *rules]
    for day, sign in ((request.since, ">="), (request.until, "<=")):
        if day is not None:
            conditions.append(f"e.date {sign} %s")
            params.append(day)
    return conditions, params


def _entries(keys: Sequence[str]) -> dict[int, IndexEntry]:
    rows = IndexEntry.objects.filter(build=writing.serving() or 0, key__in=list(keys)).defer("facets")
    return {row.pk: row for row in rows}


def _plain_text(query: Query) -> str:
    """Return the words that a reader typed if that is all there is: no alternatives, beginnings, fields; else ""."""
    texts: list[str] = []
    for part in query.parts:
        some: Sequence[Word | Phrase] = part.parts if isinstance(part, Expanded) else ()
        for one in some or (part,):
            if isinstance(one, Either | Expanded) or one.field or (isinstance(one, Word) and one.is_prefix):
                return ""
            texts.append(one.text if isinstance(one, Word) else " ".join(one.words))
    return " ".join(texts)
