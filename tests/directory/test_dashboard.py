"""The editors' desk counts case studies, documents and procedure notes as it counts charts, and names old notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.dashboard import OldNotesPanel
from platform_site.records.services import publish_record, save_draft
from tests.directory.making import build_note, make_note
from tests.factories import make_case, make_chart, make_draft_case, make_organisation, make_user
from tests.library.making import make_document

pytestmark = pytest.mark.django_db
ClientFor = Callable[[str], Client]


def test_head_drafts_and_translations_know_every_kind() -> None:
    editor = make_user("editor")
    house = make_organisation()
    make_chart(organisations=[house])
    make_case(organisation=house)
    make_document(translations={"de": {"title": "Ein Papier"}})
    make_note(translations={"fr": {"papers": "Un titre de voyage."}})
    make_draft_case(author=editor, organisation=house)
    client = Client()
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    page = BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser")
    head = {" ".join(item.get_text(" ").split()) for item in page.select(".w-summary li")}
    assert {"1 Practice chart", "2 Case studies", "1 Library document", "1 Procedure note"} <= head
    text = " ".join(page.get_text(" ").split())
    assert "Case studies: 1" in text
    for row in ("Case studies 0 1 1 1 1", "Library documents 0 1 0 1 1", "Procedure notes 0 0 1 1 1"):
        assert row in text, row


# How many days ago the points of a note were true; whether the note waits.
AGES = [((0,), False), ((10, 100), False), ((10, 300), True), ((500,), True)]


@pytest.mark.parametrize(("days", "waits"), AGES)
def test_a_note_waits_by_its_oldest_point(days: tuple[int, ...], waits: bool) -> None:
    topics = ("papers", "costs")[: len(days)]
    note = build_note(name="Way back", said=dict.fromkeys(topics, "Words."))
    for point, age in zip(note.points.get_object_list(), days, strict=True):
        point.as_of = timezone.localdate() - dt.timedelta(days=age)

    publish_record(record=note)
    content = OldNotesPanel().content(None)
    assert content.count == len(content.rows) == waits
    assert bool(content.links) == waits


def test_the_oldest_stands_first_and_drafts_wait_for_nobody(client_for: ClientFor) -> None:
    long_ago = timezone.localdate() - dt.timedelta(days=900)
    make_note(name="Later", as_of=long_ago + dt.timedelta(days=30))
    make_note(name="Oldest", as_of=long_ago)

    save_draft(record=build_note(name="Draft", as_of=long_ago), user=make_user("editor"))
    assert [row.label for row in OldNotesPanel().content(None).rows] == ["Oldest", "Later"]
    page = client_for("editor").get(reverse("wagtailadmin_home")).content.decode()
    assert "Procedure notes to check" in page
