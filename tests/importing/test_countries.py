"""Indicators, their values and country profiles in packages: in, again, out; what is refused and what is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from directory.models import CountryFact, CountryProfile
from platform_site.records.packages.running import import_package
from platform_site.records.services import publish_record
from platform_site.vocabulary.models import Term
from tests.directory.profiles import fact
from tests.factories import make_draft_organisation, make_organisation
from tests.importing.conftest import exported

pytestmark = pytest.mark.django_db
INDICATORS = """code,area,label_en,value_kind,note
reflection_period,assistance,Time to think,yes_no_practice,Printed
unemployment_rate,context,Out of work,number,
bus_lines,prevention,"Bus lines, at night",number,Made for a test
"""
FACTS = """country,indicator,value,unit,base,year,source_kind,source,evidence
RO,reflection_period,yes,,,,research_report,a-report.txt,report:7
DE,reflection_period,practice,,,2024,law,The law,
RO,unemployment_rate,27,percent,printed as over 27,,case_study,a-case.txt,case:3
RO,unemployment_rate,50,percent,towns,since 2004,case_study,a-case.txt,case:4
DE,bus_lines,3,lines,at night,2024,other,A plan,
"""
Import = Callable[..., Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A package of indicators and facts alone, as the handbook's is."""
    found = tmp_path / "countries"
    found.mkdir()
    (found / "indicators.csv").write_text(INDICATORS, encoding="utf-8")
    (found / "country_facts.csv").write_text(FACTS, encoding="utf-8")
    return found


def problems(folder: Path, **options: Any) -> list[str]:
    report = import_package(folder, **options)
    assert not report.done
    return [str(problem) for problem in report.problems]


def test_facts_alone_make_profiles_and_come_out_byte_for_byte(folder: Path, tmp_path: Path) -> None:
    report = import_package(folder)
    assert not report.problems
    assert {name: counts.created for name, counts in report.files.items()} == {
        "country_facts.csv": 5,
        "indicators.csv": 1,
    }
    assert import_package(folder).changes == 0
    files = exported(tmp_path / "out")
    assert files["indicators.csv"] == INDICATORS
    assert files["country_facts.csv"] == FACTS
    assert files["country_profiles.csv"].splitlines()[1:] == ["RO,,,", "DE,,,"]
    romania = CountryProfile.from_public_id("RO")
    assert (romania.live, romania.source) == (True, "countries")


def test_the_project_keeps_its_words_for_an_indicator(folder: Path) -> None:
    import_package(folder)
    term = Term.objects.get(vocabulary="indicators", code="reflection_period")
    assert term.label_en == "Reflection period"
    fresh = Term.objects.get(vocabulary="indicators", code="bus_lines")
    assert (fresh.label_en, fresh.scope_note) == ("Bus lines, at night", "Made for a test")
    assert (fresh.attributes["area"], fresh.attributes["value_kind"]) == ("prevention", "number")


def test_what_was_made_here_comes_after_what_came(folder: Path, tmp_path: Path) -> None:
    import_package(folder)
    profile = CountryProfile.from_public_id("RO")
    added = fact("shelters", "3", unit="shelters", sort_order=9, source_url="https://example.org/s", language="ro")
    profile.facts = [*profile.facts.all(), added]
    publish_record(record=profile)
    text = exported(tmp_path / "out")["country_facts.csv"].splitlines()
    assert text[0] == "country,indicator,value,unit,base,year,source_kind,source,evidence,source_url,language"
    assert text[-1] == "RO,shelters,3,shelters,,2024,research_report,A report,,https://example.org/s,ro"
    assert [line[:2] for line in text[1:]] == ["RO", "DE", "RO", "RO", "DE", "RO"]


WRONG = [
    ("RO,unemployment_rate,27,percent,,,case_study,a,b", "line 2, base: A percentage needs its base"),
    ("RO,unemployment_rate,27,,towns,,case_study,a,b", "line 2, unit: Say what is counted"),
    ("RO,unemployment_rate,many,percent,x,,case_study,a,b", "line 2, value: This indicator takes a number"),
    ("RO,reflection_period,maybe,,,,case_study,a,b", "line 2, value: This indicator takes yes, no or practice."),
    ("RO,reflection_period,yes,,,,case_study,a,", "line 2, year: Give the year."),
    ("RO,reflection_period,yes,,,,hearsay,a,b", "'hearsay' is no code of the list 'source_kinds'"),
    ("RO,reflexion_period,yes,,,,case_study,a,b", "'reflexion_period' is no code of the list 'indicators'"),
    ("ZZ,reflection_period,yes,,,,case_study,a,b", "There is no country_profile named 'ZZ'"),
    ("RO,reflection_period,,,,,case_study,a,b", "line 2, value: The value is missing."),
    ("RO,reflection_period,yes,,,,case_study,,b", "line 2, source: The value is missing."),
]


@pytest.mark.parametrize(("row", "reason"), WRONG)
def test_a_wrong_value_is_refused_by_name_and_nothing_is_changed(folder: Path, row: str, reason: str) -> None:
    (folder / "country_facts.csv").write_text(f"{FACTS.splitlines()[0]}\n{row}\n", encoding="utf-8")
    (found,) = problems(folder)
    assert reason in found
    assert not CountryFact.objects.exists()
    assert not Term.objects.filter(code="bus_lines").exists()


WRONG_INDICATORS = [
    ("x,,Label,number,", "area: The value is missing."),
    ("x,weather,Label,number,", "'weather' is no code of the list 'indicator_areas'"),
    ("x,context,Label,colour,", "value_kind: Expected one of"),
    (
        "reflection_period,assistance,Label,number,",
        "The site has this indicator with values of the kind yes_no_practice.",
    ),
    ("x y,context,Label,number,", "Letters, digits"),
]


@pytest.mark.parametrize(("row", "reason"), WRONG_INDICATORS)
def test_a_wrong_indicator_is_refused(folder: Path, row: str, reason: str) -> None:
    (folder / "country_facts.csv").unlink()
    (folder / "indicators.csv").write_text(f"{INDICATORS.splitlines()[0]}\n{row}\n", encoding="utf-8")
    assert any(reason in found for found in problems(folder))


def test_a_profile_travels_whole(tmp_path: Path) -> None:
    folder = tmp_path / "whole"
    folder.mkdir()
    files = {
        "country_profiles.csv": "country,native_name,native_language,keeper,trends,confirmed_on,language,audience\n"
        "RO,România,ro,House,Mai mulți.,2026-01-31,ro,members\n",
        "country_profile_texts.csv": "country,language,trends,routes\nRO,en,More.,By road.\n",
        "action_plans.csv": "country,name,start,end,website\nRO,Plan,2024-05,2028,https://example.org/plan\n",
        "national_bodies.csv": "country,name,role,website,language\nRO,Agenția,coordinator,,ro\n",
        "country_facts.csv": FACTS.splitlines()[0] + "\nRO,reflection_period,yes,,,2024,law,Law,\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    make_organisation(name="House")
    assert not import_package(folder).problems
    assert import_package(folder).changes == 0
    first = exported(tmp_path / "first")
    CountryProfile.objects.get().delete()
    assert not import_package(tmp_path / "first").problems
    assert exported(tmp_path / "second") == first
    profile = CountryProfile.from_public_id("RO")
    assert (profile.keeper.name, profile.audience, str(profile.confirmed_on)) == ("House", "members", "2026-01-31")
    assert {row.language: row.trends for row in profile.texts.all()} == {"ro": "Mai mulți.", "en": "More."}
    assert profile.plans.get().end == "2028"
    assert profile.bodies.get().role == "coordinator"


def test_a_keeper_must_be_there_and_a_draft_is_left_out_of_an_export(folder: Path, tmp_path: Path) -> None:
    (folder / "country_profiles.csv").write_text("country,keeper\nRO,Nobody\n", encoding="utf-8")
    assert "There is no organisation named 'Nobody'" in problems(folder)[0]
    (folder / "country_profiles.csv").unlink()
    import_package(folder)
    profile = CountryProfile.from_public_id("RO")
    profile.keeper = make_draft_organisation(name="Draft House")
    publish_record(record=profile)
    assert "Draft House" not in exported(tmp_path / "out")["country_profiles.csv"]


def test_what_was_changed_here_is_kept_and_named(folder: Path) -> None:
    import_package(folder)
    profile = CountryProfile.from_public_id("RO")
    profile.native_name = "România"
    publish_record(record=profile)
    (folder / "country_facts.csv").write_text(FACTS.replace("RO,reflection_period,yes", "RO,reflection_period,no"))
    report = import_package(folder)
    assert [str(problem) for problem in report.kept] == [
        "country_facts.csv, line 2: 'RO' is kept. It was changed on this site since it was imported, or made here."
    ]
    assert not import_package(folder, overwrite=True).problems
    assert CountryFact.objects.filter(profile=profile, indicator__code="reflection_period").get().value == "no"
