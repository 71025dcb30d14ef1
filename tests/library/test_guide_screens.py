"""The editors' screens of guides, chapters and news: written, looked at, reviewed, published."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from library.models import ChapterPage, GuideListPage, GuidePage
from newsletters.models import NewsListPage, NewsPage
from tests.factories import make_user
from tests.library.guiding import make_guide
from tests.library.making import make_document
from tests.records.screens import press

pytestmark = pytest.mark.django_db


def body(*blocks: tuple[str, dict[str, str]]) -> dict[str, str]:
    """Return what a form sends for the blocks of a body."""
    data = {"body-count": str(len(blocks))}
    for at, (kind, values) in enumerate(blocks):
        data |= {f"body-{at}-type": kind, f"body-{at}-order": str(at), f"body-{at}-deleted": "", f"body-{at}-id": ""}
        data |= {f"body-{at}-value{name}": value for name, value in values.items()}
    return data


def section(model: Any) -> Any:
    return model.objects.get(locale__language_code="en")


def add_address(model: Any, parent: Any) -> str:
    return reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk])


def test_a_chapter_is_written_by_one_and_published_by_another(client_for: Any, client: Client) -> None:
    guide, document = make_guide(slug="g", chapters=0), make_document(name="A paper")
    editor, reviewer = client_for("editor"), client_for("reviewer")
    sent = body(
        ("heading", {"-text": "First steps", "-level": "2", "-anchor": ""}),
        ("text", {"": "Words[^1]."}),
        (
            "documents",
            {
                "-title": "",
                "-documents-count": "1",
                "-documents-0-deleted": "",
                "-documents-0-order": "0",
                "-documents-0-id": "",
                "-documents-0-type": "item",
                "-documents-0-value": str(document.pk),
            },
        ),
    )
    answer = press(
        editor,
        add_address(ChapterPage, guide),
        "action-submit",
        title="Steps",
        slug="steps",
        number="1",
        intro="",
        **sent,
    )
    assert answer.status_code == 302
    chapter = ChapterPage.objects.get(slug="steps")
    assert not chapter.live
    assert client.get("/en/guides/g/steps/").status_code == 404
    draft = editor.get(reverse("wagtailadmin_pages:view_draft", args=[chapter.pk]))
    assert b'id="first-steps"' in draft.content
    assert b"Chapter 1 of" not in draft.content
    state = chapter.current_workflow_task_state
    reviewer.post(reverse("wagtailadmin_pages:workflow_action", args=[chapter.pk, "approve", state.pk]))
    page = client.get("/en/guides/g/steps/")
    assert page.status_code == 200
    assert b'id="first-steps"' in page.content
    assert b"A paper" in page.content


@pytest.mark.parametrize(
    ("model", "parent", "values"),
    [
        (GuidePage, GuideListPage, {"title": "Guide", "slug": "new", "subtitle": "Under it"}),
        (NewsPage, NewsListPage, {"title": "News", "slug": "new", "intro": "In short."}),
    ],
)
def test_a_draft_can_be_looked_at_before_it_is_published(client_for: Any, model: Any, parent: Any, values: Any) -> None:
    editor = client_for("editor")
    answer = press(editor, add_address(model, section(parent)), **values, **body(("text", {"": "Words of it."})))
    assert answer.status_code == 302
    page = model.objects.get(slug="new")
    draft = editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert draft.status_code == 200
    assert b"Words of it." in draft.content


def test_a_section_offers_its_own_kind_alone(client_for: Any) -> None:
    editor = client_for("editor")
    for parent, child in ((GuideListPage, GuidePage), (NewsListPage, NewsPage)):
        assert [model.__name__ for model in parent.allowed_subpage_models()] == [child.__name__]
        assert editor.get(add_address(child, section(parent))).status_code == 200
        assert editor.get(reverse("wagtailadmin_pages:edit", args=[section(parent).pk])).status_code == 200
    wrong = editor.get(add_address(NewsPage, section(GuideListPage)))
    assert wrong.status_code in {302, 403}


def test_the_sections_hold_no_place_for_other_sections() -> None:
    assert not GuideListPage.can_create_at(section(NewsListPage).get_parent())
    assert not section(GuideListPage).permissions_for_user(make_user("reviewer")).can_unpublish()
