"""What keeps a case study from being published: consent, template, names."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import ModelLogEntry

from platform_site.records.gate import PublishRefused, completeness_reasons
from platform_site.records.questions import confirm_nobody_known, open_questions
from platform_site.records.services import publish_record, save_draft
from practices.cases.privacy import names_to_ask_about
from practices.cases.template import ANSWERS, GROUPS, QUESTIONS
from practices.models import CaseStudy, CaseText, CaseTheme
from tests.factories import CASE_TEXT, build_case, make_draft_case, make_organisation, make_user

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


LEADS_TO_A_PERSON = [
    ("answer_1", "Write to maria.popescu@example.org.", "a mail address"),
    ("answer_4", "Born 12.03.2001, she had nothing.", "a date that leads to a person"),
    ("answer_4", "Her passport 054321987 was gone.", "the number of a document"),
    ("answer_6", "She lives at Strada Florilor 12.", "a street"),
    ("answer_6", "Phone 0722 123 456", "a telephone number"),
    ("answer_8", "On 3 March 2011 she said so.", "a date that leads to a person"),
    ("title", "Call +40 722 123456", "a telephone number"),
]


@pytest.mark.parametrize(("name", "text", "said"), LEADS_TO_A_PERSON)
def test_what_leads_to_a_person_is_refused_beside_its_field(name: str, text: str, said: str) -> None:
    case = build_case(title=text if name == "title" else "", text={} if name == "title" else {name: text})
    (reason,) = [reason for reason in completeness_reasons(case) if said in reason]
    assert (reason.row, reason.name) == (case.texts.first(), name)
    with pytest.raises(PublishRefused, match=said):
        publish_record(record=case)


def test_translations_and_steps_are_read_too() -> None:
    said = {**CASE_TEXT, "answer_6": "Téléphone +33 1 99 00 12 34"}
    found = reasons(case_no=8, translations={"fr": said}, steps=[("DE", "A call", "To office@example.org")])
    assert "in French: “+33 1 99 00 12 34” reads like a telephone number" in found
    assert "Step “A call”: “office@example.org” reads like a mail address" in found


@pytest.mark.parametrize(
    ("values", "user", "passes"),
    [
        ({"imported_on": DAY}, None, True),
        ({}, None, False),
        ({**WRITTEN, "imported_on": DAY}, None, False),
        ({"imported_on": DAY}, "administrator", False),
    ],
)
def test_only_the_importer_brings_what_was_printed(values: dict[str, Any], user: str | None, passes: bool) -> None:
    case = build_case(text={"answer_6": "Phone +40 722 123456"}, **values)
    by = make_user(user) if user else None
    if passes:
        assert publish_record(record=case, user=by).live
    else:
        with pytest.raises(PublishRefused, match="telephone"):
            publish_record(record=case, user=by)


NAMED = {"answer_1": "Maria Popescu came back to her mother Elena Popescu."}


def test_a_name_is_a_question_to_the_reviewer_and_the_answer_is_kept() -> None:
    author, reviewer = make_user("editor"), make_user("reviewer")
    case = make_draft_case(author=author, text=NAMED)
    with pytest.raises(PublishRefused, match="Maria Popescu; Elena Popescu"):
        case.latest_revision.publish(user=reviewer)
    confirm_nobody_known(record=case, user=reviewer)
    entry = ModelLogEntry.objects.get(action="records.nobody_known")
    assert (entry.user, entry.data) == (reviewer, {"found": ["Maria Popescu", "Elena Popescu"]})
    assert "looked at: Maria Popescu; Elena Popescu" in entry.formatter.format_message(entry)
    case.latest_revision.publish(user=reviewer)
    assert CaseStudy.objects.get(pk=case.pk).live


def test_another_name_is_another_question() -> None:
    author, reviewer = make_user("editor"), make_user("reviewer")
    case = make_draft_case(author=author, text=NAMED)
    confirm_nobody_known(record=case, user=reviewer)
    texts = list(case.texts.all())
    texts[0].answer_1 += " Her cousin Ion Ionescu drove."
    case.texts = texts
    assert open_questions(case) == ["Ion Ionescu"]


@pytest.mark.parametrize(("role", "own", "may"), [
    ("registered", False, False), ("editor", False, False), ("editor", True, False),
    ("reviewer", True, False), ("reviewer", False, True), ("administrator", False, True),
])  # fmt: skip
def test_who_answers_the_question(role: str, own: bool, may: bool) -> None:
    person = make_user(role)
    case = make_draft_case(author=person if own else make_user("editor"), text=NAMED)
    if may:
        confirm_nobody_known(record=case, user=person)
        assert open_questions(case) == []
    else:
        with pytest.raises(PermissionDenied):
            confirm_nobody_known(record=case, user=person)
        assert open_questions(case) == ["Maria Popescu", "Elena Popescu"]


def test_the_importer_asks_nothing() -> None:
    assert publish_record(record=build_case(text=NAMED)).live


def test_known_organisations_and_terms_are_no_names() -> None:
    make_organisation(name="Casa Ana Blandiana")
    text = {"answer_1": "We asked Casa Ana Blandiana in South Africa and Ana Blandiana."}
    assert names_to_ask_about(build_case(text=text)) == ["Ana Blandiana"]
