"""Writing the embedded index: documents into builds, and builds themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import cached_property

from django.db import connection, transaction
from django.db.models import Max, Q
from django.utils import timezone

from search.analysis import SCHEMA, is_stop_word, stem, stems, tokens
from search.documents import FIELDS, SearchDocument
from search.engines import facets, terms
from search.engines.full_text import Columns, FullText, Stems
from search.models.index import (
    ENTRIES_PER_BUILD,
    PASSAGES_PER_ENTRY,
    IndexBuild,
    IndexEntry,
    IndexPassage,
    IndexText,
    IndexTitle,
)
from search.rules import PUBLIC

# Written in one transaction: others wait for it, so it is short.
BATCH = 50
_LONGEST_TITLE = 300
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# Whose function words a title goes without, whoever reads it: a query of any reader must come to the same.
_LANGUAGES = ("en", "fr", "de", "es", "it")


def title_words(text: str) -> list[str]:
    """Return the folded words of a title or query that say something; all of them if none does."""
    found = [token for token, _start, _end in tokens(text)]
    return [token for token in found if not is_stop_word(token, _LANGUAGES)] or found


def storable(text: str) -> str:
    """Return a text as each database takes it: without NUL and halves of characters."""
    return _UNSTORABLE.sub("", text)


class Prepared:
    """A document with what is computed of it once, however many builds it goes to."""

    def __init__(self, document: SearchDocument) -> None:
        self.document = document

    @cached_property
    def fingerprint(self) -> str:
        """The fingerprint of the document."""
        return self.document.fingerprint()

    @cached_property
    def carried(self) -> tuple[str, str, str]:
        """What tells whether an entry is as it should be; the rules too: a wrong one must not hide behind the rest."""
        return self.fingerprint, self.document.rule, self.document.hidden_by

    @cached_property
    def passages(self) -> list[Stems]:
        """The stems of each passage."""
        return [stems(passage.text, passage.language) for passage in self.document.passages]

    @cached_property
    def columns(self) -> Columns:
        """The stems of each field, language by language; passages are found in the body."""
        texts = self.document.texts
        columns: list[list[Stems]] = [
            [
                stems(getattr(texts[language], name), language)
                for language in self.document.languages
                if language in texts
            ]
            for name in FIELDS
        ]
        columns[-1].extend(self.passages)
        return columns

    @cached_property
    def texts(self) -> dict[str, dict[str, str]]:
        """The texts as they are stored."""
        return {
            language: {name: storable(text) for name, text in asdict(fields).items() if text}
            for language, fields in self.document.texts.items()
        }

    def titles(self, entry: int, build: int) -> list[IndexTitle]:
        """Return the rows of the titles."""
        return [
            IndexTitle(
                entry_id=entry,
                build=build,
                language=language,
                is_original=language == self.document.original,
                folded=" ".join(token for token, _start, _end in tokens(fields.title))[:_LONGEST_TITLE],
                stems=" ".join(stem(token, language) for token in title_words(fields.title))[:_LONGEST_TITLE],
            )
            for language, fields in self.document.texts.items()
            if fields.title
        ]


class Writer:
    """Writes entries of all tables; the callers hold the transaction and the lock."""

    def __init__(self, full_text: FullText) -> None:
        self.full_text = full_text

    def put(self, build: int, documents: Sequence[Prepared], *, replace: bool = True) -> int:
        """Write documents that differ from what the build has; gives their number.

        Without `replace` those whose key the build has are left as they are.
        """
        keys = [prepared.document.key for prepared in documents]
        names = ("key", "pk", "fingerprint", "rule", "hidden_by")
        rows = IndexEntry.objects.filter(build=build, key__in=keys).values_list(*names)
        known = {key: (pk, tuple(carried)) for key, pk, *carried in rows}
        wanted = [
            one
            for one in documents
            if (old := known.get(one.document.key)) is None or (replace and old[1] != one.carried)
        ]
        if not wanted:
            return 0
        replaced = [known[one.document.key] for one in wanted if one.document.key in known]
        words = self._words_of([pk for pk, carried in replaced if carried[1] == PUBLIC], sign=-1)
        self._clear([pk for pk, _carried in replaced])
        following = self._last_number(build) + 1
        entries: list[tuple[int, Prepared]] = []
        for one in wanted:
            if one.document.key in known:
                entries.append((known[one.document.key][0], one))
            else:
                entries.append((following, one))
                following += 1
        self._write(build, entries)
        for _number, one in entries:
            if one.document.rule == PUBLIC:
                words.update(terms.words_of(one.texts))
        terms.change(build, words)
        return len(wanted)

    def _write(self, build: int, entries: Sequence[tuple[int, Prepared]]) -> None:
        rows = [_entry(build, number, one) for number, one in entries]
        names = [field.name for field in IndexEntry._meta.fields if not field.primary_key]
        IndexEntry.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=names)
        IndexText.objects.bulk_create(
            IndexText(entry_id=number, path=one.document.path, original=one.document.original, texts=one.texts)
            for number, one in entries
        )
        IndexTitle.objects.bulk_create(title for number, one in entries for title in one.titles(number, build))
        passages = [
            IndexPassage(
                id=number * PASSAGES_PER_ENTRY + place,
                entry_id=number,
                number=passage.number,
                label=storable(passage.label)[:300],
                path=passage.path,
                language=passage.language,
                text=storable(passage.text),
            )
            for number, one in entries
            for place, passage in enumerate(one.document.passages[:PASSAGES_PER_ENTRY])
        ]
        IndexPassage.objects.bulk_create(passages)
        self.full_text.write((number, one.columns) for number, one in entries)
        self.full_text.write_passages(
            (number * PASSAGES_PER_ENTRY + place, number, found)
            for number, one in entries
            for place, found in enumerate(one.passages[:PASSAGES_PER_ENTRY])
        )

    def remove(self, build: int, keys: Sequence[str]) -> int:
        """Take documents out of a build; gives how many were in it."""
        rows = list(IndexEntry.objects.filter(build=build, key__in=keys).values_list("pk", "rule"))
        if not rows:
            return 0
        words = self._words_of([pk for pk, rule in rows if rule == PUBLIC], sign=-1)
        self.forget([pk for pk, _rule in rows])
        terms.change(build, words)
        return len(rows)

    def forget(self, numbers: Sequence[int]) -> None:
        """Delete entries with all that belongs to them, but not their words."""
        self._clear(numbers)
        _delete("search_entry", "id", numbers)

    def _clear(self, numbers: Sequence[int]) -> None:
        if numbers:
            self.full_text.delete(numbers)
            for table in ("search_passage", "search_title", "search_text"):
                _delete(table, "entry_id", numbers)

    def _words_of(self, numbers: Sequence[int], *, sign: int) -> terms.Words:
        found: terms.Words = Counter()
        for texts in IndexText.objects.filter(pk__in=numbers).values_list("texts", flat=True):
            for word in terms.words_of(texts):
                found[word] += sign
        return found

    def _last_number(self, build: int) -> int:
        first = build * ENTRIES_PER_BUILD
        within = IndexEntry.objects.filter(pk__gte=first, pk__lt=first + ENTRIES_PER_BUILD)
        return within.aggregate(last=Max("pk"))["last"] or first


def _entry(build: int, number: int, one: Prepared) -> IndexEntry:
    document = one.document
    return IndexEntry(
        id=number,
        build=build,
        key=document.key,
        item=document.item,
        type=document.type,
        record_id=document.pk,
        rule=document.rule,
        hidden_by=document.hidden_by,
        date=document.date,
        boost=document.boost,
        facets=facets.pack(document.facets),
        fingerprint=one.fingerprint,
        face=document.face(),
    )


def _delete(table: str, column: str, numbers: Sequence[int]) -> None:
    # Not by the ORM: it would fetch each row first, for those who listen to what is deleted anywhere.
    marks = ", ".join(["%s"] * len(numbers))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE {column} IN ({marks})", list(numbers))  # noqa: S608  names of ours


# --- builds ---------------------------------------------------------------------------------------------------------
def serving() -> int | None:
    """Return the build that serves; None before anything was written."""
    return IndexBuild.objects.filter(state=IndexBuild.State.SERVING).values_list("number", flat=True).first()


def written_builds() -> list[int]:
    """Return the builds that a save goes to, the one that serves first; it is made where there is none yet."""
    states = (IndexBuild.State.SERVING, IndexBuild.State.OPEN)
    rows = dict(IndexBuild.objects.filter(state__in=states).values_list("number", "state"))
    first = [number for number, state in rows.items() if state == IndexBuild.State.SERVING]
    if not first:
        first = [new_build(IndexBuild.State.SERVING)]
    return [*first, *(number for number, state in rows.items() if state == IndexBuild.State.OPEN)]


def new_build(state: IndexBuild.State) -> int:
    """Make a build with a number that no other had whose rows may still be there."""
    last = IndexBuild.objects.aggregate(last=Max("number"))["last"] or 0
    build: IndexBuild = IndexBuild.objects.create(number=last + 1, state=state, schema=SCHEMA)
    return build.number


def switch(build: int) -> None:
    """Let an open build serve. Raises ValueError for any other."""
    if not IndexBuild.objects.filter(number=build, state=IndexBuild.State.OPEN).exists():
        raise ValueError(f"Build {build} is not open.")
    IndexBuild.objects.filter(state=IndexBuild.State.SERVING).update(state=IndexBuild.State.OLD)
    IndexBuild.objects.filter(number=build).update(state=IndexBuild.State.SERVING, switched=timezone.now())


def drop(writer: Writer, build: int) -> None:
    """Delete a build, some rows at a time, so that others can write. Raises ValueError for one that serves."""
    if build == serving():
        raise ValueError(f"Build {build} serves.")
    IndexBuild.objects.filter(number=build).update(state=IndexBuild.State.OLD)
    inside = Q(pk__gte=build * ENTRIES_PER_BUILD, pk__lt=(build + 1) * ENTRIES_PER_BUILD)
    while True:
        with transaction.atomic():
            writer.full_text.lock()
            numbers = list(IndexEntry.objects.filter(inside).values_list("pk", flat=True)[:BATCH])
            if not numbers:
                break
            writer.forget(numbers)
    terms.forget_build(build)
    IndexBuild.objects.filter(number=build).delete()


def batches(documents: Iterable[SearchDocument]) -> Iterable[list[Prepared]]:
    """Yield documents prepared for writing, as many as one transaction takes; of those with one key the last."""
    waiting: dict[str, Prepared] = {}
    for document in documents:
        waiting[document.key] = Prepared(document)
        if len(waiting) >= BATCH:
            yield list(waiting.values())
            waiting = {}
    if waiting:
        yield list(waiting.values())
