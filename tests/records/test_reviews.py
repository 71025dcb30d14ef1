"""What a reviewer said stands where the author mends it."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from directory.models import Organisation
from tests.factories import make_draft_organisation, make_draft_page, make_user
from tests.records.screens import screen

pytestmark = pytest.mark.django_db

COMMENT = "Which country? <b>Ask</b>"


def shown(client: Any, url: str) -> str:
    page = BeautifulSoup(client.get(url).content, "html.parser")
    return " ".join(page.select_one(".messages").get_text(" ").split())


def draft(kind: str, author: Any) -> tuple[Any, str]:
    if kind == "page":
        page = make_draft_page("A text", slug="text", author=author)
        return page, reverse("wagtailadmin_pages:edit", args=[page.pk])
    organisation = make_draft_organisation(author=author)
    return organisation, screen(Organisation, "edit", organisation.pk)


@pytest.mark.parametrize("kind", ["record", "page"])
def test_the_comment_stands_above_the_form_until_it_is_submitted_again(kind: str, client_for: Any) -> None:
    author, reviewer = make_user("editor"), make_user("reviewer")
    instance, url = draft(kind, author)
    instance.get_workflow().start(instance, author)
    client = client_for("editor")
    assert "Sent back" not in shown(client, url)
    instance = type(instance).objects.get(pk=instance.pk)
    instance.current_workflow_task_state.reject(user=reviewer, comment=COMMENT)
    assert f"Sent back by {reviewer}: {COMMENT}" in shown(client, url)
    type(instance).objects.get(pk=instance.pk).current_workflow_state.resume(author)
    assert "Sent back" not in shown(client, url)


@pytest.mark.parametrize("kind", ["record", "page"])
def test_the_button_speaks_the_language_of_the_editor_and_quotes_no_name(kind: str, client_for: Any) -> None:
    author = make_user("editor")
    instance, url = draft(kind, author)
    client = client_for("editor")
    assert "Submit for review" in client.get(url).content.decode()
    instance.get_workflow().start(instance, author)
    instance = type(instance).objects.get(pk=instance.pk)
    instance.current_workflow_task_state.reject(user=make_user("reviewer"), comment="Why?")
    page = client.get(url).content.decode()
    assert "Submit for review" in page
    assert "to Review" not in page
