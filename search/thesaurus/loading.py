"""Loads the project's thesaurus into concepts. Safe to run again: an editor's change is kept and named."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from platform_site.records.gate import PublishRefused
from platform_site.records.services import publish_record
from platform_site.vocabulary import versions
from platform_site.vocabulary.loading import LoadReport
from platform_site.vocabulary.store import FALLBACK_LANGUAGE
from search.models import Concept, ConceptLabel, ConceptRelation, ConceptText
from search.outbox import ALL, note

LABELS, RELATIONS, NOTES = "thesaurus.csv", "thesaurus_relations.csv", "thesaurus_notes.csv"
# What a concept has of the files, each part kept or taken as a whole: labels (language, label, kind, whether it widens
# a search), relations (kind, code of the other), scope note.
Content = dict[str, Any]
PARTS = {"labels": "the labels", "relations": "the relations", "scope_note": "the scope note"}


def read_thesaurus(folder: Path) -> dict[str, Content]:
    """Return the content of each concept of the files, by its code; none where the folder has no thesaurus.

    Raises KeyError where relations or notes are of a concept without labels.
    """
    found: dict[str, Content] = {}
    for row in _rows(folder / LABELS):
        content = found.setdefault(row["concept"], {"labels": [], "relations": [], "scope_note": ""})
        content["labels"].append([row["lang"], row["label"], row["kind"], row["expand"] == "yes"])
    for row in _rows(folder / RELATIONS):
        found[row["concept"]]["relations"].append([row["relation"], row["other"]])
    for row in _rows(folder / NOTES):
        found[row["concept"]]["scope_note"] = row["scope_note_en"]
    return found


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as handle:
            yield from csv.DictReader(handle)


@transaction.atomic
def load_concepts(folder: Path) -> LoadReport:
    """Load the thesaurus of `folder` in one transaction and return what was done.

    A part of a concept that an editor changed stays as it is, and so does a concept with a draft or off the site; where
    the project's files changed it too, the report says so. Concepts that only the site has are never touched.
    """
    report = LoadReport()
    wanted = read_thesaurus(folder)
    known = {concept.code: concept for concept in Concept.objects.for_entry()}
    _create({code: content for code, content in wanted.items() if code not in known}, report)
    pks = dict(Concept.objects.values_list("code", "pk"))
    codes = {pk: code for code, pk in pks.items()}
    for code, content in wanted.items():
        if code in known and known[code].seeded != content:
            _update(known[code], content, codes, pks, report)
        elif code in known:
            report.same += 1
    if report.created:
        versions.bump(Concept.record_type)
        # Most were written in bulk, without the signals of each.
        note([(Concept.record_type, ALL)])
    return report


# --- new ones ---------------------------------------------------------------------------------------------------
def _create(wanted: dict[str, Content], report: LoadReport) -> None:
    """Write concepts in bulk: the gate asks for each of some two hundred what the project's own tests hold already."""
    now = timezone.now()
    taken = _words_of_the_site() if wanted else {}
    made = Concept.objects.bulk_create(
        Concept(
            code=code,
            name=_name(content),
            live=True,
            seeded=content,
            first_published_at=now,
            last_published_at=now,
        )
        for code, content in wanted.items()
    )
    pks = dict(Concept.objects.values_list("code", "pk")) if made else {}
    labels: list[ConceptLabel] = []
    for code, content in wanted.items():
        for row in label_rows(content):
            row.concept_id = pks[code]
            if row.expand and (owner := taken.get(row.words)):
                row.expand = False
                report.kept.append(
                    f"thesaurus/{code}: {row.label!r} does not widen a search, since {owner!r} of this site has it."
                )
            labels.append(row)
    ConceptLabel.objects.bulk_create(labels, batch_size=500)
    ConceptText.objects.bulk_create(
        ConceptText(record_id=pks[code], language=FALLBACK_LANGUAGE, is_original=True, scope_note=content["scope_note"])
        for code, content in wanted.items()
        if content["scope_note"]
    )
    ConceptRelation.objects.bulk_create(
        ConceptRelation(concept_id=pks[code], kind=kind, other_id=pks[other], sort_order=number)
        for code, content in wanted.items()
        for number, (kind, other) in enumerate(content["relations"])
    )
    report.created = len(made)


def _words_of_the_site() -> dict[tuple[str, ...], str]:
    """Return the labels that widen a search on this site by their words, with the code of their concept."""
    rows = ConceptLabel.objects.filter(expand=True, concept__live=True).select_related("concept")
    return {row.words: row.concept.code for row in rows}


def _name(content: Content) -> str:
    preferred = {language: label for language, label, kind, _expand in content["labels"] if kind == "pref"}
    return str(preferred.get(FALLBACK_LANGUAGE) or next(iter(preferred.values()), ""))


def label_rows(content: Content) -> list[ConceptLabel]:
    """Return the labels of a content as unsaved rows."""
    return [
        ConceptLabel(language=language, label=label, kind=kind, expand=expand, sort_order=number)
        for number, (language, label, kind, expand) in enumerate(content["labels"])
    ]


# --- those that are there ---------------------------------------------------------------------------------------
def content_of(concept: Concept, codes: dict[int, str]) -> Content:
    """Return what a concept says now, in the form of the files. `codes` are those of all concepts by primary key."""
    original = next((row for row in concept.texts.all() if row.language == FALLBACK_LANGUAGE), None)
    return {
        "labels": [[row.language, row.label, row.kind, row.expand] for row in _in_order(concept.labels.all())],
        "relations": [[row.kind, codes.get(row.other_id, "")] for row in _in_order(concept.relations.all())],
        "scope_note": original.scope_note if original else "",
    }


def _in_order(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: (row.sort_order, row.pk or 0))


def _update(concept: Concept, content: Content, codes: dict[int, str], pks: dict[str, int], report: LoadReport) -> None:
    """Bring a concept to what the files say by now, as far as nobody changed it here."""
    says, seeded = content_of(concept, codes), concept.seeded
    closed = _closed(concept)
    taken = []
    for part, words in PARTS.items():
        if content[part] in (says[part], seeded.get(part)):
            continue
        reason = closed or ("" if says[part] == seeded.get(part) else "changed here")
        if reason:
            report.kept.append(f"thesaurus/{concept.code}: {words} were not taken from the project's files: {reason}.")
        else:
            taken.append(part)
    Concept.objects.filter(pk=concept.pk).update(seeded=content)
    if taken and _publish(concept, content, {part: content[part] for part in taken}, pks, report):
        report.changed += 1
    else:
        report.same += 1


def _closed(concept: Concept) -> str:
    """Return why a concept cannot be changed as a whole, "" if it can."""
    if not concept.live:
        return "it is not on the site"
    return "it has a draft" if concept.has_unpublished_changes else ""


def _publish(concept: Concept, content: Content, parts: Content, pks: dict[str, int], report: LoadReport) -> bool:
    """Publish a concept with new parts, through the gate; what it refuses is named in the report."""
    before, concept.seeded = concept.seeded, content
    if "labels" in parts:
        concept.labels = label_rows(parts)
    if "relations" in parts:
        concept.relations = [
            ConceptRelation(kind=kind, other_id=pks[other], sort_order=number)
            for number, (kind, other) in enumerate(parts["relations"])
        ]
    if "scope_note" in parts:
        rows = [row for row in concept.texts.all() if row.language != FALLBACK_LANGUAGE]
        if parts["scope_note"]:
            text = ConceptText(language=FALLBACK_LANGUAGE, scope_note=parts["scope_note"])
            text.is_original = not any(row.is_original for row in rows)
            rows.append(text)
        concept.texts = rows
    try:
        publish_record(record=concept)
    except PublishRefused as refused:
        # Tried again at the next load: another concept may have let go of a label by then.
        Concept.objects.filter(pk=concept.pk).update(seeded=before)
        report.kept.append(f"thesaurus/{concept.code}: {' '.join(refused.reasons)}")
        return False
    return True
