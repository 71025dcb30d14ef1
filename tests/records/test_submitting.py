"""Submit for review: what the gate will refuse is said at once, beside the fields, and nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from directory.models import Organisation
from platform_site.records.registry import record_models
from practices.models import CaseStudy, PracticeChart
from tests.factories import make_chart, make_draft_chart, make_draft_organisation, make_user
from tests.records.screens import form_data, press, screen
from tests.records.test_screens_gate import signed_in

pytestmark = pytest.mark.django_db


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content.decode(), "html.parser")


def error_of(page: BeautifulSoup, name: str) -> str:
    """Return what the form says is wrong with the field `name`."""
    field = page.select_one(f"[name={name}]")
    assert field is not None, name
    holder = field.find_parent(attrs={"data-field": True})
    return " ".join(message.get_text(" ", strip=True) for message in holder.select(".error-message"))


def new_chart(client: Client, button: str, **changes: Any) -> Any:
    changes = {"texts-0-name": "Evening school", **changes}
    url = screen(PracticeChart, "add")
    country = PracticeChart(country_id=None)._meta.get_field("country").remote_field.model
    pk = country.objects.get(vocabulary="countries", code="RO").pk
    return press(client, url, button, country=str(pk), **changes)


def test_what_is_missing_is_said_at_submit_beside_each_field() -> None:
    client = signed_in(make_user("editor"))
    answer = new_chart(client, "action-submit", **{"texts-0-area": "The whole city"})
    assert answer.status_code == 200, "the form again, not the list"
    page = soup(answer)
    assert error_of(page, "start") == "Field 6 (Period: Start) is not filled in."
    assert error_of(page, "practice_categories") == "Field 4 (Category) is not filled in."
    assert error_of(page, "texts-0-background") == "Field 8 (Background) is not filled in."
    text = page.get_text(" ", strip=True)
    assert text.count("Field 2 (Organisations) is not filled in.") == 2, "above the rows and in the list"
    assert "Not submitted yet" in text
    assert error_of(page, "texts-0-area") == ""
    assert page.select_one("[name=texts-0-area]").text.strip() == "The whole city"
    assert page.select_one("[name=texts-0-name]")["value"] == "Evening school"
    assert not PracticeChart.objects.exists()


def test_an_incomplete_draft_is_saved_all_the_same() -> None:
    answer = new_chart(signed_in(make_user("editor")), "")
    assert answer.status_code == 302
    assert str(PracticeChart.objects.get()) == "Evening school"


def test_an_incomplete_draft_is_not_submitted_from_its_own_form() -> None:
    editor = make_user("editor")
    chart = make_draft_chart(author=editor, start="", text={"results": ""})
    url = screen(PracticeChart, "edit", chart.pk)
    versions = chart.revisions.count()
    answer = press(signed_in(editor), url, "action-submit", **{"texts-0-background": "Rewritten."})
    page = soup(answer)
    assert error_of(page, "start") == "Field 6 (Period: Start) is not filled in."
    assert error_of(page, "texts-0-results") == "Field 15 (Results) is not filled in."
    assert page.select_one("[name=texts-0-background]").text.strip() == "Rewritten."
    stored = PracticeChart.objects.get(pk=chart.pk)
    assert not stored.workflow_in_progress
    assert stored.revisions.count() == versions


def test_a_complete_one_is_submitted() -> None:
    editor = make_user("editor")
    chart = make_draft_chart(author=editor)
    answer = press(signed_in(editor), screen(PracticeChart, "edit", chart.pk), "action-submit")
    assert answer.status_code == 302
    assert PracticeChart.objects.get(pk=chart.pk).workflow_in_progress


def test_words_beside_the_terms_are_an_answer() -> None:
    editor = make_user("editor")
    chart = make_draft_chart(author=editor, typologies=(), text={"typology": "Evening lessons"})
    press(signed_in(editor), screen(PracticeChart, "edit", chart.pk), "action-submit")
    assert PracticeChart.objects.get(pk=chart.pk).workflow_in_progress


def test_an_organisation_is_asked_the_same_way() -> None:
    editor = make_user("editor")
    organisation = make_draft_organisation(author=editor)
    draft = organisation.get_latest_revision_as_object()
    draft.texts = [type(draft.texts.first())(language="fr", description="Un", is_original=False)]
    draft.save_revision(user=editor, clean=False)
    url = screen(Organisation, "edit", organisation.pk)
    assert "Mark exactly one text as the original" in soup(press(signed_in(editor), url, "action-submit")).get_text()
    again = press(signed_in(editor), url, "action-submit", name="")
    assert error_of(soup(again), "name") == "This field is required."


def test_what_has_to_be_filled_in_is_marked() -> None:
    chart = make_chart(translations={"fr": {"name": "École"}})
    page = soup(signed_in(make_user("editor")).get(screen(PracticeChart, "edit", chart.pk)))

    def is_marked(name: str) -> bool:
        field = page.select_one(f"[name={name}]")
        panel = field.find_parent(class_="w-panel__wrapper") or field.find_parent(class_="w-panel")
        return panel.select_one(".w-required-mark") is not None

    for name in ("start", "practice_categories", "levels", "texts-0-name", "texts-0-background", "texts-1-name"):
        assert is_marked(name), name
    for name in ("end", "original_name", "texts-0-tools", "texts-1-background"):
        assert not is_marked(name), name
    for name, marked in (("organisations", True), ("funding", False)):
        heading = page.select_one(f"[name={name}-TOTAL_FORMS]").find_previous(class_="w-field__label")
        assert heading.get_text(strip=True).endswith("*") is marked, heading.get_text(strip=True)


def test_a_case_study_says_which_questions_are_open() -> None:
    client = signed_in(make_user("editor"))
    url = screen(CaseStudy, "add")
    data = form_data(client.get(url).content.decode())
    organisation = make_draft_organisation()
    country = organisation.country_id
    answer = client.post(url, {**data, "organisation": [organisation.pk], "country": [country], "action-submit": ["1"]})
    page = soup(answer)
    assert error_of(page, "consent_kind") == "The consent is not filled in: its kind and what it covers."
    assert "is not answered." in error_of(page, "texts-0-answer_1")
    assert not CaseStudy.objects.exists()


@pytest.mark.parametrize("kind", sorted(record_models()))
def test_an_empty_form_is_told_everything_at_once(kind: str) -> None:
    model = record_models()[kind]
    client, before = signed_in(make_user("editor")), model.objects.count()
    answer = press(client, screen(model, "add"), "action-submit")
    assert answer.status_code == 200, "the form again, and no error of the server"
    assert model.objects.count() == before


def test_a_case_study_is_told_of_columns_consent_and_questions_at_once() -> None:
    client = signed_in(make_user("editor"))
    page = soup(press(client, screen(CaseStudy, "add"), "action-submit", **{"texts-0-answer_1": "At the border."}))
    assert "required" in error_of(page, "country")
    assert "consent is not filled in" in error_of(page, "consent_kind")
    assert "Question 6" in error_of(page, "texts-0-answer_6")
    assert error_of(page, "texts-0-answer_1") == ""
    text = page.get_text(" ", strip=True)
    assert "Not submitted yet" in text
    assert "Question 1 (The cooperation): nothing is ticked." in text
    assert not CaseStudy.objects.exists()
