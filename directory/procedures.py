"""Procedure notes in words: each point with its day, its source and how old it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from types import SimpleNamespace
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from directory.frames import text_language
from directory.freshness import CONFIRMED, STALE, Freshness, freshness
from directory.models import ProcedureNote, ProcedurePoint
from platform_site.listing.kept import Kept
from platform_site.texts.models import original_text
from platform_site.texts.sorting import sort_text
from platform_site.vocabulary import versions
from platform_site.vocabulary.store import Entry, entry_by_id


@dataclass(frozen=True)
class PointInWords:
    """A point of a note: what it is about, what is said, who says so and how old that is. `lang` if not the page's."""

    topic: str
    label: str
    text: str
    lang: str
    source: str
    source_url: str
    freshness: Freshness


@dataclass(frozen=True)
class NoteInWords:
    """A note as its page and the page of its pair show it."""

    href: str
    title: str
    audience: str
    lang: str
    origin: Entry
    destination: Entry
    points: tuple[PointInWords, ...]

    @property
    def is_old(self) -> bool:
        """Whether one of its points is so old that readers should ask first."""
        return any(point.freshness.kind == STALE for point in self.points)


@dataclass(frozen=True)
class Way:
    """From one country to another, with the number of notes on it."""

    origin: Entry
    destination: Entry
    notes: int = 0


def point_freshness(as_of: date, today: date | None = None) -> Freshness:
    """Return how old a statement is on the day `today` (default: today), by the steps of the directory's entries."""
    said = SimpleNamespace(confirmed_on=as_of, imported_on=None, first_published_at=None)
    state = freshness(said, today or timezone.localdate())
    words = {CONFIRMED: _("Up to date"), STALE: _("More than a year old: ask first")}
    return replace(state, word=words.get(state.kind, state.word), detail=date_format(as_of, "DATE_FORMAT"))


def note_in_words(note: ProcedureNote) -> NoteInWords | None:
    """Return a note (fetched with `for_page`, or a draft) in words; None while one of its countries is not chosen.

    A point that the translation leaves out is shown in the original language.
    """
    origin, destination = note.origin_entry, note.destination_entry
    if origin is None or destination is None:
        return None
    rows = list(note.texts.all())
    text, original = note.text(), original_text(rows)
    facts = {point.topic: point for point in note.points.all()}
    points = [
        _point(ProcedurePoint.Topic(topic), facts.get(topic), text, original) for topic in ProcedurePoint.Topic.values
    ]
    return NoteInWords(
        href=note.get_absolute_url(),
        title=note.title,
        audience=note.audience,
        lang=text_language(text) if text and text.title else "",
        origin=origin,
        destination=destination,
        points=tuple(point for point in points if point is not None),
    )


def _point(topic: Any, facts: ProcedurePoint | None, text: Any, original: Any) -> PointInWords | None:
    said = next((row for row in (text, original) if row is not None and getattr(row, topic.value).strip()), None)
    if said is None:
        return None
    as_of = facts.as_of if facts else None
    return PointInWords(
        topic=topic.value,
        label=str(topic.label),
        text=getattr(said, topic.value),
        lang=text_language(said),
        source=facts.source if facts else "",
        source_url=facts.source_url if facts else "",
        # Only a draft can lack the day.
        freshness=point_freshness(as_of) if as_of else Freshness(None, STALE, _("Without a day"), ""),
    )


def notes_of_way(origin: Entry, destination: Entry, user: Any) -> list[NoteInWords]:
    """Return the notes on a way that `user` may read, by name, in three queries."""
    notes = ProcedureNote.objects.visible_to(user).of_way(origin.id, destination.id)
    return [words for note in notes if (words := note_in_words(note))]


def notes_token() -> tuple[str, ...]:
    """Return what names the state of all notes: what is computed from them is kept by it."""
    return versions.current("procedure_note"), versions.current("vocabulary")


_kept = Kept(notes_token)


def noted_ways(user: Any, country: str = "") -> list[Way]:
    """Return the ways with notes that `user` may read, by the names of the countries; `country` is one of the ends."""
    ways: list[Way] = _kept.value(user, "ways", lambda: _noted_ways(user))
    return [way for way in ways if country in ("", way.origin.code, way.destination.code)]


def number_of_notes(origin: Entry, destination: Entry, user: Any) -> int:
    """Return how many notes there are on a way that `user` may read; asks nothing while no note changes."""
    ways = noted_ways(user, origin.code)
    return sum(way.notes for way in ways if (way.origin.id, way.destination.id) == (origin.id, destination.id))


def _noted_ways(user: Any) -> list[Way]:
    counts: dict[tuple[int, int], int] = {}
    for ends in ProcedureNote.objects.visible_to(user).order_by().values_list("origin", "destination"):
        counts[ends] = counts.get(ends, 0) + 1
    found = [way for ends, number in counts.items() if (way := _way(ends, number))]
    return sorted(found, key=lambda way: (sort_text(way.origin.label()), sort_text(way.destination.label())))


def _way(ends: tuple[int, int], number: int) -> Way | None:
    origin, destination = map(entry_by_id, ends)
    return Way(origin, destination, number) if origin and destination else None
