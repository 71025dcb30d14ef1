"""What holds for any content: damage is said in a sentence, and what is written is read back."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.importing.organisations import ORGANISATIONS, SERVICES
from directory.models import Organisation
from platform_site.records.packages import files
from platform_site.records.packages.mapping import COLUMNS
from platform_site.records.packages.problems import PackageError, Problems
from platform_site.records.packages.running import import_package
from tests.importing.conftest import empty_site, exported

# Text as a person can write it: no control characters but tab and line end, no halves of characters.
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=60)
CELL = TEXT.map(str.strip)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture
def folder():
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def sentences_of(read):
    try:
        read()
    except PackageError as error:
        return [str(problem) for problem in error.problems]
    return []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300))
def test_any_bytes_are_a_table_or_a_sentence(folder, data):
    path = folder / "a.csv"
    path.write_bytes(data)
    for read in (
        lambda: files.read_table(path, "a.csv", known=("a", "b"), required=("a",), problems=Problems()),
        lambda: files.read_json(path, "a.csv"),
        lambda: files.read_front_matter(path, "a.csv"),
    ):
        assert all(sentence.startswith("a.csv") for sentence in sentences_of(read))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200))
def test_any_text_is_a_table_or_a_sentence(folder, text):
    (folder / "a.csv").write_bytes(("a,b\n" + text).encode("utf-8", "surrogatepass"))
    problems = Problems()
    try:
        rows = files.read_table(folder / "a.csv", "a.csv", known=("a", "b"), required=("a",), problems=problems)
    except PackageError:
        return
    assert all(set(row.values) == {"a", "b"} for row in rows)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.fixed_dictionaries({"a": CELL.filter(bool), "b": CELL}), max_size=6))
def test_a_table_is_read_as_it_was_written(folder, rows):
    files.write_table(folder / "a.csv", ("a", "b"), rows)
    problems = Problems()
    found = files.read_table(folder / "a.csv", "a.csv", known=("a", "b"), required=("a",), problems=problems)
    assert not problems
    assert [row.values for row in found] == rows


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=JSON)
def test_json_is_read_as_it_was_written(folder, value):
    files.write_json(folder / "a.json", value)
    assert files.read_json(folder / "a.json", "a.json") == value


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.dictionaries(st.from_regex(r"[a-z_]{1,10}", fullmatch=True), TEXT, min_size=1, max_size=5), body=TEXT)
def test_front_matter_is_read_as_it_was_written(folder, values, body):
    files.write_front_matter(folder / "a.md", values, body)
    assert files.read_front_matter(folder / "a.md", "a.md") == (values, body)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"a": 1, "a": 2}', "has the key 'a' twice"),
        ('{"a": NaN}', "NaN is no number"),
        ("[" * 100_000, "too many levels"),
        ("[" + "1" * 5000 + "]", "The JSON is damaged"),
        ('["\\u0000"]', "escaped control character"),
        ('["\\u0085"]', "escaped control character"),
        ('[{"\\uffff": 1}]', "escaped control character"),
        ('["\\ud800"]', "half a character"),
        ('[1,\n 2,\n x]', "line 3"),
    ],
)  # fmt: skip
def test_damage_in_json_is_a_sentence(folder, text, sentence):
    (folder / "a.json").write_text(text, encoding="utf-8")
    with pytest.raises(PackageError, match=sentence):
        files.read_json(folder / "a.json", "a.json")


def test_a_file_that_is_too_large_is_refused_unread(folder, monkeypatch):
    monkeypatch.setattr(files, "LARGEST_FILE", 10)
    (folder / "a.csv").write_text("a,b\n1,2\n3,4\n")
    with pytest.raises(PackageError, match="larger than"):
        files.read_text(folder / "a.csv", "a.csv")
    monkeypatch.setattr(files, "LARGEST_FILE", 1000)
    monkeypatch.setattr(files, "MOST_ROWS", 1)
    with pytest.raises(PackageError, match="1 rows at most"):
        files.read_table(folder / "a.csv", "a.csv", known=("a", "b"), required=("a",), problems=Problems())


def _line(limit):
    return st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=limit).map(str.strip)


def codes(*values):
    return st.lists(st.sampled_from(values), unique=True, max_size=3).map(";".join)


SERVICE = st.fixed_dictionaries(
    {
        "service_type": st.sampled_from(["legal_information", "street_work", "medical_care"]),
        "name": _line(40),
        "languages": codes("ro", "ru", "tr", "zh"),
        "gender": codes("female", "male", "transgender"),
        "age": codes("adult", "minor"),
        "countries_served": codes("IT", "RO", "XK"),
        "conditions": CELL,
        "as_of": st.sampled_from(["", "2012", "2024"]),
        "cost": st.sampled_from(["", "free", "paid"]),
    }
)
ORGANISATION = st.fixed_dictionaries(
    {
        "short_name": _line(40),
        "country": st.sampled_from(["IT", "RO", "XK"]),
        "city": _line(30),
        "phone": _line(40),
        "website": st.sampled_from(["", "www.a.example.org", "http://b.example.org/x?y=1"]),
        "kind": st.sampled_from(["ngo", "network"]),
        "networks": _line(30),
        "description": CELL,
        "founded": st.sampled_from(["", "1901", "2020"]),
        "languages": codes("it", "ro", "sq"),
        "language": st.sampled_from(["", "it", "fr"]),
        "public_office": st.sampled_from(["", "yes"]),
        "audience": st.sampled_from(["", "members", "staff"]),
        "services": st.lists(SERVICE, max_size=4),
    }
)


WORDS = ("Own words", "- dashed")
LINES = st.lists(CELL.filter(bool), min_size=1, max_size=3)
MAYBE = st.none() | CELL.filter(bool)
CHART = st.fixed_dictionaries(
    {
        "name": _line(40).filter(bool),
        "original_name": st.none() | _line(40).filter(bool),
        "typology": st.lists(
            st.sampled_from(["first_protection", "health_prevention", "Own words", "- dashed"]), min_size=1
        ),
        "period": _line(40).filter(bool),
        "start": st.sampled_from(["2001", "2001-05"]),
        "end": st.sampled_from([None, "2002", "2001-06"]),
        "area": CELL.filter(bool),
        "background": CELL.filter(bool),
        "objectives": LINES,
        "activities": CELL.filter(bool),
        "methods": LINES,
        "tools": st.lists(CELL, max_size=2),
        "results": CELL.filter(bool),
        "strengths": LINES,
        "transferability": CELL.filter(bool),
        "mainstreaming": MAYBE,
        "impact": st.none() | st.fixed_dictionaries({"short": MAYBE, "medium": MAYBE, "long": MAYBE}),
        "funding": st.lists(
            st.fixed_dictionaries(
                {"source": _line(30).filter(bool), "share": st.none() | st.sampled_from([0, 12.5, 33.33, 25])}
            ),
            max_size=3,
        ),
    }
)
FIXED = {
    "organisations": ["Organisation 0"], "country": "IT", "categories": ["A"], "target_groups": ["victims"],
    "resources": ["One"], "resources_by_kind": {"human": ["One"], "financial": [], "in_kind": []}, "innovation": [],
    "weaknesses": [], "references": [], "area_level": ["local"], "general_aim": None, "monitoring": [],
    "contact": {"name": None, "address": None, "phone": None, "fax": None, "email": None, "website": None},
}  # fmt: skip


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(charts=st.lists(CHART, min_size=1, max_size=2))
def test_any_chart_comes_out_as_it_went_in(charts):
    charts = [{"chart_no": number} | FIXED | chart for number, chart in enumerate(charts, start=1)]
    with tempfile.TemporaryDirectory() as name:
        package = Path(name) / "package"
        row = {"name": "Organisation 0", "country": "IT", "kind": "ngo"}
        files.write_table(package / "organisations.csv", list(row), [row])
        files.write_json(package / "practices.json", charts)
        mapped = ["practices.json", "typology", "x", "practice_typologies", "advocacy_lobbying"]
        rows = [dict(zip(COLUMNS, [*mapped[:2], word, *mapped[3:]], strict=True)) for word in WORDS]
        files.write_table(package / "mappings.csv", COLUMNS, rows)
        empty_site()
        report = import_package(package)
        assert not report.problems, report.lines()
        assert import_package(package).changes == 0
        first = exported(Path(name) / "first")
        assert json.loads(first["practices.json"]) == charts
        empty_site()
        assert not import_package(Path(name) / "first").problems
        assert exported(Path(name) / "second") == first


SERVICE_COLUMNS = (
    "service_type",
    "name",
    "languages",
    "gender",
    "age",
    "countries_served",
    "conditions",
    "as_of",
    "cost",
)
ALL_COLUMNS = {*ORGANISATIONS.known, *SERVICES.known}


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(organisations=st.lists(ORGANISATION, min_size=1, max_size=4))
def test_any_package_comes_out_as_it_went_in(organisations):
    services = []
    for number, organisation in enumerate(organisations):
        organisation["name"] = f"Organisation {number}"
        services += [{"organisation": organisation["name"]} | row for row in organisation.pop("services")]
    with tempfile.TemporaryDirectory() as name:
        package = Path(name) / "package"
        files.write_table(package / "organisations.csv", ("name", *list(organisations[0])[:-1]), organisations)
        files.write_table(package / "services.csv", ("organisation", *SERVICE_COLUMNS), services)
        empty_site()
        report = import_package(package)
        assert not report.problems, report.lines()
        assert Organisation.objects.count() == len(organisations)
        assert import_package(package).changes == 0
        first = exported(Path(name) / "first")
        read = {
            table: files.read_table(
                Path(name) / "first" / f"{table}.csv", table, known=tuple(ALL_COLUMNS), required=(), problems=Problems()
            )
            for table in ("organisations", "services")
            if f"{table}.csv" in first
        }
        for given_rows, table in ((organisations, "organisations"), (services, "services")):
            for wanted, row in zip(given_rows, read.get(table, []), strict=True):
                assert {key: row.values.get(key, "") for key in wanted} == wanted
        empty_site()
        assert not import_package(Path(name) / "first").problems
        assert exported(Path(name) / "second") == first
