"""Procedure notes in packages: read, refused with the place, written again equal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from directory.models import ProcedureNote
from platform_site.records.packages.running import import_package
from tests.directory.making import make_note
from tests.importing.conftest import exported

pytestmark = pytest.mark.django_db

NOTES = """name,from,to,papers,consulates,usual_time,travel,costs
Adults who return,DE,RO,"- A travel paper
- Two photos",,Three weeks,,The fund pays
"Children, too",DE,RO,A paper of the court,,,Nobody under 14 travels alone,
"""
POINTS = """note,point,as_of,source,source_url
Adults who return,papers,2026-01-05,Leaflet,consulate.example.org
Adults who return,usual_time,2025-11-30,Own practice,
Adults who return,costs,2025-11-30,Fund,
"Children, too",papers,2026-02-01,Court,
"Children, too",travel,2024-02-29,Railway,
"""
TEXTS = """note,language,title,papers,consulates,usual_time,travel,costs
Adults who return,de,Rückkehr,Ein Reisepapier,,Drei Wochen,,Der Fonds
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "notes"
    found.mkdir()
    for name, text in (("notes", NOTES), ("points", POINTS), ("texts", TEXTS)):
        (found / f"procedure_{name}.csv").write_text(text, encoding="utf-8")
    return found


def test_notes_come_in_and_go_out_equal(folder: Path, tmp_path: Path) -> None:
    report = import_package(folder)
    assert not report.problems
    note = ProcedureNote.objects.published().get(name="Adults who return")
    assert (note.origin_entry.code, note.destination_entry.code) == ("DE", "RO")
    assert {point.topic for point in note.points.all()} == {"papers", "usual_time", "costs"}
    assert note.points.get(topic="papers").source_url == "https://consulate.example.org"
    assert note.text("de").usual_time == "Drei Wochen"
    first = exported(tmp_path / "first")
    assert "- Two photos" in first["procedure_notes.csv"]
    again = import_package(tmp_path / "first")
    assert not again.problems
    assert again.changes == 0
    for found in ProcedureNote.objects.all():
        found.delete()
    assert not import_package(tmp_path / "first").problems
    assert exported(tmp_path / "second") == first


def test_what_the_site_made_is_exported(tmp_path: Path) -> None:
    make_note(name="Way back", translations={"fr": {"papers": "Un titre de voyage."}}, audience="members")
    files = exported(tmp_path / "out")
    assert "Way back,DE,RO,A travel paper of the consulate." in files["procedure_notes.csv"]
    assert "members" in files["procedure_notes.csv"]
    assert "Un titre de voyage." in files["procedure_texts.csv"]


WRONG: list[tuple[str, Callable[[str], str], str]] = [
    ("notes", lambda text: text.replace(',DE,RO,"-', ',DE,DE,"-'), "Choose two different countries."),
    ("notes", lambda text: text.replace(',DE,RO,"-', ',DE,QQ,"-'), "QQ"),
    ("notes", lambda text: text.replace(",DE,RO,A", ",DE,,A"), "The value is missing."),
    ("points", lambda text: text.replace("2026-01-05", "5 January"), "as_of"),
    ("points", lambda text: text.replace("2026-01-05", "2999-01-01"), "still to come"),
    ("points", lambda text: text.replace("costs,2025-11-30,Fund,\n", "costs,2025-11-30,,\n"), "The value is missing."),
    ("points", lambda text: text.replace(",costs,", ",fees,"), "fees"),
    ("points", lambda text: text.replace(",costs,", ",papers,"), "given twice"),
    ("points", lambda text: text.replace("Adults who return,costs,2025-11-30,Fund,\n", ""), "Who pays"),
    ("points", lambda text: text.replace("Adults who return,costs", "Nobody,costs"), "Nobody"),
    ("texts", lambda text: text.replace(",de,", ",en,"), "language"),
]


@pytest.mark.parametrize(("file", "change", "words"), WRONG)
def test_what_is_wrong_is_refused_with_its_place(
    folder: Path, file: str, change: Callable[[str], str], words: str
) -> None:
    path = folder / f"procedure_{file}.csv"
    before = path.read_text(encoding="utf-8")
    path.write_text(change(before), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != before
    report = import_package(folder)
    assert any(words in line for line in report.lines()), report.lines()
    assert report.problems
    assert not ProcedureNote.objects.exists()
