"""The demo's procedure notes: four pairs, every point dated and sourced, all states of age to be seen."""

from __future__ import annotations

import pytest

from directory.models import ProcedureNote
from directory.procedures import noted_ways
from tests.demo.package import organisation_names, read_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_site")]


def test_four_pairs_with_notes() -> None:
    assert ProcedureNote.objects.published().count() == len(read_rows("procedure_notes.csv")) == 5
    assert len(noted_ways(None)) == 4
    assert ProcedureNote.objects.filter(audience="members").count() == 1
    assert set(ProcedureNote.objects.values_list("source", flat=True)) == {"Demo content, invented"}
    languages = [note.content_languages for note in ProcedureNote.objects.prefetch_related("texts")]
    assert {"en", "de"} in languages
    assert {"fr"} in languages


def test_notes_name_organisations_of_the_demo() -> None:
    known = {row["short_name"] for row in read_rows("organisations.csv")} | organisation_names()
    for row in read_rows("procedure_points.csv"):
        for start in ("Experience of ", "Expérience de "):
            if row["source"].startswith(start):
                assert row["source"].removeprefix(start) in known
        assert "example.org" in row["source_url"] or not row["source_url"]


def test_a_pair_shows_what_there_is(client_for) -> None:
    page = client_for("anonymous").get("/en/countries/de-ro/").content.decode()
    for words in ("Adults who return", "Anker &amp; Kompass", "Podul de Lemn", "names Germany and Romania"):
        assert words in page, words
    assert "youth welfare office" not in page
    assert "youth welfare office" in client_for("member").get("/en/countries/de-ro/").content.decode()
