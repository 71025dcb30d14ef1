"""Procedure notes: what may be published, the page, its words by language, how old each point is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from directory.freshness import CONFIRMED, DUE, STALE, months_later
from directory.models import ProcedureNote, ProcedurePoint
from directory.procedures import noted_ways, point_freshness
from platform_site.records.gate import PublishRefused
from platform_site.records.registry import record_for_key
from platform_site.records.services import publish_record, save_draft, withdraw_record
from platform_site.vocabulary.store import term_id
from search.registration import ranked_keys
from tests.costs import queries
from tests.directory.making import build_note, make_note
from tests.directory.test_countries import flat
from tests.factories import make_user

pytestmark = pytest.mark.django_db
ClientFor = Callable[[str], Client]
TODAY = dt.date(2026, 6, 15)


def no_words(note: ProcedureNote) -> None:
    note.texts = []


def no_original(note: ProcedureNote) -> None:
    text = note.texts.get_object_list()[0]
    text.is_original = False
    note.texts = [text]


def says_nothing(note: ProcedureNote) -> None:
    no_points(note)
    note.texts.get_object_list()[0].papers = " "


def no_points(note: ProcedureNote) -> None:
    note.points = []


def words_without_a_day(note: ProcedureNote) -> None:
    note.texts.get_object_list()[0].costs = "The fund pays."


def a_day_without_words(note: ProcedureNote) -> None:
    note.points = [
        *note.points.all(),
        ProcedurePoint(topic="travel", as_of=timezone.localdate(), source="A leaflet", sort_order=9),
    ]


def tomorrow(note: ProcedureNote) -> None:
    note.points.get_object_list()[0].as_of = timezone.localdate() + dt.timedelta(days=1)


def no_source(note: ProcedureNote) -> None:
    note.points.get_object_list()[0].source = ""


def leads_nowhere(note: ProcedureNote) -> None:
    note.destination_id = note.origin_id


def a_continent(note: ProcedureNote) -> None:
    note.destination_id = term_id("languages", "ro")


def translation_says_more(note: ProcedureNote) -> None:
    from directory.models import ProcedureText

    note.texts = [*note.texts.all(), ProcedureText(language="de", papers="Ein Papier.", costs="Die Kasse.")]


REFUSED = [
    (no_words, "Add a text in at least one language."),
    (no_original, "Mark exactly one text as the original."),
    (says_nothing, "Write about at least one point"),
    (no_points, "Papers needed: say as of which day it is true, and who says so."),
    (words_without_a_day, "Who pays: say as of which day"),
    (a_day_without_words, "Travel and escort: there is a day and a source, but no words."),
    (tomorrow, "This day is still to come."),
    (no_source, "Source: This field cannot be blank."),
    (leads_nowhere, "Choose two different countries."),
    (translation_says_more, "Who pays: a translation speaks of it, the original does not."),
]


@pytest.mark.parametrize(("spoil", "reason"), REFUSED)
def test_the_gate_refuses(spoil: Callable[[ProcedureNote], None], reason: str) -> None:
    note = build_note()
    spoil(note)
    with pytest.raises(PublishRefused) as refused:
        publish_record(record=note)
    assert any(reason in sentence for sentence in refused.value.reasons), refused.value.reasons
    assert not ProcedureNote.objects.published().exists()


def test_a_complete_note_is_published_and_found_by_its_key() -> None:
    note = make_note(said=dict.fromkeys(ProcedurePoint.Topic.values, "Words."))
    assert note.live
    assert record_for_key(note.key) == note


def test_the_page_shows_each_point_with_its_day_and_source(client: Client) -> None:
    note = build_note(
        name="Adults who return", said={"papers": "- A travel paper\n- Two photos", "usual_time": "Three weeks."}
    )
    note.points.get_object_list()[0].source_url = "https://consulate.example.org/papers"
    publish_record(record=note)
    page = client.get(note.get_absolute_url()).content.decode()
    text = flat(page)
    assert "<li>Two photos</li>" in page
    assert 'href="https://consulate.example.org/papers"' in page
    assert text.index("Papers needed") < text.index("Usual time") < text.index("Three weeks.")
    assert text.count("Up to date") == text.count("Source: Leaflet of a ministry") == 2
    assert "Who pays" not in text
    assert "/en/countries/de-ro/" in page
    pair = flat(client.get("/en/countries/de-ro/").content.decode())
    assert "Adults who return" in pair
    assert "Three weeks." in pair
    assert "Three weeks." not in flat(client.get("/en/countries/ro-de/").content.decode())
    assert "There is a procedure note for the other way" in client.get("/en/countries/ro-de/").content.decode()


def test_a_point_that_is_not_translated_stays_in_the_original(client: Client) -> None:
    note = make_note(
        said={"papers": "A travel paper.", "costs": "The fund pays."},
        translations={"de": {"title": "Rückkehr", "papers": "Ein Reisepapier."}},
    )
    page = client.get(f"/de/countries/procedures/{note.slug}/").content.decode()
    assert "Rückkehr" in page
    assert "Ein Reisepapier." in page
    assert "A travel paper." not in page
    assert re.search(r'<div class="procedure-text" lang="en">\s*<p>The fund pays.</p>', page)
    french = client.get(f"/fr/countries/procedures/{note.slug}/").content.decode()
    assert french.count('<div class="procedure-text" lang="en">') == 2


AGES = [(0, CONFIRMED, 5), (2, CONFIRMED, 5), (4, CONFIRMED, 4), (8, DUE, 3), (13, STALE, 0), (90, STALE, 0)]


@pytest.mark.parametrize(("months", "kind", "ticks"), AGES)
def test_a_point_says_how_old_it_is(months: int, kind: str, ticks: int) -> None:
    as_of = months_later(TODAY, -months)
    state = point_freshness(as_of, TODAY)
    assert (state.kind, state.ticks) == (kind, ticks)
    assert str(as_of.year) in state.detail


@given(days=st.integers(min_value=0, max_value=4000))
def test_a_point_never_gets_younger(days: int) -> None:
    order = [CONFIRMED, DUE, STALE]
    earlier, later = (point_freshness(TODAY - dt.timedelta(days=age), TODAY) for age in (days + 1, days))
    assert order.index(earlier.kind) >= order.index(later.kind)
    assert (earlier.ticks or 0) <= (later.ticks or 0)


def test_an_old_note_says_so(client: Client) -> None:
    make_note(as_of=timezone.localdate() - dt.timedelta(days=500))
    words = "Part of this is more than a year old. Ask before you rely on it."
    assert words in flat(client.get("/en/countries/de-ro/").content.decode())
    make_note("IT", "AL")
    assert words not in flat(client.get("/en/countries/it-al/").content.decode())


# Audience, and the roles that may read it.
READERS = {
    "public": {"anonymous", "registered", "member", "editor", "reviewer", "administrator"},
    "members": {"member", "editor", "reviewer", "administrator"},
    "staff": {"editor", "reviewer", "administrator"},
}


@pytest.mark.parametrize("audience", READERS)
def test_who_may_read(audience: str, client_for: ClientFor) -> None:
    note = make_note(audience=audience, name="Way of Nikodemia")
    for role in sorted(READERS["public"]):
        client = client_for(role)
        reads = role in READERS[audience]
        assert client.get(note.get_absolute_url()).status_code == (200 if reads else 404), role
        for address in ("/en/countries/de-ro/", "/en/countries/", "/en/countries/RO/"):
            page = client.get(address).content.decode()
            assert ("de-ro/" in page.replace(address, "")) == (reads or address == "/en/countries/de-ro/"), role
        user = None if role == "anonymous" else make_user(role)
        assert bool(noted_ways(user)) == reads
        assert bool(ranked_keys("procedure_note", "Nikodemia", user)) == reads
        assert bool(ranked_keys("procedure_note", "Romania", user)) == reads


def test_a_draft_is_for_nobody_and_a_withdrawn_note_says_why(client: Client) -> None:
    draft = build_note(slug="draft-note")
    save_draft(record=draft, user=None)
    assert client.get("/en/countries/procedures/draft-note/").status_code == 404
    note = make_note()
    withdraw_record(record=note, user=None, reason="The consulate has closed.")
    gone = client.get(note.get_absolute_url())
    assert gone.status_code == 410
    assert "The consulate has closed." in gone.content.decode()
    assert not noted_ways(None)


def test_a_note_costs_few_queries(client: Client) -> None:
    short = make_note()
    long: Any = make_note(
        said=dict.fromkeys(ProcedurePoint.Topic.values, "Words."),
        translations={code: {"papers": "Words."} for code in ("de", "fr", "es")},
    )
    assert queries(client, short.get_absolute_url()) == queries(client, long.get_absolute_url()) <= 10


def test_a_country_of_a_note_cannot_be_something_else() -> None:
    note = build_note()
    a_continent(note)
    with pytest.raises(PublishRefused):
        publish_record(record=note)
