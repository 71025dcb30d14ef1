"""What keeps a case study from being published: consent, template, names."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from platform_site.records.gate import PublishRefused
from platform_site.records.services import publish_record, save_draft
from practices.cases.template import ANSWERS, GROUPS, QUESTIONS
from practices.models import CaseStudy, CaseText, CaseTheme
from tests.factories import build_case

pytestmark = pytest.mark.django_db

DAY = dt.date(2025, 3, 4)
WRITTEN = {"consent_kind": "written", "consent_scope": "public", "consent_on": DAY}
CONSENTS: list[tuple[dict[str, Any], str]] = [
    ({"consent_kind": ""}, "consent is not filled in"),
    ({"consent_scope": ""}, "consent is not filled in"),
    ({**WRITTEN, "consent_on": None}, "date of the consent is missing"),
    ({**WRITTEN, "consent_on": dt.date(2999, 1, 1)}, "lies in the future"),
    ({**WRITTEN, "consent_scope": "members"}, "covers members alone"),
    ({"consent_kind": "published", "consent_scope": "members"}, "covers members alone"),
    ({"consent_kind": "whispered"}, "whispered"),
    (WRITTEN, ""),
    ({**WRITTEN, "consent_kind": "oral"}, ""),
    ({**WRITTEN, "consent_kind": "guardian"}, ""),
    ({**WRITTEN, "consent_scope": "members", "audience": "members"}, ""),
    ({**WRITTEN, "consent_scope": "members", "audience": "staff"}, ""),
    ({"consent_kind": "published", "consent_scope": "public"}, ""),
]


def reasons(**values: Any) -> str:
    """Return why a case study with these values is not published; "" if it is."""
    try:
        publish_record(record=build_case(**values))
    except PublishRefused as refused:
        return " ".join(refused.reasons)
    return ""


@pytest.mark.parametrize(("consent", "said"), CONSENTS)
def test_without_a_consent_that_covers_its_readers_nothing_is_published(consent: dict[str, Any], said: str) -> None:
    found = reasons(case_no=5, **consent)
    assert said in found if said else found == ""
    assert CaseStudy.objects.published().filter(case_no=5).exists() == (not said)


def test_a_draft_may_lack_everything() -> None:
    draft = build_case(consent_kind="", consent_scope="", cooperation=(), text=dict.fromkeys(("answer_1",), ""))
    save_draft(record=draft, user=None)
    assert not CaseStudy.objects.visible_to(None).exists()


@pytest.mark.parametrize("question", [question for question in ANSWERS if question.required])
def test_an_answer_is_missing(question: Any) -> None:
    assert f"Question {question.number} (" in reasons(text={question.name: " "})


def test_nothing_is_ticked() -> None:
    assert "Question 1 (The cooperation): nothing is ticked." in reasons(cooperation=())


@pytest.mark.parametrize("question", ANSWERS)
def test_an_answer_is_too_long(question: Any) -> None:
    assert reasons(text={question.name: "word " * question.words}) == ""
    assert f"there is room for {question.words}" in reasons(text={question.name: "word " * (question.words + 1)})


def test_a_name_is_refused_and_a_code_is_not() -> None:
    assert "never a name" in reasons(person_code="Maria")
    assert "person's name" in reasons(text={"recruited_by_other": "Maria Popescu"}).replace("’", "'")
    assert reasons(person_code="V-17", text={"recruited_by_other": "Boyfriend"}) == ""


@pytest.mark.parametrize("answers", ["2", "13", "4,4", "4;5", "x", "4,,5"])
def test_a_theme_names_answers_that_there_are(answers: str) -> None:
    with pytest.raises(ValidationError):
        CaseTheme(answers=answers).clean_fields(exclude=["case", "term"])


def test_the_template_is_whole() -> None:
    assert [question.number for question in QUESTIONS] == list(range(1, 13))
    assert [question.number for question in QUESTIONS if not question.name] == [2]
    fields = {field.name for field in CaseText._meta.get_fields()}
    assert {question.name for question in ANSWERS} <= fields
    assert {group.other for group in GROUPS if group.other} <= fields
    assert len({group.key for group in GROUPS}) == len(GROUPS)
    for group in GROUPS:
        assert len(group.options) > 1, group.key
        assert set(group.said_as) <= {entry.short_code for entry in group.options}


def test_a_case_study_without_a_number_takes_the_next_one() -> None:
    publish_record(record=build_case(case_no=40))
    made = publish_record(record=build_case(case_no=None))
    assert (made.case_no, made.key, made.get_absolute_url()) == (41, "case:41", "/en/case-studies/41/")
    assert CaseStudy.from_public_id("41") == made
    assert CaseStudy.from_public_id("x") is None
