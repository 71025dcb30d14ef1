"""Procedure notes, and programmes that name other records, for tests."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from django.utils import timezone

from directory.models import ProcedureNote, ProcedurePoint, ProcedureText, Programme, ProgrammeLink, ProgrammeText
from platform_site.records.registry import record_models
from platform_site.records.services import publish_record
from platform_site.vocabulary.store import term_id

_numbers = itertools.count(1)


def build_note(
    origin: str = "DE",
    destination: str = "RO",
    *,
    said: dict[str, str] | None = None,
    as_of: dt.date | None = None,
    translations: dict[str, dict[str, str]] | None = None,
    language: str = "en",
    **values: Any,
) -> ProcedureNote:
    """Return an unsaved note that is complete. `said` is text by topic; each point is true as of `as_of` (today)."""
    number = next(_numbers)
    values.setdefault("name", f"Way {number}")
    values.setdefault("slug", f"way-{number}")
    note = ProcedureNote(
        origin_id=term_id("countries", origin), destination_id=term_id("countries", destination), **values
    )
    said = {"papers": "A travel paper of the consulate."} if said is None else said
    note.texts = [
        ProcedureText(language=language, is_original=True, **said),
        *(ProcedureText(language=code, **words) for code, words in (translations or {}).items()),
    ]
    note.points = [
        ProcedurePoint(topic=topic, as_of=as_of or timezone.localdate(), source="Leaflet of a ministry", sort_order=n)
        for n, topic in enumerate(said)
    ]
    return note


def make_note(*ends: str, **values: Any) -> ProcedureNote:
    """Return a published note (see `build_note`)."""
    published: ProcedureNote = publish_record(record=build_note(*ends, **values))
    return published


def links_to(*records: Any) -> list[ProgrammeLink]:
    """Return the rows with which a programme names `records`, in this order."""
    return [
        ProgrammeLink(record_type=record.record_type, record_pk=record.pk, sort_order=number)
        for number, record in enumerate(records)
    ]


def make_programme_of_everything() -> Programme:
    """Return a published programme for everybody that names every record that a programme can name."""
    programme = Programme(name="Names everything", slug="names-everything")
    programme.texts = [ProgrammeText(is_original=True, summary="What it did.")]
    models = record_models()
    programme.linked_records = links_to(
        *(one for kind in ProgrammeLink.allowed() for one in models[kind].objects.all())
    )
    published: Programme = publish_record(record=programme)
    return published
