"""Words and titles that everybody may know of: what did-you-mean and suggestions choose from.

Only documents with the rule `public` give words, and take them away with them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Q

from search.analysis import tokens
from search.models.index import IndexBuild, IndexTerm
from search.spelling import fewest_shared_grams, grams, most_edits

# Shorter words are not corrected, longer ones are no words.
SHORTEST, LONGEST = 3, 40
_ROWS = 500

Words = Counter[tuple[str, str]]


def words_of(texts: Mapping[str, Mapping[str, str]]) -> set[tuple[str, str]]:
    """Return the words of a document with their languages; `texts` by language and field."""
    return {
        (language, token)
        for language, fields in texts.items()
        for text in fields.values()
        for token, _start, _end in tokens(text)
        if SHORTEST <= len(token) <= LONGEST and token.isalpha()
    }


def change(build: int, words: Words) -> None:
    """Add to the numbers of documents with each word, or take from them where the number is below 0."""
    changed = {key: number for key, number in words.items() if number}
    known: dict[tuple[str, str], int] = {}
    for some in _chunks(sorted({word for _language, word in changed})):
        rows = IndexTerm.objects.filter(build=build, word__in=some).values_list("language", "word", "pk")
        known.update({(language, word): pk for language, word, pk in rows})
    added = [
        IndexTerm(build=build, language=language, word=word, documents=number)
        for (language, word), number in changed.items()
        if number > 0 and (language, word) not in known
    ]
    more = [(number, known[key]) for key, number in changed.items() if key in known]
    with connection.cursor() as cursor:
        if more:
            cursor.executemany("UPDATE search_term SET documents = documents + %s WHERE id = %s", more)
        _forget_unused([pk for number, pk in more if number < 0])
        if added:
            made = IndexTerm.objects.bulk_create(added)
            pairs = [(term.pk, gram, len(term.word)) for term in made for gram in grams(term.word)]
            cursor.executemany("INSERT INTO search_term_gram (term_id, gram, length) VALUES (%s, %s, %s)", pairs)


def _forget_unused(pks: Sequence[int]) -> None:
    for some in _chunks(pks):
        gone = list(IndexTerm.objects.filter(pk__in=some, documents__lte=0).values_list("pk", flat=True))
        if gone:
            _delete(gone)


def _delete(pks: Sequence[int]) -> None:
    marks = ", ".join(["%s"] * len(pks))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM search_term_gram WHERE term_id IN ({marks})", pks)  # noqa: S608  marks only
        cursor.execute(f"DELETE FROM search_term WHERE id IN ({marks})", pks)  # noqa: S608  marks only


def forget_build(build: int) -> None:
    """Delete the words of a build, some at a time."""
    while pks := list(IndexTerm.objects.filter(build=build).values_list("pk", flat=True)[:_ROWS]):
        _delete(pks)


def similar_words(word: str, languages: Sequence[str], *, most: int = 200) -> list[tuple[str, int]]:
    """Return words that the folded `word` can be a slip of, with their documents, for `search.spelling.candidates`."""
    wanted, edits = grams(word), most_edits(word)
    build = _serving()
    if not wanted or build is None:
        return []
    marks = ", ".join(["%s"] * len(wanted))
    spoken = ", ".join(["%s"] * len(languages))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.word, MAX(t.documents), COUNT(*) AS shared FROM search_term_gram g "  # noqa: S608  marks only
            "JOIN search_term t ON t.id = g.term_id "
            f"WHERE g.gram IN ({marks}) AND g.length BETWEEN %s AND %s AND t.build = %s AND t.language IN ({spoken}) "
            "GROUP BY t.id, t.word HAVING COUNT(*) >= %s ORDER BY shared DESC, MAX(t.documents) DESC, t.word LIMIT %s",
            [*wanted, len(word) - edits, len(word) + edits, build, *languages, fewest_shared_grams(word), most],
        )
        return _most_frequent((found, documents) for found, documents, _shared in cursor.fetchall())


def words_beginning(prefix: str, languages: Sequence[str], *, most: int = 20) -> list[tuple[str, int]]:
    """Return words that begin with the folded `prefix`, those in most documents first."""
    build = _serving()
    if not prefix or build is None:
        return []
    rows = IndexTerm.objects.filter(beginning("word", prefix), build=build, language__in=list(languages))
    rows = rows.order_by("-documents", "word")
    return _most_frequent(rows.values_list("word", "documents")[: most * len(languages)])[:most]


def beginning(field: str, prefix: str) -> Q:
    """Return the condition that a folded text begins with `prefix`, in the way that an index of the database serves."""
    if connection.vendor == "sqlite":
        return Q(**{f"{field}__gte": prefix, f"{field}__lt": f"{prefix}~"})
    return Q(**{f"{field}__startswith": prefix})


def _most_frequent(rows: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    found: dict[str, int] = {}
    for word, documents in rows:
        found[word] = max(documents, found.get(word, 0))
    return list(found.items())


def _serving() -> int | None:
    return IndexBuild.objects.filter(state=IndexBuild.State.SERVING).values_list("number", flat=True).first()


def _chunks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), _ROWS):
        yield items[start : start + _ROWS]
