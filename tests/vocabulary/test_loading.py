"""The lists: complete, loaded safely, and protected while in use."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.db.models import ProtectedError

from platform_site.vocabulary.loading import LISTS, NOT_TERMS, load_vocabularies
from platform_site.vocabulary.models import Term
from platform_site.vocabulary.store import vocabulary
from tests.factories import make_organisation, make_service

pytestmark = pytest.mark.django_db


def test_a_second_load_changes_nothing() -> None:
    load_vocabularies()
    before = list(Term.objects.order_by("pk").values())
    report = load_vocabularies()
    assert (report.created, report.changed, report.kept) == (0, 0, [])
    assert list(Term.objects.order_by("pk").values()) == before


def test_parents_include_their_children() -> None:
    services = vocabulary("service_types")
    assert "shelter" in services.with_descendants("accommodation")
    assert services.with_ancestors("shelter")[-1] == "accommodation"
    assert vocabulary("countries").label("XK", "de") == "Kosovo"


def write_list(folder: Path, label: str, parent: str = "") -> None:
    with (folder / "colours.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["code", "parent_code", "en", "fr", "de", "es", "it", "scope_note_en"])
        writer.writerow(["warm", "", "Warm", "", "", "", "", ""])
        writer.writerow(["red", parent, label, "Rouge", "Rot", "Rojo", "Rosso", ""])


def test_an_editors_change_is_kept_and_named(tmp_path) -> None:
    write_list(tmp_path, "Red")
    load_vocabularies(tmp_path)
    term = Term.objects.get(vocabulary="colours", code="red")
    term.label_en = "Scarlet"
    term.save()

    write_list(tmp_path, "Red")
    assert load_vocabularies(tmp_path).kept == [], "nothing new to say: the list still has the old value"
    write_list(tmp_path, "Crimson")
    report = load_vocabularies(tmp_path)

    assert len(report.kept) == 1
    assert "colours/red" in report.kept[0]
    term.refresh_from_db()
    assert term.label_en == "Scarlet"
    assert term.label_fr == "Rouge"


def test_an_unchanged_term_follows_the_list(tmp_path) -> None:
    write_list(tmp_path, "Red")
    load_vocabularies(tmp_path)
    write_list(tmp_path, "Crimson", parent="warm")
    report = load_vocabularies(tmp_path)
    assert report.kept == []
    assert vocabulary("colours").label("red", "en") == "Crimson"
    assert vocabulary("colours")["red"].parent == "warm"


def test_an_editors_parent_is_kept(tmp_path) -> None:
    write_list(tmp_path, "Red")
    load_vocabularies(tmp_path)
    red = Term.objects.get(vocabulary="colours", code="red")
    red.parent = Term.objects.get(vocabulary="colours", code="warm")
    red.save()
    load_vocabularies(tmp_path)
    red.refresh_from_db()
    assert red.parent is not None


def test_a_term_in_use_cannot_be_deleted() -> None:
    make_organisation(services=[make_service(languages=["ro"])])
    with pytest.raises(ProtectedError):
        Term.objects.get(vocabulary="languages", code="ro").delete()


TERM_LISTS = [path for path in sorted(LISTS.glob("*.csv")) if path.stem not in NOT_TERMS]


@pytest.mark.parametrize("path", TERM_LISTS, ids=lambda path: path.stem)
def test_every_list_has_labels_in_five_languages(path) -> None:
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            assert row["code"]
            assert all(row[language] for language in ("en", "fr", "de", "es", "it")), row["code"]
