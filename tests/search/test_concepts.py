"""Concepts: what the gate asks for, and the project's thesaurus loaded without taking anything from an editor."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from platform_site.records.gate import PublishRefused
from platform_site.records.services import publish_record, save_draft, withdraw_record
from platform_site.vocabulary.loading import LISTS, load_everything
from search.models import Concept, ConceptLabel, ConceptRelation, ConceptText
from search.search_documents import concept_documents, published_concepts
from search.thesaurus.loading import load_concepts, read_thesaurus
from tests.search.making import build_concept, make_concept

pytestmark = pytest.mark.django_db


def reasons(concept: Concept) -> str:
    with pytest.raises(PublishRefused) as refused:
        publish_record(record=concept)
    return " ".join(refused.value.reasons)


# --- the gate ---------------------------------------------------------------------------------------------------
def test_a_concept_needs_a_preferred_label_and_no_text() -> None:
    assert "Add a preferred label" in reasons(build_concept("lantern", ("en", "lantern", "alt")))
    assert make_concept("lantern", ("en", "lantern", "pref")).live


def test_a_language_has_one_preferred_label() -> None:
    concept = build_concept("lantern", ("en", "lantern", "pref"), ("en", "light house", "pref"))
    assert "A language has one preferred label." in reasons(concept)
    make_concept("lantern", ("en", "lantern", "pref"), ("fr", "lanterne", "pref"))


@pytest.mark.parametrize("again", ["Lantern", " LANTERN"])
def test_a_label_stands_there_once(again: str) -> None:
    assert "twice" in reasons(build_concept("lantern", ("en", "lantern", "pref"), ("en", again, "alt")))
    make_concept("lantern", ("en", "lantern", "pref"), ("de", again, "alt"))


def test_a_label_of_signs_alone_is_refused() -> None:
    assert "letter or a digit" in reasons(build_concept("lantern", ("en", "lantern", "pref"), ("en", "!?", "alt")))


def test_a_label_that_widens_belongs_to_one_concept() -> None:
    make_concept("lantern", ("en", "sea-lantern", "pref"))
    other = build_concept("beacon", ("en", "beacon", "pref"), ("it", "Sea Lantern", "alt"))
    assert "“Sea Lantern” belongs to “sea-lantern” already" in reasons(other)
    other = build_concept("beacon", ("en", "beacon", "pref"), ("it", "Sea Lantern", "alt", False))
    assert publish_record(record=other).live


def test_a_concept_keeps_its_own_labels_when_it_is_published_again() -> None:
    concept = make_concept("lantern", ("en", "sea lantern", "pref"))
    assert publish_record(record=concept).live


def test_broader_concepts_make_no_circle() -> None:
    top = make_concept("top", ("en", "topmost thing", "pref"))
    middle = make_concept("middle", ("en", "middle thing", "pref"), broader=[top])
    low = make_concept("low", ("en", "lowest thing", "pref"), broader=[middle])
    top.relations = [ConceptRelation(kind="broader", other=low)]
    assert "above each other" in reasons(top)
    top.relations = [ConceptRelation(kind="related", other=low)]
    assert publish_record(record=top).live


def test_a_concept_names_itself_never_and_others_once() -> None:
    one = make_concept("one", ("en", "first thing", "pref"))
    two = make_concept("two", ("en", "second thing", "pref"))
    one.relations = [ConceptRelation(kind="related", other=one)]
    assert "no relation to itself" in reasons(one)
    one.relations = [ConceptRelation(kind=kind, other=two) for kind in ("related", "broader")]
    assert "named twice" in reasons(one)


def test_one_text_is_the_original() -> None:
    concept = build_concept("lantern", ("en", "lantern", "pref"))
    concept.texts = [ConceptText(language="en", scope_note="A light.")]
    assert "exactly one text as the original" in reasons(concept)


def test_the_title_is_in_the_readers_language() -> None:
    from django.utils import translation

    concept = make_concept("lantern", ("it", "lanterna", "pref"), ("en", "lantern", "pref"), ("de", "Laterne", "pref"))
    found = {}
    for language in ("de", "it", "fr"):
        with translation.override(language):
            found[language] = (concept.title, concept.title_language)
    assert found == {"de": ("Laterne", "de"), "it": ("lanterna", "it"), "fr": ("lantern", "en")}
    assert str(concept) == "lantern"


def test_what_is_indexed_has_no_hidden_label_and_no_draft() -> None:
    concept = make_concept(
        "lantern",
        ("en", "lantern", "pref"),
        ("en", "lamp", "alt"),
        ("en", "lantrn", "hidden"),
        ("fr", "lanterne", "pref"),
    )
    draft = save_draft(record=build_concept("beacon", ("en", "beacon", "pref"))).as_object()
    (document,) = concept_documents([concept.pk, draft.pk])
    assert document.key == "concept:lantern"
    assert document.path == "glossary/lantern/"
    assert {language: (texts.title, texts.names) for language, texts in document.texts.items()} == {
        "en": ("lantern", "lamp"),
        "fr": ("lanterne", ""),
    }
    assert concept.pk in published_concepts()
    assert draft.pk not in published_concepts()


# --- loading ----------------------------------------------------------------------------------------------------
@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with a small thesaurus of its own."""
    folder = tmp_path / "lists"
    folder.mkdir()
    rewrite(folder, "thesaurus.csv", lambda _rows: [
        ["concept", "lang", "label", "kind", "expand"],
        ["tide", "en", "spring tide", "pref", "yes"],
        ["tide", "fr", "grande marée", "pref", "yes"],
        ["moon", "en", "full moon", "pref", "yes"],
    ])  # fmt: skip
    rewrite(
        folder, "thesaurus_relations.csv", lambda _rows: [["concept", "relation", "other"], ["tide", "related", "moon"]]
    )
    rewrite(folder, "thesaurus_notes.csv", lambda _rows: [["concept", "scope_note_en"], ["tide", "High water."]])
    return folder


def rewrite(folder: Path, name: str, change: Callable[[list[list[str]]], list[list[str]]]) -> None:
    path = folder / name
    rows = list(csv.reader(path.open(encoding="utf-8", newline=""))) if path.exists() else []
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows(change(rows))


def labels(code: str) -> list[str]:
    return [row.label for row in Concept.objects.get(code=code).labels.order_by("sort_order", "pk")]


def test_the_projects_thesaurus_is_loaded_whole() -> None:
    wanted = read_thesaurus(LISTS)
    assert len(wanted) == 202
    assert set(Concept.objects.published().values_list("code", flat=True)) == set(wanted)
    assert ConceptLabel.objects.count() == sum(len(content["labels"]) for content in wanted.values())
    assert ConceptRelation.objects.count() == sum(len(content["relations"]) for content in wanted.values())


def test_every_loaded_concept_would_pass_the_gate() -> None:
    from platform_site.records.gate import completeness_reasons

    concepts = list(Concept.objects.for_entry().order_by("pk"))
    assert {concept.code: found for concept in concepts if (found := completeness_reasons(concept))} == {}


def test_a_second_load_changes_nothing() -> None:
    before = [list(model.objects.order_by("pk").values()) for model in (Concept, ConceptLabel, ConceptRelation)]
    report = load_everything()["Concepts"]
    assert (report.created, report.changed, report.kept) == (0, 0, [])
    after = [list(model.objects.order_by("pk").values()) for model in (Concept, ConceptLabel, ConceptRelation)]
    assert after == before


def test_what_the_files_changed_is_taken_and_what_an_editor_changed_is_kept(files: Path) -> None:
    assert load_concepts(files).created == 2
    moon = Concept.objects.get(code="moon")
    moon.labels = [ConceptLabel(language="en", label="moon that is full", kind="pref")]
    publish_record(record=moon)
    rewrite(
        files,
        "thesaurus.csv",
        lambda rows: [[cell.replace("spring tide", "high tide") for cell in row] for row in rows],
    )
    report = load_concepts(files)
    assert (report.created, report.changed, report.kept) == (0, 1, [])
    assert labels("tide") == ["high tide", "grande marée"]
    assert labels("moon") == ["moon that is full"]

    rewrite(
        files, "thesaurus.csv", lambda rows: [[cell.replace("full moon", "whole moon") for cell in row] for row in rows]
    )
    report = load_concepts(files)
    assert report.kept == ["thesaurus/moon: the labels were not taken from the project's files: changed here."]
    assert labels("moon") == ["moon that is full"]
    assert load_concepts(files).kept == [], "said once"


def test_parts_are_taken_one_by_one(files: Path) -> None:
    load_concepts(files)
    tide = Concept.objects.get(code="tide")
    tide.labels = [*tide.labels.all(), ConceptLabel(language="de", label="Springflut", kind="pref", sort_order=9)]
    publish_record(record=tide)
    rewrite(files, "thesaurus_notes.csv", lambda rows: [rows[0], ["tide", "Water at its highest."]])
    assert load_concepts(files).changed == 1
    assert labels("tide") == ["spring tide", "grande marée", "Springflut"]
    assert Concept.objects.get(code="tide").text("en").scope_note == "Water at its highest."


def test_a_draft_and_a_withdrawal_are_left_alone(files: Path) -> None:
    load_concepts(files)
    tide, moon = Concept.objects.get(code="tide"), Concept.objects.get(code="moon")
    tide.labels = [ConceptLabel(language="en", label="neap tide", kind="pref")]
    save_draft(record=tide)
    withdraw_record(record=moon, user=None, reason="Not ours.")
    rewrite(
        files,
        "thesaurus.csv",
        lambda rows: [[*row[:2], f"{row[2]} x" if row[1] == "en" else row[2], *row[3:]] for row in rows],
    )
    report = load_concepts(files)
    assert report.changed == 0
    assert [sentence.rpartition(": ")[2] for sentence in report.kept] == ["it has a draft.", "it is not on the site."]
    assert labels("tide") == ["spring tide", "grande marée"]
    assert not Concept.objects.get(code="moon").live


def test_a_new_concept_does_not_take_a_label_of_the_sites_own(files: Path) -> None:
    make_concept("sea", ("en", "Spring Tide", "pref"))
    report = load_concepts(files)
    assert report.kept == ["thesaurus/tide: 'spring tide' does not widen a search, since 'sea' of this site has it."]
    assert not ConceptLabel.objects.get(concept__code="tide", label="spring tide").expand


def test_a_folder_without_thesaurus_loads_nothing(tmp_path: Path) -> None:
    shutil.copy(LISTS / "ages.csv", tmp_path)
    assert load_concepts(tmp_path).created == 0
