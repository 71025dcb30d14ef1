"""What the search finds of country profiles and procedure notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from directory.models import CountryProfile, ProcedureNote, ProcedurePoint
from directory.profiles.indicators import ValueKind, kind_of
from search.building import Collected, codes_of, facets_of, path_of, published_day, with_twin, words_of
from search.documents import SearchDocument

# The prose of a profile that stands below its first text, the trends.
FURTHER_PROSE = ("routes", "sectors", "policies")
TOPICS = tuple(ProcedurePoint.Topic.values)


def country_profile_documents(pks: Sequence[int]) -> Iterator[SearchDocument]:
    """Yield what is indexed of the published profiles with these primary keys, from five queries."""
    found = CountryProfile.objects.published().filter(pk__in=pks).order_by("pk")
    for profile in found.prefetch_related("texts", "plans", "bodies", "facts"):

        def build(_principals: frozenset[str], profile: CountryProfile = profile) -> SearchDocument:
            return _profile(profile)

        yield from with_twin(profile.audience, build)


def _profile(profile: CountryProfile) -> SearchDocument:
    collected, language = Collected(), profile.original_language
    collected.add_labels([profile.country_entry], "title")
    collected.add("names", profile.native_language or language, profile.native_name)
    for text in profile.texts.all():
        collected.add("summary", text.language, words_of(text.trends))
        collected.add("body", text.language, *(words_of(getattr(text, name)) for name in FURTHER_PROSE))
    for row in (*profile.plans.all(), *profile.bodies.all()):
        collected.add("body", row.language, row.name)
    for fact in profile.facts.all():
        collected.add_labels([fact.indicator_entry], "body")
        if kind_of(fact.indicator_entry) == ValueKind.TEXT:
            collected.add("body", fact.language, fact.value)
        collected.add("body", fact.language, fact.base)
    return SearchDocument(
        key=profile.key,
        type=profile.record_type,
        pk=profile.pk,
        path=path_of(profile.get_absolute_url()),
        original=language,
        texts=collected.texts(),
        facets=facets_of(
            type=[profile.record_type],
            language=sorted(profile.content_languages),
            country=codes_of("countries", [profile.public_id]),
        ),
        date=profile.confirmed_on or published_day(profile),
    )


def procedure_note_documents(pks: Sequence[int]) -> Iterator[SearchDocument]:
    """Yield what is indexed of the published notes with these primary keys, from three queries."""
    found = ProcedureNote.objects.published().filter(pk__in=pks).order_by("pk")
    for note in found.for_page():

        def build(_principals: frozenset[str], note: ProcedureNote = note) -> SearchDocument:
            return _note(note)

        yield from with_twin(note.audience, build)


def _note(note: ProcedureNote) -> SearchDocument:
    collected, language = Collected(), note.original_language
    origin, destination = ([entry.code] if entry else [] for entry in (note.origin_entry, note.destination_entry))
    collected.add_labels([note.origin_entry, note.destination_entry])
    for text in note.texts.all():
        collected.add("title", text.language, text.title or note.name)
        collected.add("body", text.language, *(words_of(getattr(text, topic)) for topic in TOPICS))
    collected.add("names", language, note.name)
    points = list(note.points.all())
    collected.add("body", language, *(point.source for point in points))
    return SearchDocument(
        key=note.key,
        type=note.record_type,
        pk=note.pk,
        path=path_of(note.get_absolute_url()),
        original=language,
        texts=collected.texts(),
        facets=facets_of(
            type=[note.record_type],
            language=sorted(note.content_languages),
            country=codes_of("countries", [*origin, *destination]),
            origin=codes_of("countries", origin),
            destination=codes_of("countries", destination),
        ),
        date=max((point.as_of for point in points), default=None) or published_day(note),
    )
