"""The records that a programme names, and those that use a tool, in packages: by their keys, wherever they stand."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.models import Network, Organisation, Programme, ProgrammeLink
from library.models import DocumentUse, LibraryDocument
from platform_site.records.packages.importer import is_as_imported
from platform_site.records.packages.links import LinksColumn
from platform_site.records.services import publish_record, withdraw_record
from practices.models import CaseStudy, PracticeChart
from tests.factories import make_case, make_chart, make_network, make_organisation
from tests.importing.conftest import PACKAGE, edit, exported
from tests.library.making import make_document

LEAVE_OUT = ("pages",)
HEADER = "name,acronym,kind,coordinator,partners,countries,start,end,funder,summary,evidence"
DOCUMENT = "title,kind,issuer,year,language,level,countries,topics,summary,source_url,used_by\n"


def name_in(package: Path, harbours: str, day: str = "") -> None:
    """Give the programmes of the package the column, with these cells."""
    path = package / "programmes.csv"
    lines = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    for line, cell in zip(lines, ("linked_records", harbours, day), strict=True):
        line.append(cell)
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(lines)
    path.write_text(written.getvalue(), encoding="utf-8")


def put_document(package: Path, used_by: str = "") -> None:
    folder = package / "library"
    folder.mkdir()
    (folder / "library.csv").write_text(f"{DOCUMENT}A form for two,handbook,,,en,,,,,,{used_by}\n", encoding="utf-8")


def chart_numbers() -> list[int]:
    return [chart["chart_no"] for chart in json.loads((PACKAGE / "practices.json").read_text(encoding="utf-8"))]


def keys_of(programme: str) -> list[str]:
    return [row.record_key for row in Programme.objects.get(name=programme).linked_records.all()]


def nothing_left() -> None:
    for model in (LibraryDocument, Programme, PracticeChart, CaseStudy, Network, Organisation):
        if model is LibraryDocument:
            DocumentUse.objects.all().delete()
            ProgrammeLink.objects.all().delete()
        for record in model.objects.order_by("-pk"):
            record.delete()


def test_what_they_name_may_come_later_and_may_name_them(run: Any, package: Path, tmp_path: Path) -> None:
    put_document(package, "programme:Two Harbours")
    number = chart_numbers()[0]
    keys = [f"practice:{number}", "document:a-form-for-two", "programme:Harbour Day", "network:Harbour Network"]
    name_in(package, ";".join(keys), "programme:Two Harbours")
    report = run()
    assert not report.problems, report.problems
    assert (report.count("programmes.csv").created, report.count("programmes.csv").changed) == (2, 0)
    assert keys_of("Two Harbours") == keys
    assert keys_of("Harbour Day") == ["programme:Two Harbours"]
    assert DocumentUse.objects.get().record_key == "programme:Two Harbours"
    assert all(is_as_imported(programme) for programme in Programme.objects.all())
    again = run()
    assert not again.changed
    assert not again.kept
    first = exported(tmp_path / "first")
    assert first["programmes.csv"] == (package / "programmes.csv").read_text(encoding="utf-8")
    nothing_left()
    assert not run(folder=tmp_path / "first").problems
    assert exported(tmp_path / "second") == first


def test_a_trial_run_reads_them_too_and_leaves_nothing(run: Any, package: Path) -> None:
    name_in(package, f"practice:{chart_numbers()[0]}")
    assert not run(dry_run=True).problems
    assert not Programme.objects.exists()
    assert not PracticeChart.objects.exists()


def test_a_package_without_the_column_leaves_them_as_they_are(run: Any, package: Path, tmp_path: Path) -> None:
    run()
    files = exported(tmp_path / "without")
    assert files["programmes.csv"].splitlines()[0] == HEADER
    assert files["programmes.csv"] == (PACKAGE / "programmes.csv").read_text(encoding="utf-8")
    programme = Programme.objects.get(name="Harbour Day")
    programme.linked_records = [ProgrammeLink(record_type="practice", record_pk=PracticeChart.objects.all()[0].pk)]
    publish_record(record=programme)
    report = run(overwrite=True)
    assert not report.changed
    assert len(keys_of("Harbour Day")) == 1


def test_another_value_is_a_change_and_an_empty_one_takes_them_away(run: Any, package: Path) -> None:
    number = chart_numbers()[0]
    name_in(package, f"practice:{number}; network:Harbour Network")
    run()
    edit(package / "programmes.csv", f"practice:{number}; network", f"network:Quay Circle;practice:{number};network")
    assert [str(change.reason) for change in run().changed] == ["'Two Harbours': 1 changed."]
    assert keys_of("Two Harbours") == ["network:Quay Circle", f"practice:{number}", "network:Harbour Network"]
    edit(package / "programmes.csv", f"network:Quay Circle;practice:{number};network:Harbour Network", "")
    run()
    assert keys_of("Two Harbours") == []


def test_what_is_on_the_site_can_be_named(run: Any, package: Path) -> None:
    case, document = make_case(case_no=31), make_document(name="Here already", slug="here")
    name_in(package, "case:31;document:here")
    assert not run().problems
    assert [row.record for row in Programme.objects.get(name="Two Harbours").linked_records.all()] == [case, document]


@pytest.mark.parametrize(("cell", "reason"), [
    ("practice:4711", "There is no practice named '4711', neither in the package nor on the site."),
    ("network:Harbour Netwerk", "Is 'Harbour Network' meant?"),
    ("document:A form for two", "There is no document named 'A form for two'"),
    ("case:0", "There is no case named '0'"),
    ("organisation:Casa Lanterna", "Expected keys such as practice:3 (kinds: practice, case, document, network, "),
    ("guide:1", "not 'guide:1'."),
    ("practice:", "not 'practice:'."),
    ("4711", "not '4711'."),
    ("programme:Two Harbours", "A record cannot name itself."),
])  # fmt: skip
def test_what_is_not_there_is_refused_with_its_place(run: Any, package: Path, cell: str, reason: str) -> None:
    put_document(package)
    name_in(package, f"network:Harbour Network;{cell}")
    problems = [str(problem) for problem in run().problems]
    assert any(reason in problem and problem.startswith("programmes.csv, line 2") for problem in problems), problems
    if "itself" not in reason:
        assert all("line 2, linked_records" in problem for problem in problems), problems
    assert not Programme.objects.exists()


def test_a_withdrawn_programme_comes_in_with_what_it_names(run: Any, package: Path, tmp_path: Path) -> None:
    run()
    programme = Programme.objects.get(name="Two Harbours")
    chart = PracticeChart.objects.first()
    programme.linked_records = [ProgrammeLink(record_type="practice", record_pk=chart.pk)]
    withdraw_record(record=publish_record(record=programme), user=None, reason="It ended.")
    files = exported(tmp_path / "first")
    nothing_left()
    assert not run(folder=tmp_path / "first").problems
    again = Programme.objects.get(name="Two Harbours")
    assert not again.live
    assert [row.record_key for row in again.linked_records.all()] == [chart.key]
    assert exported(tmp_path / "second") == files


@pytest.mark.django_db
def test_what_is_not_exported_is_not_named(tmp_path: Path) -> None:
    hidden = make_organisation()
    chart, case, tool = make_chart(organisations=[hidden]), make_case(organisation=hidden), make_document(name="Tool")
    draft, network = make_chart(), make_network("Round Table", [])
    programme = Programme(name="Way", slug="way")
    programme.texts = []
    records = (chart, case, tool, draft, network)
    programme.linked_records = [
        ProgrammeLink(record_type=record.record_type, record_pk=record.pk, sort_order=number)
        for number, record in enumerate(records)
    ]
    programme.texts = [Programme.texts.rel.related_model(is_original=True, summary="What it did.")]
    publish_record(record=programme)
    make_document(name="Form", uses=[draft, programme])
    for record in (hidden, draft):
        type(record).objects.filter(pk=record.pk).update(live=False)
    files = exported(tmp_path / "out")
    (row,) = csv.DictReader(io.StringIO(files["programmes.csv"]))
    assert row["linked_records"] == f"{tool.key};network:Round Table"
    used_by = {row["title"]: row["used_by"] for row in csv.DictReader(io.StringIO(files["library/library.csv"]))}
    assert used_by == {"Tool": "", "Form": "programme:Way"}


KEYS = st.lists(st.sampled_from(["practice:1", "case:2", "network:A net", "document:a-b"]), unique=True)


@given(keys=KEYS, absent=st.sets(st.sampled_from(["practice:1", "case:2", "network:A net", "document:x"])))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_a_cell_loses_what_is_absent_and_nothing_else(keys: list[str], absent: set[str]) -> None:
    column = LinksColumn("linked_records", ProgrammeLink, "linked_records")
    left = column.without(";".join(keys), absent)
    assert left == ";".join(key for key in keys if key not in absent)
    assert column.without(left, absent) == left
