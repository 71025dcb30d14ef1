"""What the search finds of the library: documents with the places of their files, legal instruments with their
articles, monitoring bodies. Guides and chapters: `library.guides.search_documents`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count, groupby
from operator import itemgetter
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, override

from library.articles import articles_by_instrument
from library.models import DocumentFile, InstrumentParty, LibraryDocument
from library.pillars import pillars_of
from platform_site.vocabulary.models import LABEL_LANGUAGES
from platform_site.vocabulary.store import Entry, entry_by_id, vocabulary
from search.building import (
    Collected,
    codes_of,
    day_of,
    entries_above,
    facets_of,
    path_of,
    published_day,
    with_twin,
    words_of,
    years,
)
from search.documents import Passage, SearchDocument

INSTRUMENTS, BODIES = "legal_instruments", "monitoring_bodies"
# Sections are read in so many rows at once: the text of a long file is not held as a whole twice.
CHUNK = 200


def document_documents(pks: Sequence[int]) -> Iterator[SearchDocument]:
    """Yield what is indexed of the published library documents with these primary keys, from six queries."""
    found = LibraryDocument.objects.published().filter(pk__in=pks).order_by("pk")
    by_document = groupby(_sections(pks), key=itemgetter(0))
    at, rows = next(by_document, (None, iter(())))
    for document in found.for_page():
        while at is not None and at < document.pk:
            at, rows = next(by_document, (None, iter(())))
        passages = tuple(_passages(document, rows)) if at == document.pk else ()

        def build(
            _principals: frozenset[str],
            document: LibraryDocument = document,
            passages: tuple[Passage, ...] = passages,
        ) -> SearchDocument:
            return _document(document, passages)

        yield from with_twin(document.audience, build)


def _sections(pks: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    """Yield the sections of all files of these documents: by document, in the order of files and sections."""
    sections = [f"stored__sections__{name}" for name in ("anchor", "heading", "page", "part", "text")]
    readable = DocumentFile.objects.filter(document__in=pks, stored__sections__isnull=False)
    ordered = readable.order_by("document_id", "sort_order", "pk", "stored__sections__number")
    yield from ordered.values_list("document_id", "key", "language", *sections).iterator(chunk_size=CHUNK)


def _passages(document: LibraryDocument, rows: Iterable[tuple[Any, ...]]) -> Iterator[Passage]:
    numbers = count(1)
    for _document, key, language, anchor, heading, page, part, text in rows:
        name, arguments = "library:document_read", [document.slug, key]
        if part > 1:
            name, arguments = "library:document_read_part", [*arguments, part]
        yield Passage(
            number=next(numbers),
            label=heading or page_label(page, language),
            path=f"{path_of(reverse(name, args=arguments))}#{anchor}",
            text="\n".join(filter(None, (heading, text))),
            language=language,
        )


def page_label(page: int | None, language: str) -> str:
    """Return what a page of a text in `language` is called in this language, "" for a text without pages."""
    if page is None:
        return ""
    with override(language):
        return gettext("p. %(page)s") % {"page": page}


def _document(document: LibraryDocument, passages: tuple[Passage, ...]) -> SearchDocument:
    collected = Collected()
    languages = document.codes("languages")
    printed = languages[0] if languages else document.original_language
    collected.add("title", printed, document.name)
    for text in document.texts.all():
        collected.add("title", text.language, text.title or document.name)
        collected.add("summary", text.language, words_of(text.summary))
    collected.add("names", printed, document.issuer, document.authors)
    kind, level = document.type_entry, document.level_entry
    rows = list(document.instruments.all())
    instruments = [entry for row in rows if (entry := row.entry)]
    bodies = document.entries(BODIES)
    topics, countries = document.entries("topics"), document.entries("countries")
    collected.add_labels([kind, *topics, *entries_above(topics), *countries, *instruments, *bodies])
    collected.add("names", printed, *(entry.attributes.get("acronym", "") for entry in bodies))
    for row in rows:
        collected.add("names", row.subject_language, row.article, row.subject)
    files = list(document.files.all())
    codes = [entry.code for entry in topics]
    kinds = [kind.code] if kind else []
    return SearchDocument(
        key=document.key,
        type=document.record_type,
        pk=document.pk,
        path=path_of(document.get_absolute_url()),
        original=printed,
        texts=collected.texts(),
        facets=facets_of(
            type=[document.record_type],
            language=[*languages, *sorted({file.language for file in files} | document.content_languages)],
            document_type=codes_of("library_document_types", kinds),
            pillar=pillars_of(kind.code if kind else "", codes),
            topic=codes_of("topics", codes),
            country=codes_of("countries", [entry.code for entry in countries]),
            level=codes_of("levels", [level.code] if level else []),
            instrument=codes_of(INSTRUMENTS, [entry.code for entry in instruments]),
            body=codes_of(BODIES, [entry.code for entry in bodies]),
            year=years(document.date),
        ),
        date=day_of(document.date) or published_day(document),
        passages=passages,
    )


def names_of_files() -> dict[str, str]:
    """Return for judged queries the keys of published documents with the name that these have there: that of a file."""
    files = DocumentFile.objects.filter(document__live=True).select_related("document").order_by("-sort_order", "-pk")
    return {file.document.key: f"library:{file.name}" for file in files}


def instrument_pks() -> list[int]:
    """Return the primary keys of the legal instruments that have a page and are still offered."""
    return [entry.id for entry in vocabulary(INSTRUMENTS).offered()]


def instrument_documents(pks: Sequence[int]) -> Iterator[SearchDocument]:
    """Yield what is indexed of the legal instruments with these primary keys of terms, from one query."""
    parties: dict[int, list[str]] = {}
    rows = InstrumentParty.objects.filter(instrument__in=pks).values_list("instrument_id", "country_id")
    for instrument, country in rows.order_by("pk"):
        entry = entry_by_id(country)
        parties.setdefault(instrument, []).extend([entry.code] if entry else [])
    for entry in _offered(INSTRUMENTS, pks):
        yield _instrument(entry, parties.get(entry.id, []))


def _instrument(entry: Entry, parties: Sequence[str]) -> SearchDocument:
    facts = entry.attributes
    collected = Collected()
    collected.add_labels([entry], "title")
    collected.add("names", "en", facts.get("citation", ""), facts.get("body", ""))
    collected.add("summary", "en", entry.scope_note)
    path = path_of(reverse("library:legal_instrument", args=[entry.code]))
    return SearchDocument(
        key=f"instrument:{entry.code}",
        type="instrument",
        pk=entry.id,
        path=path,
        original="en",
        texts=collected.texts(),
        facets=facets_of(
            type=["instrument"],
            language=_labelled(entry),
            instrument=codes_of(INSTRUMENTS, [entry.code]),
            country=codes_of("countries", parties),
            year=years(facts.get("adopted", "")),
        ),
        date=day_of(facts.get("adopted", "")),
        passages=tuple(_articles(entry, path)),
    )


def _articles(instrument: Entry, path: str) -> Iterator[Passage]:
    """Yield the articles of an instrument as places of its page, each in every language that it has words in."""
    numbers = count(1)
    for article in articles_by_instrument().get(instrument.code, []):
        for language in _labelled(article.entry):
            with override(language):
                label = article.words
            text = f"{label}: {article.entry.labels[language]}"
            yield Passage(next(numbers), label, f"{path}#{article.anchor}", text, language)


def body_pks() -> list[int]:
    """Return the primary keys of the monitoring bodies that have a page and are still offered."""
    return [entry.id for entry in vocabulary(BODIES).offered()]


def body_documents(pks: Sequence[int]) -> Iterator[SearchDocument]:
    """Yield what is indexed of the monitoring bodies with these primary keys of terms, without a query."""
    for entry in _offered(BODIES, pks):
        facts = entry.attributes
        instrument = vocabulary(INSTRUMENTS).get(facts.get("instrument_code", ""))
        collected = Collected()
        collected.add_labels([entry], "title")
        collected.add("names", "en", facts.get("acronym", ""), facts.get("parent_body", ""))
        collected.add_labels([instrument])
        collected.add("summary", "en", entry.scope_note)
        yield SearchDocument(
            key=f"body:{entry.code}",
            type="body",
            pk=entry.id,
            path=path_of(reverse("library:monitoring_body", args=[entry.code])),
            original="en",
            texts=collected.texts(),
            facets=facets_of(
                type=["body"],
                language=_labelled(entry),
                body=codes_of(BODIES, [entry.code]),
                instrument=codes_of(INSTRUMENTS, [instrument.code] if instrument else []),
            ),
        )


def _offered(list_name: str, pks: Iterable[int]) -> list[Entry]:
    wanted = frozenset(pks)
    return [entry for entry in vocabulary(list_name).offered() if entry.id in wanted]


def _labelled(entry: Entry) -> list[str]:
    return [language for language in LABEL_LANGUAGES if entry.labels.get(language)]
