"""The case studies of the demo package: codes, evidence, consent, languages, and that they go through the importer."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from platform_site.records.packages.exporting import export_package
from practices.cases.access import visible_cases
from practices.cases.exporting import CASE_EXTRA_KEYS, CASE_KEYS
from practices.cases.statistics import WAYS, statistics
from practices.views.case_statistics import as_counted
from tests.demo.package import DEMO, organisation_names

FILE = DEMO / "case_studies.json"


def cases() -> list[dict[str, Any]]:
    """Return the case studies of the package."""
    found: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def test_eight_case_studies_in_the_form_of_the_format() -> None:
    assert [case["case_no"] for case in cases()] == list(range(1, 9))
    for case in cases():
        assert tuple(case)[: len(CASE_KEYS)] == CASE_KEYS
        assert set(case) <= {*CASE_KEYS, *CASE_EXTRA_KEYS}
        assert case["organisation"] in organisation_names()
        assert case["country"] in case["countries_involved"]
        assert len(case["countries_involved"]) > 1


def test_every_case_study_has_a_consent_of_its_own() -> None:
    for case in cases():
        assert case["consent"]["kind"] != "published"
        assert case["consent"]["on"]


def test_what_a_theme_points_to_is_answered() -> None:
    for case in cases():
        for group, found in case["theme_evidence"].items():
            assert list(found) == case[group]
            for theme, answers in found.items():
                assert answers, theme
                assert all(case["answers"][answer] for answer in answers), (case["case_no"], theme)


def test_the_demo_shows_what_a_case_study_can_be() -> None:
    told = cases()
    assert {case.get("audience", "public") for case in told} == {"public", "members"}
    assert {case.get("language", "en") for case in told} == {"en", "fr"}
    assert Counter(bool(case.get("steps")) for case in told) == {True: 7, False: 1}
    assert any(step["country"] is None for case in told for step in case.get("steps", []))
    assert any("minor" in case["victim"]["age"] for case in told)


@pytest.mark.django_db
@pytest.mark.usefixtures("demo_site")
def test_the_demo_comes_out_as_it_went_in(tmp_path: Any) -> None:
    export_package(tmp_path / "out")
    written = json.loads((tmp_path / "out" / "case_studies.json").read_text(encoding="utf-8"))
    left_to_site = ("source", "source_url", "imported_on")
    assert [{key: value for key, value in case.items() if key not in left_to_site} for case in written] == cases()
    counted = [as_counted(card, None) for card in visible_cases(None)]
    assert len(counted) == 7
    for by in WAYS:
        assert all(figures.answered for figures in statistics(counted, by))
