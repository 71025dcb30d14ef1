"""What is wrong is said with file and place, and nothing is changed."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command

from directory.models import Organisation
from platform_site.vocabulary import versions
from platform_site.vocabulary.models import Term
from tests.importing.conftest import edit

LEAVE_OUT = ("practices.json", "pages")
HEADER = "name,country,kind\n"


def refuse(run, package, name, content):
    path = package / name
    path.parent.mkdir(exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content, encoding="utf-8")
    report = run()
    assert not report.done
    assert not Organisation.objects.exists()
    return [str(problem) for problem in report.problems]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("organisations.csv", b"name,country,kind\nCaf\xe9,FR,ngo\n", "line 2: The file is not UTF-8: byte 0xe9"),
        ("organisations.csv", "name,country,kind\n".encode("utf-16"), "The file is UTF-16"),
        ("organisations.csv", b"name,country,kind\nA\x00B,FR,ngo\n", "line 2: There is a control character (U+0000)"),
        ("organisations.csv", "", "The file is empty"),
        ("organisations.csv", "name,country,kind,colour\n", "line 1, colour: The format has no such column."),
        ("organisations.csv", "name,country,kind,name\n", "line 1, name: The column stands twice"),
        ("organisations.csv", "name,country\n", "line 1, kind: The column is missing."),
        ("organisations.csv", HEADER + "A,FR\n", "line 2: The row has 2 cells, the header has 3."),
        ("organisations.csv", HEADER + '"A"x,FR,ngo\n', "line 2: The table is damaged"),
        ("organisations.csv", HEADER + '\n"A,FR,ngo\n', "line 3: The table is damaged"),
        ("organisations.csv", HEADER + "A,FR,ngo\nA,IT,ngo\n", "line 3, name: 'A' stands twice in the table: line 2"),
        ("organisations.csv", HEADER + ",FR,ngo\n", "line 2, name: The value is missing."),
        ("organisations.csv", HEADER + "A;B,FR,ngo\n", "line 2, name: A name cannot hold a semicolon"),
        ("organisations.csv", HEADER + f"{'A' * 256},FR,ngo\n", "line 2, name: Ensure this value has at most 255"),
        (
            "organisations.csv",
            HEADER + "A,France,ngo\n",
            "line 2, country: 'France' is no code of the list 'countries'",
        ),
        ("organisations.csv", HEADER + "A,FR,ngos\n", "no mapping explains it. Is 'ngo' meant?"),
        (
            "organisations.csv",
            "name,country,kind,email\nA,FR,ngo,nobody\n",
            "line 2, email: Enter a valid email address.",
        ),
        ("organisations.csv", "name,country,kind,website\nA,FR,ngo,ftp\n", "line 2, website: Enter a valid URL."),
        ("organisations.csv", "name,country,kind,founded\nA,FR,ngo,long ago\n", "line 2, founded: "),
        ("organisations.csv", "name,country,kind,audience\nA,FR,ngo,friends\n", "line 2, audience: "),
        ("organisations.csv", "name,country,kind,public_office\nA,FR,ngo,maybe\n", "Expected yes, or an empty cell."),
        (
            "organisations.csv",
            "name,country,kind,office_shown\nA,FR,ngo,all\n",
            "Expected one of nobody, members, public",
        ),
        ("organisations.csv", "name,country,kind,confirmed_days_ago\nA,FR,ngo,-4\n", "Expected a number of days."),
        (
            "organisations.csv",
            "name,country,kind,confirmed_on,confirmed_days_ago\nA,FR,ngo,2025-01-01,4\n",
            "Give either confirmed_on or confirmed_days_ago.",
        ),
        ("organisations.csv", "name,country,kind,confirmed_on\nA,FR,ngo,2025-02-30\n", "line 2, confirmed_on: "),
        ("services.csv", "organisation,service_type\nCasa Lanterne,shelter\n", "Is 'Casa Lanterna' meant?"),
        ("services.csv", "organisation,service_type\nCasa Lanterna,\n", "line 2, service_type: The value is missing."),
        (
            "services.csv",
            'organisation,service_type,region\nCasa Lanterna,legal_aid,"Calle Mayor 5"\n',
            "line 2, region: Write the name of a city or region only",
        ),
        (
            "services.csv",
            "organisation,service_type,conditions\nCasa Lanterna,shelter,near the station\n",
            "line 2, conditions: This reads like a way to the place.",
        ),
        (
            "services.csv",
            "organisation,service_type,accommodation\nCasa Lanterna,shelter,no\n",
            "A service of this type accommodates people.",
        ),
        (
            "services.csv",
            "organisation,service_type,gender\nCasa Lanterna,shelter,female;x\n",
            "'x' is no code of the list",
        ),
        ("services.csv", "organisation,service_type,as_of\nCasa Lanterna,shelter,1204\n", "line 2, as_of: "),
        ("services.csv", "organisation,service_type,cost\nCasa Lanterna,shelter,much\n", "line 2, cost: "),
        ("services.csv", "organisation,service_type,capacity\nCasa Lanterna,shelter,8 beds\n", "no extent is stored"),
        ("services.csv", "organisation,service_type,capacity_state\nCasa Lanterna,shelter,full\n", "on which day"),
        ("hotlines.csv", "organisation,number\nCasa Lanterna,call us\n", "Give the number as people dial it."),
        ("hotlines.csv", "organisation,number\nCasa Lanterna,116\nCasa Lanterna,116\n", "line 3: This is given twice"),
        ("hotlines.csv", "organisation,number,time_zone\nCasa Lanterna,116,Rome\n", "Write it like Europe/Rome."),
        (
            "organisation_texts.csv",
            "organisation,language,description\nOffice for Quays,en,A\n",
            "line 2: There is no original",
        ),
        (
            "organisation_texts.csv",
            "organisation,language,description\nCasa Lanterna,xx,A\n",
            "line 2, language: Choose",
        ),
        (
            "organisation_texts.csv",
            "organisation,language,description\nCasa Lanterna,en,A\n",
            "line 2, language: The original",
        ),
        ("offices.csv", "organisation,city\nMooring Trust,Hull\n", "The first office stands in organisations.csv"),
        (
            "networks.csv",
            "network,members\nQuay,Nobody Inc.\n",
            "line 2, members: There is no organisation named 'Nobody",
        ),
        ("networks.csv", "network,kind\nQuay,club\n", "'club' is no code of the list 'network_kinds'"),
        ("programmes.csv", "name,start\nP,March 2022\n", "line 2, start: Write YYYY or YYYY-MM."),
        (
            "mappings.csv",
            "../elsewhere/mappings.csv\n",
            "The link leads to ../elsewhere/mappings.csv, and there is no such",
        ),
        ("mappings.csv", "mappings.csv\n", "The link must lead to another file"),
        ("mappings.csv", "/etc/mappings.csv\n", "The link must lead to another file"),
        (
            "mappings.csv",
            "source_file,field,source_value,list,code\norganisations.csv,kind,x,countries,ZZZ\n",
            "mappings.csv, line 2, code: The list 'countries' has no 'ZZZ'.",
        ),
        ("package.yaml", "source: [\n", "The YAML is damaged"),
        ("package.yaml", "- source\n", "Expected names with values."),
        ("package.yaml", "colour: blue\n", "package.yaml, colour: The format has no such key."),
        ("package.yaml", "source: 4\n", "package.yaml, source: Expected a text."),
        ("package.yaml", "format: 2\n", "This site reads format 1."),
        ("package.yaml", "imported_on: soon\n", "Expected a day, YYYY-MM-DD, or never."),
        ("package.yaml", "language: xx\n", "The list 'languages' has no 'xx'."),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(run, package, name, content, sentence):
    sentences = refuse(run, package, name, content)
    assert any(found.startswith(name) and sentence in found for found in sentences), sentences


def test_everything_that_is_wrong_is_named_in_one_run(run, package):
    edit(package / "organisations.csv", "association", "club")
    edit(package / "services.csv", "Mooring Trust,shelter", "Mooring Trust,castle")
    edit(package / "programmes.csv", "2022-03", "spring")
    report = run()
    assert [str(problem.place) for problem in report.problems] == [
        "organisations.csv, line 2, kind",
        "services.csv, line 5, service_type",
        "programmes.csv, line 2, start",
    ]
    assert report.files["services.csv"].refused == 1
    assert not Organisation.objects.exists()


def test_a_package_that_is_wrong_everywhere_is_explained_by_its_first_rows(run, package):
    rows = "".join(f"Organisation {number},XX,ngo\n" for number in range(700))
    sentences = refuse(run, package, "organisations.csv", HEADER + rows)
    assert len(sentences) == 501
    assert "more; 500 are named" in sentences[-1]


def test_a_refused_change_leaves_the_site_as_it_was(run, package):
    run()
    edit(package / "organisations.csv", "Via dei Fari 3", "Via dei Fari 4")
    edit(package / "services.csv", "North,GB,,up", "North,GB,12 beds,up")
    report = run()
    assert [str(problem.place) for problem in report.problems] == ["services.csv, line 5, capacity"]
    assert report.verdict() == "The package was refused. Nothing was changed."
    assert Organisation.objects.get(name="Casa Lanterna").locations.get().address == "Via dei Fari 3, Bari"


def test_a_mark_at_the_beginning_and_other_line_ends_are_fine(run, package):
    for path in package.glob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert not run().problems
    assert "\r" not in Organisation.objects.get(name="Casa Lanterna").text("en").description


def test_folders_and_files_that_are_not_there(run, package, tmp_path):
    assert "There is no such folder." in str(run(folder=tmp_path / "nowhere").problems[0])
    (tmp_path / "empty").mkdir()
    assert "no file of the format" in str(run(folder=tmp_path / "empty").problems[0])
    assert "There is no part 'service'" in str(run(only=["service"]).problems[0])
    (package / "hotlines.csv").unlink()
    assert str(run(only=["hotlines"]).problems[0]) == "hotlines.csv: The package has no such file."
    assert "missing.csv: There is no such file." in str(run(mappings=tmp_path / "missing.csv").problems[0])


def test_a_mappings_file_that_is_only_a_link_leads_to_its_target(run, package):
    target = package.parent / "lists" / "mappings.csv"
    target.parent.mkdir()
    (package / "mappings.csv").rename(target)
    (package / "mappings.csv").write_text("../lists/mappings.csv")
    assert not run().problems


def test_the_operators_mappings_take_the_place_of_the_packages_own(run, package, tmp_path):
    (package / "mappings.csv").rename(tmp_path / "mine.csv")
    assert "'association' is no code" in str(run().problems[0])
    assert not run(mappings=tmp_path / "mine.csv").problems


def test_what_has_no_place_is_named(run, package):
    (package / "survey.json").write_text("[]")
    (package / "library").mkdir()
    (package / "photo.jpg").write_bytes(b"")
    report = run()
    assert set(report.without_place) == {"README.md", "survey.json", "photo.jpg"}
    assert report.notes == []
    edit(package / "organisations.csv", "Quay Circle", "Quay Ring")
    assert "There is no network 'Quay Ring'; the name is kept as printed." in str(run().notes[0])


def test_the_command_ends_with_an_error_and_writes_a_report(run, package, tmp_path, capsys):
    call_command("import_package", package, report=tmp_path / "report.json")
    assert "4 created" in capsys.readouterr().out
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert report["done"] is True
    assert report["files"]["services.csv"]["created"] == 4
    edit(package / "services.csv", "Mooring Trust,shelter", "Mooring Trust,castle")
    with pytest.raises(CommandError, match=r"services\.csv, line 5, service_type: 'castle' is no code"):
        call_command("import_package", package, "--dry-run", "--report", tmp_path / "report.json")
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert report["done"] is False
    assert report["refused"][0]["field"] == "service_type"


def test_a_site_without_controlled_lists_is_told_so_in_one_sentence(run):
    Term.objects.update(parent=None)
    Term.objects.all().delete()
    versions.bump("vocabulary")
    report = run()
    assert [str(problem) for problem in report.problems] == [
        "package: The controlled lists of this site are empty, so no value can be read. Run load_vocabularies first."
    ]
    assert not Organisation.objects.exists()
