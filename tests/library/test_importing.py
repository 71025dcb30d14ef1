"""Library documents in packages: what comes in comes out as it was, what is wrong is refused with its place."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from library.models import DocumentFile, DocumentInstrument, DocumentUse, FileVersion, LibraryDocument
from platform_site.records.packages.exporting import export_package
from platform_site.records.packages.running import import_package
from platform_site.records.services import publish_record
from tests.factories import make_chart, make_organisation
from tests.library.making import make_document, make_pdf, text_file

pytestmark = pytest.mark.django_db
HEADER = "file,title,kind,issuer,year,language,level,countries,topics,summary,source_url"
LINES = [
    'one.txt,"A handbook, printed",handbook,,2012,en;it,european,IT;RO,prevention;return,A *summary*.,http://www.example.org',
    ",Without a file,declaration,A conference,,fr,,,,,",
]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "package"
    (folder / "library").mkdir(parents=True)
    (folder / "library" / "library.csv").write_text("\n".join([HEADER, *LINES, ""]), encoding="utf-8")
    (folder / "library" / "one.txt").write_bytes("\n\n  Être\n\n# ONE\n\nWords. \n".encode())
    (folder / "mappings.csv").write_text(
        "source_file,field,source_value,list,code\nlibrary/library.csv,topics,return,topics,return_reintegration\n"
    )
    return folder


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def change(package: Path, old: str, new: str) -> None:
    table = package / "library" / "library.csv"
    text = table.read_text(encoding="utf-8")
    assert old in text
    table.write_text(text.replace(old, new), encoding="utf-8")


def problems(package: Path) -> list[str]:
    return [str(problem) for problem in import_package(package).problems]


def test_the_files_of_a_package_come_out_as_they_went_in(package: Path, tmp_path: Path) -> None:
    report = import_package(package)
    assert not report.problems
    assert "library/" not in report.without_place
    first = LibraryDocument.objects.get(name="A handbook, printed")
    assert (first.slug, first.published_on, first.address) == ("a-handbook-printed", "2012", "http://www.example.org")
    assert first.codes("topics") == ["prevention", "return_reintegration"]
    assert [(row.key, row.language, row.stored.state) for row in first.files.all()] == [("en", "en", "read")]
    assert [section.heading for section in first.files.get().stored.sections.all()] == ["", "ONE"]
    export_package(tmp_path / "out")
    given, exported = files_of(package), files_of(tmp_path / "out")
    for name in ("library/library.csv", "library/one.txt", "mappings.csv"):
        assert exported[name] == given[name], name
    second = import_package(package)
    assert {name: (count.same, count.changed, count.created) for name, count in second.files.items()} == {
        "library/library.csv": (2, 0, 0)
    }


def test_a_file_that_changed_takes_the_place_of_the_old_one(package: Path) -> None:
    import_package(package)
    (package / "library" / "one.txt").write_text("Other words.")
    report = import_package(package)
    assert report.files["library/library.csv"].changed == 1
    row = DocumentFile.objects.select_related("stored").get()
    assert (row.key, row.stored.words) == ("en", 2)
    assert FileVersion.objects.count() == 2


def test_everything_that_is_entered_on_the_site_travels(tmp_path: Path) -> None:
    organisation = make_organisation(name="House; no, home".replace(";", ","))
    chart = make_chart(chart_no=77)
    make_document(
        name="A form", slug="the-form", kind="standard_form", authors="Rossi, A.; Weber, K.", issuer="A body",
        adopted="2010", published_on="2012-03-04", in_force_on="2013-01", status="in_force", tool="form",
        address="https://example.org/a", checked_on=dt.date(2026, 1, 2), audience="members",
        instruments=[
            ("palermo_protocol", "art. 3 (a)"), ("untoc", "", "en: or not"), ("echr", "art. 4", "Verbot", "de"),
        ], monitoring_bodies=["greta"],
        uses=[organisation, chart], language="fr", languages=["de", "fr"],
        translations={"en": {"title": "A form", "summary": "In English."}, "it": {"summary": "In italiano."}},
        files=[
            ("fr", "form.pdf", make_pdf(["Words that are enough."])), text_file("annex.txt", "An annex."),
            text_file("form.txt", "Deux.", "fr"),
        ],
    )  # fmt: skip
    make_document(name="Another", slug="another", files=[text_file("annex.txt", "Another annex.")])
    export_package(tmp_path / "first")
    files = files_of(tmp_path / "first")
    assert {name for name in files if name.startswith("library/") and not name.endswith(".csv")} == {
        "library/form.pdf", "library/the-form-en-annex.txt", "library/form.txt", "library/another-en-annex.txt",
    }  # fmt: skip
    LibraryDocument.objects.all().delete()
    assert not import_package(tmp_path / "first").problems
    again = LibraryDocument.objects.get(slug="the-form")
    assert [(row.key, row.language) for row in again.files.all()] == [("fr", "fr"), ("en", "en"), ("fr-2", "fr")]
    assert [use.record_key for use in DocumentUse.objects.all()] == [organisation.key, "practice:77"]
    assert list(DocumentInstrument.objects.values_list("article", "subject", "subject_language")) == [
        ("art. 3 (a)", "", "en"), ("", "en: or not", "en"), ("art. 4", "Verbot", "de"),
    ]  # fmt: skip
    assert (again.audience, again.adopted, again.published_on, again.status) == (
        "members", "2010", "2012-03-04", "in_force",
    )  # fmt: skip
    export_package(tmp_path / "second")
    second = files_of(tmp_path / "second")
    assert second == files


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("one.txt", "two.txt", "no such file"),
        ("one.txt", "../secret.txt", "plain name"),
        ("2012", "MMXII", "Expected a year"),
        ("handbook,,", "booklet,,", "no code of the list"),
        ("IT;RO", "Italy", "no code of the list"),
        ("Without a file", '"A handbook, printed"', "stands twice"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(package: Path, old: str, new: str, reason: str) -> None:
    change(package, old, new)
    found = problems(package)
    assert any(reason in problem and "library/library.csv, line" in problem for problem in found), found
    assert not LibraryDocument.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [("closed.pdf", make_pdf(["Closed."], password="word"), "locked"), ("program.pdf", b"MZ", "ending of its name")],
)
def test_files_that_no_upload_may_bring_come_in_no_package_either(
    package: Path, name: str, data: bytes, reason: str
) -> None:
    (package / "library" / name).write_bytes(data)
    change(package, "one.txt", name)
    assert any(reason in problem for problem in problems(package))
    assert not LibraryDocument.objects.exists()


def test_files_that_nobody_names_are_noted(package: Path) -> None:
    (package / "library" / "left.txt").write_text("Left.")
    assert any("left.txt" in str(note) for note in import_package(package).notes)


def test_users_of_tools_have_to_be_there(package: Path) -> None:
    change(package, HEADER, f"{HEADER},used_by")
    change(package, "http://www.example.org", "http://www.example.org,practice:5")
    change(package, "fr,,,,,", "fr,,,,,,")
    assert any("no practice named '5'" in problem for problem in problems(package))


def test_subjects_belong_to_articles(package: Path) -> None:
    change(package, HEADER, f"{HEADER},instruments,instrument_subjects")
    change(package, "http://www.example.org", "http://www.example.org,palermo_protocol art. 3,;definition")
    change(package, "fr,,,,,", "fr,,,,,,,")
    assert any("more subjects here than instruments" in problem for problem in problems(package))
    change(package, ",;definition", ",definition")
    assert not problems(package)
    change(package, ",definition", "")
    change(package, "fr,,,,,,,", "fr,,,,,,")
    change(package, ",instrument_subjects", "")
    change(package, "palermo_protocol art. 3", "untoc;palermo_protocol art. 3")
    assert not problems(package)
    assert list(DocumentInstrument.objects.values_list("subject", flat=True)) == ["", "definition"]


def test_what_somebody_changed_on_the_site_is_kept(package: Path) -> None:
    import_package(package)
    document: Any = LibraryDocument.objects.get(name="A handbook, printed")
    document.issuer = "Changed here"
    publish_record(record=document)
    report = import_package(package)
    assert [problem.reason for problem in report.kept]
    assert LibraryDocument.objects.get(pk=document.pk).issuer == "Changed here"
