"""What the site has from another source is not replaced by a package, and the report names what an import changes."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command

from directory.models import Network, Organisation, Service
from platform_site.home.importing import FOLDER
from platform_site.home.models import PlainPage
from platform_site.records.packages.exporting import export_package
from platform_site.records.services import publish_record
from practices.importing import FILE
from practices.models import CaseStudy, PracticeChart
from tests.factories import make_case, make_user
from tests.importing.conftest import edit

OTHER = "Handbook of another platform"


def told(entries):
    """Return problems as one text."""
    return "\n".join(str(entry) for entry in entries)


@pytest.fixture
def changed(package):
    """Change one row in each kind of file, so that the package says something else than the site."""

    def change() -> None:
        edit(package / "organisations.csv", "Via dei Fari 3", "Via dei Fari 4")
        edit(package / FILE, "That nobody sails unpaid.", "That nobody sails for nothing.")
        edit(package / FOLDER / "about.md", "Who we are.", "Who we are today.")

    return change


def test_a_package_from_elsewhere_is_refused_with_each_record_that_it_would_replace(run, changed):
    run()
    changed()
    before = {model: list(model.objects.order_by("pk").values()) for model in (Organisation, PracticeChart, PlainPage)}
    report = run_as_other(run)
    assert not report.done
    assert {problem.place.file for problem in report.problems} == {"organisations.csv", FILE, f"{FOLDER}about.fr.md"}
    text = told(report.problems)
    for name in ("chart 1: ", "'Advice on the quay'", "'Casa Lanterna'", "'package'", repr(OTHER), "--overwrite"):
        assert name in text, (name, text)
    assert before == {model: list(model.objects.order_by("pk").values()) for model in before}


def run_as_other(run, **options):
    """Import the package as if it were another one, from another platform."""
    folder = options.pop("folder", None)
    if folder is None:
        folder = run.package
    (folder / "package.yaml").write_text(f"format: 1\nsource: {OTHER}\n", encoding="utf-8")
    return run(folder=folder, **options)


@pytest.fixture
def run(run, package):
    """The import, knowing its package."""
    run.package = package
    return run


def test_what_is_replaced_is_from_the_package_in_all_its_languages(run, changed):
    run()
    PlainPage.objects.update(source_url="https://old.example.org/")
    changed()
    report = run_as_other(run, overwrite=True)
    assert not report.problems
    assert Organisation.objects.get(name="Casa Lanterna").source == OTHER
    assert Organisation.objects.get(name="Mooring Trust").source == "package"
    assert PracticeChart.objects.get(chart_no=1).source == OTHER
    pages = PlainPage.objects.filter(slug="about", locale__language_code__in=("en", "fr"))
    assert {(page.source, page.source_url) for page in pages} == {(OTHER, "")}
    assert run_as_other(run).changes == 0
    edit(run.package / FILE, "That nobody sails for nothing.", "That everybody is paid.")
    assert run_as_other(run).files[FILE].changed == 1


def test_a_trial_run_names_the_conflicts_too(run, changed):
    run()
    changed()
    assert len(run_as_other(run, dry_run=True).problems) == 3


@pytest.mark.parametrize("first", ["", OTHER])
@pytest.mark.parametrize("second", ["", OTHER])
def test_the_same_package_is_known_with_and_without_a_source_given(run, changed, first, second):
    run(source=first)
    assert run(source=second).changes == 0
    changed()
    report = run(source=second)
    assert not report.problems
    assert report.changes == 3
    assert PracticeChart.objects.get(chart_no=1).source == (first or "package")
    assert run(source=first).changes == 0


def test_a_source_that_an_editor_corrected_is_no_other_package(run, changed):
    run()
    chart = PracticeChart.objects.get(chart_no=1)
    chart.source = "The organisation itself"
    publish_record(record=chart, author=make_user("editor"))
    changed()
    report = run()
    assert not report.problems
    assert "'1' is kept" in told(report.kept)
    assert run(overwrite=True).files[FILE].changed == 1
    assert PracticeChart.objects.get(chart_no=1).source == "The organisation itself"


def test_an_export_is_known_where_it_was_made(run, tmp_path):
    run()
    PracticeChart.objects.filter(chart_no=7).update(source=OTHER)
    export_package(tmp_path / "out")
    assert run(folder=tmp_path / "out").changes == 0
    edit(tmp_path / "out" / "practices.json", "That nobody sails unpaid.", "That everybody is paid.")
    edit(tmp_path / "out" / "practices.json", "Shortened.", "Made shorter.")
    report = run(folder=tmp_path / "out")
    assert not report.problems
    assert report.files[FILE].changed == 2


def test_parts_alone_are_a_conflict_too(run, tmp_path):
    run()
    folder = tmp_path / "parts"
    folder.mkdir()
    text = (run.package / "services.csv").read_text(encoding="utf-8")
    (folder / "services.csv").write_text(text.replace("about 30 a year", "about 40 a year"), encoding="utf-8")
    (folder / "mappings.csv").write_bytes((run.package / "mappings.csv").read_bytes())
    report = run(folder=folder)
    assert "services.csv, line " in told(report.problems)
    assert not Service.objects.filter(capacity_note__contains="about 40").exists()


def test_case_studies_and_networks_are_a_conflict_too(run, tmp_path):
    run()
    make_case(case_no=8, source="package")
    export_package(tmp_path / "out")
    edit(tmp_path / "out" / "case_studies.json", '"RO"', '"BG"')
    edit(tmp_path / "out" / "networks.csv", "Quay Circle,", "Quay Circle,The circle")
    for model in (CaseStudy, Network):
        model.objects.update(source=OTHER)
    text = told(run(folder=tmp_path / "out").problems)
    assert "case_studies.json, case 8: " in text
    assert "networks.csv, line " in text


def test_a_network_of_another_source_gets_a_member_and_stays_what_it_is(run, tmp_path):
    run()
    folder = tmp_path / "next"
    folder.mkdir()
    (folder / "organisations.csv").write_text(
        "name,country,kind,networks\nNew Trust,IT,ngo,Quay Circle\n", encoding="utf-8"
    )
    report = run(folder=folder)
    assert not report.problems
    network = Network.objects.get(name="Quay Circle")
    assert [row.organisation.name for row in network.memberships.all()] == ["Casa Lanterna", "New Trust"]
    assert network.source == "package"


def test_the_report_names_what_is_changed_removed_and_replaced(run, changed):
    run()
    changed()
    (run.package / FOLDER / "about.md").unlink()
    rows = (run.package / "services.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    gone = next(number for number, row in enumerate(rows) if "Advice on wages" in row)
    (run.package / "services.csv").write_text("".join(rows[:gone] + rows[gone + 1 :]), encoding="utf-8")
    report = run()
    text = told(report.changed)
    assert "practices.json, chart 1: '1': 1 changed." in text
    assert "organisations.csv, line 2: 'Casa Lanterna': 1 changed." in text
    assert "'about': 1 removed (en)." in text
    assert "services.csv" in text
    assert "1 removed (" in text
    assert "Advice on wages" in text
    assert len(report.changed) == 4
    assert report.as_dict()["changed"] == [entry.as_dict() for entry in report.changed]
    assert all(str(entry) in "\n".join(report.lines()) for entry in report.changed)


def test_the_report_says_whose_record_was_replaced(run, changed):
    run()
    changed()
    text = told(run_as_other(run, overwrite=True).changed)
    assert "practices.json, chart 1: '1': 1 changed. It was from 'package'." in text


def test_the_command_writes_the_conflicts_into_its_report(run, changed, tmp_path):
    run()
    changed()
    (run.package / "package.yaml").write_text(f"format: 1\nsource: {OTHER}\n", encoding="utf-8")
    with pytest.raises(CommandError, match=OTHER):
        call_command("import_package", run.package, report=tmp_path / "r.json", verbosity=0)
    refused = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["refused"]
    assert (FILE, "chart 1") in {(entry["file"], entry["row"]) for entry in refused}
