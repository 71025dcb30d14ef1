"""Invented library documents; one in ten with a file whose text can be read, out of a small pool."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from library.models import (
    DocumentFile,
    DocumentInstrument,
    DocumentTerm,
    DocumentUse,
    LibraryDocument,
    LibraryText,
    StoredFile,
)
from platform_site.home.management.scale.words import bullets, paragraph, place, some, sometimes
from platform_site.vocabulary.store import vocabulary

LISTS = ("library_document_types", "levels", "topics", "legal_instruments", "monitoring_bodies")
KINDS = ("Report", "Guide", "Study", "Checklist", "Recommendation", "Review", "Agreement", "Handbook")
ABOUT = ("return", "identification", "housing", "compensation", "work on farms", "children alone", "access to courts")
LANGUAGES = ("en", "en", "en", "fr", "de", "es", "it")
# Reading a file takes a process of its own: so many are made, whatever the number of documents.
MOST_FILES = 20


def files(random: Random, number: int) -> list[StoredFile]:
    """Return so many stored files of plain text, each read as an upload is."""
    made = []
    for index in range(number):
        chapters = "\n\n".join(
            f"# {place(random)}\n\n{paragraph(random, 8, 20)}\n\n{bullets(random, 3, 6)}\n\n{paragraph(random, 8, 20)}"
            for _chapter in range(random.randint(5, 20))
        )
        name = f"invented-{index + 1}.txt"
        made.append(StoredFile.received(name, chapters.encode()))
    return made


def documents(
    random: Random, users: Sequence[tuple[str, int]], stored: Sequence[StoredFile], first_number: int
) -> Iterator[LibraryDocument]:
    """Yield unsaved documents without end, numbered from `first_number`; `users` (type, key) may use their tools."""
    terms = {name: vocabulary(name).offered() for name in LISTS}
    terms["countries"] = [entry for entry in vocabulary("countries") if entry.attributes.get("directory") == "yes"]
    number = first_number
    while True:
        yield _document(random, number, users, stored, terms)
        number += 1


def _document(
    random: Random, number: int, users: Sequence[tuple[str, int]], stored: Sequence[StoredFile], terms: dict
) -> LibraryDocument:
    name = f"{random.choice(KINDS)} {number}: {random.choice(ABOUT)} in {place(random)}"
    language = random.choice(LANGUAGES)
    is_tool = random.random() < 0.1
    year = random.randint(1998, 2025)
    document = LibraryDocument(
        name=name,
        slug=f"invented-document-{number}",
        document_type_id=random.choice(terms["library_document_types"]).id,
        level_id=random.choice(terms["levels"]).id,
        issuer=f"Council of {place(random)}",
        published_on=sometimes(random, 0.5, str(year), f"{year}-{random.randint(1, 12):02}"),
        tool=random.choice(LibraryDocument.Tool.values) if is_tool else "",
        address=sometimes(random, 0.6, f"https://library.example.org/{number}", ""),
        source="Invented for measuring",
        audience=sometimes(random, 0.05, "members", "public"),
    )
    chosen = [
        [vocabulary("languages")[language]],
        some(random, terms["countries"], 0, 3),
        some(random, terms["topics"], 1, 3),
        some(random, terms["monitoring_bodies"], 0, 1),
    ]
    document.terms = [DocumentTerm(term_id=term.id, sort_order=n) for found in chosen for n, term in enumerate(found)]
    document.instruments = [
        DocumentInstrument(instrument_id=term.id, article=f"art. {random.randint(1, 40)}", sort_order=n)
        for n, term in enumerate(some(random, terms["legal_instruments"], 0, 2))
    ]
    document.uses = [
        DocumentUse(record_type=kind, record_pk=pk, sort_order=n)
        for n, (kind, pk) in enumerate(some(random, users, 0, 3) if is_tool else ())
    ]
    document.texts = [LibraryText(language="en", is_original=True, summary=paragraph(random, 2, 6))]
    if stored and random.random() < 0.1:
        document.files = [DocumentFile(language=language, name=f"document-{number}.txt", stored=random.choice(stored))]
    document.name_files()
    return document
