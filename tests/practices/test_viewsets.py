"""The editors' screens of practice charts: the standard form, complete and in its order."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from practices.models import PracticeChart, PracticeText
from practices.standard_form import CONTACT_FIELDS, FIELDS, parts
from tests.factories import SCREEN_ROLES, make_chart, make_draft_chart, make_organisation, make_user
from tests.records.screens import form_data, messages, press, screen
from tests.records.test_screens_gate import signed_in

pytestmark = pytest.mark.django_db


def test_the_form_asks_everything_and_numbers_it(client_for) -> None:
    chart = make_chart()
    html = client_for("editor").get(screen(PracticeChart, "edit", chart.pk)).content.decode()
    page = BeautifulSoup(html, "html.parser")
    names = {field["name"] for field in page.select("[name]")}
    for _field, part in parts():
        if part.holder == "text":
            assert f"texts-0-{part.name}" in names, part.key
        if part.printed:
            assert f"texts-0-{part.printed}" in names, part.key
        if part.holder == "terms":
            assert part.name in names or page.select(f'[name="{part.name}"]') or f'id="id_{part.name}' in html, part.key
        if part.holder == "rows":
            assert f"{part.name}-TOTAL_FORMS" in names, part.key
        if part.kind == "contact":
            assert {f"contact_{name}" for name in CONTACT_FIELDS} <= names
        elif part.holder == "chart":
            assert part.name in names, part.key
    words = " ".join(page.get_text(" ").split())
    positions = [words.index(f"{field.number}. {field.label}") for field in FIELDS]
    assert len(set(positions)) == 19
    for field in FIELDS:
        assert str(field.guidance) in words, field.key


def test_the_tabs_follow_the_numbers_with_their_guidance_and_say_where_the_rest_stands(client_for) -> None:
    html = client_for("editor").get(screen(PracticeChart, "edit", make_chart().pk)).content.decode()
    page = BeautifulSoup(html, "html.parser")
    texts = page.select_one("#id_texts-FORMS")
    in_texts = [field for field in FIELDS if any(part.holder == "text" or part.printed for part in field.parts)]
    words = " ".join(texts.get_text(" ").split())
    positions = [words.index(f"{field.number}. {field.label}") for field in in_texts]
    assert positions == sorted(positions)
    for field in in_texts:
        assert str(field.guidance) in words, field.key
    assert words.index("Adapted from another practice") > positions[-1]
    texts.decompose()
    facts = " ".join(page.get_text(" ").split())
    assert "Fields 8, 10–13, 15–18 are prose" in facts
    name = facts[facts.index("1. Name of the practice") : facts.index("2. Organisations")]
    assert "In words you answer it under Texts." in name


def test_the_categories_are_named_by_their_letters(client_for) -> None:
    page = BeautifulSoup(client_for("editor").get(screen(PracticeChart, "add")).content.decode(), "html.parser")
    boxes = page.select('input[name="practice_categories"]')
    assert [box.find_parent("label").get_text(strip=True)[:3] for box in boxes] == ["A  ", "B  ", "C  ", "D  "]


def test_texts_count_their_words_against_the_limit_of_the_form(client_for) -> None:
    html = client_for("editor").get(screen(PracticeChart, "edit", make_chart().pk)).content.decode()
    page = BeautifulSoup(html, "html.parser")
    for _field, part in parts():
        if part.holder == "text" and part.words and part.kind != "line":
            field = page.select_one(f'textarea[name="texts-0-{part.name}"]')
            assert field["data-words-limit-value"] == str(part.words), part.key
            assert "words" in field["data-controller"].split()


@pytest.mark.parametrize("role", SCREEN_ROLES)
def test_every_screen_answers(client_for, role) -> None:
    chart = make_chart(funding=[("City", "", 40)])
    client = client_for(role)
    for name in ("list", "list_results", "add"):
        assert client.get(screen(PracticeChart, name)).status_code == 200, name
    for name in ("edit", "history", "usage", "delete", "workflow_history"):
        assert client.get(screen(PracticeChart, name, chart.pk)).status_code == 200, name
    assert client.get(screen(PracticeChart, "revisions_compare", chart.pk, "live", "latest")).status_code == 200


@pytest.mark.parametrize("language", [code for code, _label in settings.LANGUAGES])
def test_the_preview_is_the_true_page_in_each_language(client_for, language) -> None:
    chart = make_chart()
    client = client_for("editor")
    url = screen(PracticeChart, "preview_on_edit", chart.pk)
    data = form_data(client.get(screen(PracticeChart, "edit", chart.pk)).content.decode())
    data["texts-0-background"] = ["Not saved yet."]
    assert client.post(url, data).json()["is_valid"]
    page = client.get(url, {"mode": language}).content.decode()
    assert f'<html lang="{language}"' in page
    assert "Not saved yet." in page


def test_a_chart_is_written_submitted_and_refused_with_a_sentence_for_each_field(client_for) -> None:
    organisation = make_organisation()
    author = make_user("editor")
    written = dict(
        country=str(organisation.country_id),
        practice_categories=["A"],
        **{
            "texts-0-name": "Half a chart",
            "organisations-TOTAL_FORMS": "1",
            "organisations-0-organisation": str(organisation.pk),
            "organisations-0-id": "",
            "organisations-0-ORDER": "1",
            "organisations-0-DELETE": "",
        },
    )
    said = press(signed_in(author), screen(PracticeChart, "add"), "action-submit", **written)
    assert "Field 8 (Background) is not filled in." in said.content.decode()
    assert not PracticeChart.objects.exists()
    assert press(signed_in(author), screen(PracticeChart, "add"), **written).status_code == 302
    chart = PracticeChart.objects.get()
    assert chart.chart_no
    assert chart.organisations.get().organisation == organisation
    assert chart.codes("practice_categories") == ["A"]
    # It can be in the review all the same: emptied there, or from a time when less was asked.
    chart.get_workflow().start(chart, author)
    task = chart.current_workflow_task_state
    url = screen(PracticeChart, "workflow_action", chart.pk, "approve", task.pk)
    answer = client_for("reviewer").post(url, {"comment": ""})
    said = messages(answer)
    assert "Field 8 (Background) is not filled in." in said
    assert "Field 12" in said
    assert not PracticeChart.objects.get(pk=chart.pk).live


def test_the_difference_of_two_versions_is_shown_field_by_field(client_for) -> None:
    chart = make_chart(targets=("potential_victims",), text={"background": "Old words."})
    press(
        client_for("editor"),
        screen(PracticeChart, "edit", chart.pk),
        target_groups=["potential_victims", "child_victims"],
        **{"texts-0-background": "New words."},
    )
    url = screen(PracticeChart, "revisions_compare", chart.pk, "live", "latest")
    page = BeautifulSoup(client_for("reviewer").get(url).content, "html.parser")
    added = {" ".join(mark.get_text().split()) for mark in page.select(".addition")}
    assert "New" in added
    assert any(re.search("[Cc]hild", words) for words in added)
    fields = " ".join(page.get_text(" ").split())
    assert "Old" in fields
    assert "Funding" not in fields, "what is the same is left out"


def test_a_translation_is_added_beside_the_original(client_for) -> None:
    chart = make_draft_chart(author=make_user("editor"))
    data = {
        "texts-TOTAL_FORMS": "2",
        "texts-1-language": "fr",
        "texts-1-name": "Version",
        "texts-1-id": "",
        "texts-1-DELETE": "",
    }
    press(client_for("editor"), screen(PracticeChart, "edit", chart.pk), **data)
    stored = PracticeChart.objects.get(pk=chart.pk)
    assert stored.content_languages == {"en", "fr"}
    assert not PracticeText.objects.filter(record=stored, language="fr", is_original=True).exists()
