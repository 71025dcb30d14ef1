"""The glossary in words: concepts and abbreviations as rows by letter, one concept as its entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from platform_site.texts.formatted import plain
from platform_site.texts.languages import other_language
from platform_site.texts.models import text_saying
from platform_site.texts.shortening import shortened_words
from platform_site.texts.sorting import sort_text
from platform_site.ui.languages import language_name
from platform_site.vocabulary.models import LABEL_LANGUAGES
from search.models import Abbreviation, Concept, ConceptLabel, ConceptRelation, ConceptText
from search.thesaurus.access import readable_concepts
from search.thesaurus.selectors import KnownConcept, thesaurus
from search.thesaurus.trie import ACRONYM, HIDDEN, words_in

LONGEST_TEASER = 220
LONGEST_FILTER = 100
# For what does not begin with a letter: it stands last.
OTHER_LETTER = "#"


@dataclass(frozen=True)
class ConceptRow:
    """A concept in the list: its name in the reader's language, else with its language beside it."""

    href: str
    title: str
    language: str
    others: str
    note: str
    note_language: str
    audience: str


@dataclass(frozen=True)
class LetterGroup:
    """The rows whose names begin with a letter; `anchor` is the end of the address that leads there."""

    letter: str
    anchor: str
    rows: list[ConceptRow]


@dataclass(frozen=True)
class AbbreviationRow:
    """An abbreviation in the list; `concept_href` leads to the concept that has it as a label, if there is one."""

    href: str
    name: str
    full_form: str
    kind: str
    audience: str
    concept: str = ""
    concept_href: str = ""


@dataclass(frozen=True)
class LanguageLabels:
    """What a concept is called in one language: the preferred label, other words, acronyms; none that are hidden."""

    language: str
    language_name: str
    preferred: str
    others: list[str] = field(default_factory=list)
    acronyms: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ConceptLink:
    """Another concept, by its name in the reader's language."""

    href: str
    title: str
    language: str


# --- the list ---------------------------------------------------------------------------------------------------
def concept_rows(user: Any, wanted: str = "") -> list[ConceptRow]:
    """Return the concepts that `user` may read, by name; those alone that have all words of `wanted`, if there are any.

    A word fits if a word of a label begins with it, in any language; labels that are never shown lead there too.
    """
    words = words_in(wanted[:LONGEST_FILTER])
    concepts = [concept for concept in readable_concepts(user) if _fits(_label_words(concept), words)]
    notes = _notes([concept.pk for concept in concepts])
    rows = [_concept_row(concept, notes.get(concept.pk, [])) for concept in concepts]
    return sorted(rows, key=lambda row: sort_text(row.title))


def _label_words(concept: KnownConcept) -> Iterator[str]:
    for label in concept.labels:
        yield from label.words


def _fits(known: Iterable[str], words: Sequence[str]) -> bool:
    found = set(known)
    return all(any(one.startswith(word) for one in found) for word in words)


def _notes(pks: list[int]) -> dict[int, list[ConceptText]]:
    found: dict[int, list[ConceptText]] = {}
    for text in ConceptText.objects.filter(record__in=pks).order_by("pk"):
        found.setdefault(text.record_id, []).append(text)
    return found


def _concept_row(concept: KnownConcept, notes: list[ConceptText]) -> ConceptRow:
    label = concept.preferred()
    text = text_saying(notes, "scope_note")
    language = label.language if label else ""
    others = [
        other.text for other in concept.labels if other.language == language and other.kind != HIDDEN and other != label
    ]
    return ConceptRow(
        href=concept.href(),
        title=concept.name(),
        language=other_language(language),
        others=", ".join(others),
        note=shortened_words(plain(text.scope_note), LONGEST_TEASER) if text else "",
        note_language=other_language(text.language) if text else "",
        audience=concept.audience,
    )


def by_letter(rows: Iterable[ConceptRow]) -> list[LetterGroup]:
    """Return rows, which are in order, by the letter that they begin with, without its accent."""
    groups: dict[str, list[ConceptRow]] = {}
    for letter, found in groupby(rows, key=lambda row: _letter(row.title)):
        groups.setdefault(letter, []).extend(found)
    other = groups.pop(OTHER_LETTER, None)
    if other:
        groups[OTHER_LETTER] = other
    return [
        LetterGroup(letter, f"letter-{letter.lower() if letter != OTHER_LETTER else 'other'}", found)
        for letter, found in groups.items()
    ]


def _letter(title: str) -> str:
    first = sort_text(title)[:1].upper()
    return first if first.isalpha() else OTHER_LETTER


def abbreviation_rows(user: Any, wanted: str = "") -> list[AbbreviationRow]:
    """Return the abbreviations that `user` may read, by name; those alone that have all words of `wanted`."""
    words = words_in(wanted[:LONGEST_FILTER])
    concepts = concepts_by_acronym(user)
    rows = []
    for record in Abbreviation.objects.visible_to(user).defer("originals"):
        if _fits(words_in(f"{record.name} {record.full_form}"), words):
            concept = concepts.get(words_in(record.name))
            rows.append(
                AbbreviationRow(
                    href=record.get_absolute_url(),
                    name=record.name,
                    full_form=record.full_form,
                    kind=record.kind_entry.label() if record.kind_entry else "",
                    audience=record.audience,
                    concept=concept.name() if concept else "",
                    concept_href=concept.href() if concept else "",
                )
            )
    return sorted(rows, key=lambda row: sort_text(row.name))


def concepts_by_acronym(user: Any) -> dict[tuple[str, ...], KnownConcept]:
    """Return the concepts that `user` may read by the words of their acronyms; one that two have leads nowhere."""
    found: dict[tuple[str, ...], KnownConcept] = {}
    twice = set()
    for concept in readable_concepts(user):
        for label in concept.labels:
            if label.kind == ACRONYM and found.setdefault(label.words, concept) is not concept:
                twice.add(label.words)
    return {words: concept for words, concept in found.items() if words not in twice}


def last_change(user: Any) -> dt.date | None:
    """Return the day on which something of the glossary was last published, None where there is nothing."""
    days = [
        model.objects.visible_to(user).aggregate(last=Max("last_published_at"))["last"]
        for model in (Concept, Abbreviation)
    ]
    return max((timezone.localdate(day) for day in days if day), default=None)


# --- an entry ---------------------------------------------------------------------------------------------------
def labels_by_language(concept: Concept) -> list[LanguageLabels]:
    """Return what a concept (or a draft of one) is called, the reader's language first, then in the usual order."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in sorted(concept.labels.all(), key=lambda row: (row.sort_order, row.pk or 0)):
        if row.kind != ConceptLabel.Kind.HIDDEN:
            found.setdefault(row.language, {}).setdefault(row.kind, []).append(row.label)
    active = (get_language() or "en").split("-")[0]
    order = [active, *LABEL_LANGUAGES]
    return [
        LanguageLabels(
            language=language,
            language_name=language_name(language),
            preferred=", ".join(found[language].get(ConceptLabel.Kind.PREFERRED, [])),
            others=found[language].get(ConceptLabel.Kind.ALTERNATIVE, []),
            acronyms=found[language].get(ConceptLabel.Kind.ACRONYM, []),
        )
        for language in sorted(found, key=lambda code: (order.index(code) if code in order else len(order), code))
    ]


def related_concepts(concept: Concept, user: Any) -> dict[str, list[ConceptLink]]:
    """Return what is broader, narrower and related, of what `user` may read, by these words.

    Broader and related ones are those of `concept` itself, which may be a draft; what others say of it is published.
    """
    readable = {known.pk: known for known in readable_concepts(user)}
    own = {kind: {row.other_id for row in concept.relations.all() if row.kind == kind} for kind in ConceptRelation.Kind}
    published = thesaurus().concepts
    said = published.get(concept.code)
    by_others = {
        "narrower": {published[code].pk for code in said.narrower} if said else set(),
        "related": {known.pk for known in published.values() if said and said.code in known.related},
    }
    found = {
        "broader": own[ConceptRelation.Kind.BROADER],
        "narrower": by_others["narrower"],
        "related": own[ConceptRelation.Kind.RELATED] | by_others["related"],
    }
    return {name: _links(readable[pk] for pk in pks if pk in readable) for name, pks in found.items()}


def _links(concepts: Iterable[KnownConcept]) -> list[ConceptLink]:
    links = []
    for concept in concepts:
        label = concept.preferred()
        links.append(ConceptLink(concept.href(), concept.name(), other_language(label.language if label else "")))
    return sorted(links, key=lambda link: sort_text(link.title))


def entry_dateline(record: Any, language: str) -> list[tuple[str, str]]:
    """Return where an entry is from: source, language of its text ("": none), import, last change."""
    items = [(_("Source"), record.source or _("entry kept by the platform"))]
    items.append((_("Language"), language_name(language or get_language() or "")))
    if record.imported_on:
        items.append((_("Imported"), date_format(record.imported_on, "DATE_FORMAT")))
    if record.last_published_at:
        items.append((_("Last change"), date_format(timezone.localdate(record.last_published_at), "DATE_FORMAT")))
    return items
