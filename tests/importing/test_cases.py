"""Case studies and their themes in packages: read whole, refused with a reason, written as they came."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from platform_site.records.packages.exporting import export_package
from platform_site.records.packages.report import ImportReport
from platform_site.records.services import publish_record, withdraw_record
from platform_site.vocabulary.models import Term
from platform_site.vocabulary.store import vocabulary
from practices.cases.exporting import CASE_EXTRA_KEYS, CASE_KEYS, case_object
from practices.cases.template import ANSWER_KEYS, GROUPS
from practices.models import CaseStudy
from tests.factories import build_case, make_case, make_draft_case

pytestmark = pytest.mark.django_db

Run = Callable[..., ImportReport]
HOUSE = "Casa Prova"
THEMES = "group,code,label,note\nobstacles,identification,Who is she?,\nobstacles,weather,Bad weather,Storms at sea.\n"


def case_values(**changes: Any) -> dict[str, Any]:
    """Return an object of the file, in the order of its keys."""
    values: dict[str, Any] = {
        "case_no": 3,
        "organisation": HOUSE,
        "country": "IT",
        "cooperation": ["documents", "assisted_return"],
        "countries_involved": ["IT", "NG"],
        "victim": {
            "gender": ["male", "female"],
            "age": ["adult"],
            "exploitation": ["sexual"],
            "recruited_by": ["other"],
            "recruited_by_other": "A neighbour",
            "proposed": [],
            "proposed_other": None,
        },
        "answers": {key: f"Answer {key}." for key in ANSWER_KEYS} | {"8": None},
        "contact_through": ["law_enforcement"],
        "obstacles": ["identification", "weather"],
        "helped_by": [],
        "recommendations_themes": ["other"],
        "theme_evidence": {
            "obstacles": {"identification": ["4", "10"], "weather": ["6"]},
            "helped_by": {},
            "recommendations_themes": {"other": ["12"]},
        },
    }
    return values | changes


@pytest.fixture
def folder(db: None, tmp_path: Path) -> Path:
    """A package with case studies and the organisation that tells them."""
    package = tmp_path / "cases"
    package.mkdir()
    (package / "organisations.csv").write_text(f"name,country,kind\n{HOUSE},IT,ngo\n", encoding="utf-8")
    (package / "case_themes.csv").write_text(THEMES, encoding="utf-8")
    write(package, [case_values()])
    return package


def write(package: Path, cases: Any) -> str:
    """Write the file as the format has it, and return its text."""
    text = json.dumps(cases, ensure_ascii=False, indent=1) + "\n"
    (package / "case_studies.json").write_text(text, encoding="utf-8")
    return text


def written(tmp_path: Path, name: str = "out") -> dict[str, str]:
    """Export, and return the texts of the files about case studies."""
    export_package(tmp_path / name)
    files = ("case_studies.json", "case_themes.csv")
    return {file: (tmp_path / name / file).read_text(encoding="utf-8") for file in files}


def test_what_goes_in_comes_out_byte_by_byte(run: Run, folder: Path, tmp_path: Path) -> None:
    given_text = (folder / "case_studies.json").read_text(encoding="utf-8")
    report = run(folder=folder)
    assert report.problems == []
    assert written(tmp_path) == {"case_studies.json": given_text, "case_themes.csv": THEMES}
    again = run(folder=folder)
    assert {file: (found.same, found.changed, found.created) for file, found in again.files.items()} == {
        "organisations.csv": (1, 0, 0),
        "case_themes.csv": (2, 0, 0),
        "case_studies.json": (1, 0, 0),
    }


def test_what_an_imported_case_study_is(run: Run, folder: Path) -> None:
    run(folder=folder)
    case = CaseStudy.objects.visible_to(None).get(case_no=3)
    assert (case.consent_kind, case.consent_scope) == ("published", "public")
    assert case.codes("case_template_options__contact_through") == ["contact_through/police"]
    assert [str(theme) for theme in case.themes.all()] == [
        "Person hard to find or to identify",
        "Bad weather",
        "Other recommendation",
    ]
    # The words of a package never take the place of those that readers know.
    assert vocabulary("case_themes").label("obstacles/identification", "en") == "Person hard to find or to identify"


def test_a_case_study_for_members_has_consent_for_members(run: Run, folder: Path) -> None:
    write(folder, [case_values(audience="members")])
    assert run(folder=folder).problems == []
    assert CaseStudy.objects.get().consent_scope == "members"


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"organisation": "Nobody"}, "There is no organisation named 'Nobody'"),
    ({"country": ""}, "The value is missing."),
    ({"country": "Utopia"}, "'Utopia' is no code"),
    ({"cooperation": ["dancing"]}, "'dancing' is no option of 'cooperation'"),
    ({"cooperation": []}, "nothing is ticked"),
    ({"victim": {"gender": ["woman"]}}, "'woman' is no option of 'victim.gender'"),
    ({"victim": {"name": "X"}}, "The format has no such key."),
    ({"victim": {"recruited_by_other": "Maria Popescu"}}, "reads like a person"),
    ({"person_code": "Maria"}, "never a name"),
    ({"answers": {"2": "x"}}, "The format has no such key."),
    ({"answers": {"1": 5}}, "Expected a text"),
    ({"answers": {"1": ""}}, "Question 1"),
    ({"obstacles": ["rain"]}, "'rain' is no option of 'obstacles'"),
    ({"theme_evidence": {"obstacles": {"other": ["4"]}}}, "The theme is not among the obstacles."),
    ({"theme_evidence": {"obstacles": {"weather": ["2"]}}}, "Expected numbers of answers"),
    ({"consent": {"kind": "whispered"}}, "whispered"),
    ({"consent": {}}, "The consent is not filled in"),
    ({"consent": {"kind": "written", "scope": "members", "on": "2020-01-01"}}, "covers members alone"),
    ({"steps": [{"country": "Utopia", "heading": "x", "text": ""}]}, "'Utopia' is no code"),
    ({"steps": ["x"]}, "Expected an object with country, heading and text."),
    ({"steps": [{"heading": ""}]}, "The value is missing."),
    ({"translations": {"en": {}}}, "The original is in this language."),
    ({"case_no": 0}, "case_no between 1 and 999999"),
    ({"nonsense": 1}, "The format has no such key."),
]


@pytest.mark.parametrize(("changes", "said"), REFUSED)
def test_what_is_refused(changes: dict[str, Any], said: str, run: Run, folder: Path) -> None:
    write(folder, [case_values(**changes)])
    report = run(folder=folder)
    assert said in " ".join(str(problem) for problem in report.problems)
    assert not CaseStudy.objects.exists()
    assert not Term.objects.filter(code="obstacles/weather").exists()


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("group,code,label,note\nweather,rain,Rain,\n", "Expected one of obstacles"),
        ("group,code,label,note\nobstacles,,Rain,\n", "Code and label are needed."),
        ("group,code,label,note\nobstacles,a b,Rain,\n", "Letters, digits"),
        ("group,code,label,note\nobstacles,x,R,\nobstacles,x,R,\n", "stands twice"),
        ("group,label\n", "The column is missing."),
    ],
)
def test_what_is_refused_of_themes(table: str, said: str, run: Run, folder: Path) -> None:
    (folder / "case_themes.csv").write_text(table, encoding="utf-8")
    (folder / "case_studies.json").unlink()
    assert said in " ".join(str(problem) for problem in run(folder=folder).problems)


def rich_case() -> CaseStudy:
    """Return a case study that says everything that the format can hold."""
    case = build_case(
        case_no=8,
        title="Zurück nach Hause",
        language="de",
        audience="members",
        consent_kind="guardian",
        consent_scope="members",
        consent_on="2023-04-05",
        person_code="V-17",
        source="A form",
        ticks={group.key: (next(iter(group.options)).short_code,) for group in GROUPS if not group.is_theme},
        themes={group.key: (next(iter(group.options)).short_code,) for group in GROUPS if group.is_theme},
        steps=[("DE", "Ein Schritt", "Text"), ("", "Beide", "")],
        translations={"fr": {"title": "Retour", "answer_1": "Réponse", "proposed_other": "un travail"}},
    )
    case.consent_on = CaseStudy._meta.get_field("consent_on").to_python(case.consent_on)
    return case


def test_an_export_into_an_empty_site_gives_an_equal_export(run: Run, tmp_path: Path) -> None:
    publish_record(record=rich_case())
    gone = make_case(case_no=9)
    withdraw_record(record=gone, user=None, reason="The person asked for it.")
    make_draft_case(case_no=10)
    export_package(tmp_path / "first")
    first = (tmp_path / "first" / "case_studies.json").read_text(encoding="utf-8")
    told = {case["case_no"]: case for case in json.loads(first)}
    assert set(told) == {8, 9}
    assert set(told[8]) >= set(CASE_KEYS)
    assert set(told[8]) | {"withdrawn", "withdrawn_language", "successor", "imported_on", "source_url"} >= set(
        CASE_EXTRA_KEYS
    )
    assert told[9]["withdrawn"] == "The person asked for it."
    before = case_object(CaseStudy.objects.get(case_no=8))
    for case in CaseStudy.objects.all():
        case.delete()
    assert run(folder=tmp_path / "first").problems == []
    assert case_object(CaseStudy.objects.get(case_no=8)) == before
    export_package(tmp_path / "second")
    assert (tmp_path / "second" / "case_studies.json").read_text(encoding="utf-8") == first


def test_what_was_changed_on_the_site_is_kept(run: Run, folder: Path) -> None:
    run(folder=folder)
    case = CaseStudy.objects.get(case_no=3)
    case.person_code = "V-1"
    publish_record(record=case)
    write(folder, [case_values(person_code="V-2")])
    assert len(run(folder=folder).kept) == 1
    assert CaseStudy.objects.get(case_no=3).person_code == "V-1"
    assert run(folder=folder, overwrite=True).kept == []
    assert CaseStudy.objects.get(case_no=3).person_code == "V-2"


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["female", "RO", "4", "other"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["1", "4", "kind", "gender"]), inner),
    max_leaves=6,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(key=st.sampled_from([*CASE_KEYS, *CASE_EXTRA_KEYS]), value=JUNK)
def test_junk_is_refused_or_taken_never_an_error(key: str, value: Any, run: Run, folder: Path) -> None:
    write(folder, [case_values(**{key: value})])
    report = run(folder=folder, dry_run=True)
    assert report.problems or report.files
