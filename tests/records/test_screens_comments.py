"""The page of comments, the links at the fields, the panel at the side and the desk."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from directory.models import Organisation, OrganisationText
from platform_site.records.comment_places import places
from platform_site.records.comments import settle_comment, write_comment
from platform_site.records.models import RecordComment
from platform_site.records.models.comments import LONGEST
from platform_site.records.registry import record_models
from tests.costs import queries
from tests.factories import make_chart, make_draft_organisation, make_organisation, make_service, make_user
from tests.pages import page_of, words
from tests.records.screens import messages, screen

pytestmark = pytest.mark.django_db

DESCRIPTION = "texts.description:en"


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def organisation() -> Organisation:
    return make_organisation(name="Ponte")


def test_every_kind_of_record_has_the_page() -> None:
    for model in record_models().values():
        assert screen(model, "comments", 7).endswith("/comments/7/")


def test_a_comment_is_written_answered_resolved_and_opened_again(organisation: Organisation) -> None:
    editor, reviewer = make_user("editor", name="Ana"), make_user("reviewer", name="Ben")
    address = screen(Organisation, "comments", organisation.pk)
    asked = signed_in(reviewer).post(address, {"about": DESCRIPTION, "text": "Whose work?\r\nSay so.", "do": "write"})
    thread = RecordComment.objects.get()
    assert asked["Location"] == f"{address}?field=texts.description%3Aen#comment-{thread.pk}"
    assert (thread.place, thread.text, thread.author) == (DESCRIPTION, "Whose work?\nSay so.", reviewer)
    page = page_of(signed_in(editor), asked["Location"])
    assert "Works with people who were exploited." in words(page.select_one(".comments__value"))
    assert page.select_one(".comments__value a")["href"] == (
        f"{screen(Organisation, 'edit', organisation.pk)}#comment-on-texts-description-en"
    )
    assert page.select_one("select[name=about] option[selected]")["value"] == DESCRIPTION
    assert "Ben" in words(page.select_one(f"#comment-{thread.pk}"))
    assert not page.select("button[value=resolve]"), "neither the author of the comment nor a reviewer"
    signed_in(editor).post(asked["Location"], {"thread": thread.pk, "text": "Theirs.", "do": "answer"})
    assert thread.answers.get().text == "Theirs."
    for action, label in (("resolve", "Open it again"), ("reopen", "Resolve")):
        answer = signed_in(reviewer).post(address, {"thread": thread.pk, "do": action})
        assert answer.status_code == 302
        found = words(page_of(signed_in(reviewer), address).select_one(f"#comment-{thread.pk}"))
        assert label in found
        assert ("Resolved by Ben" in found) is (action == "resolve")
        assert "Theirs." in found


@pytest.mark.parametrize("role", ["registered", "member"])
def test_outsiders_neither_read_nor_write(role: str, organisation: Organisation, client_for: Any) -> None:
    write_comment(record=organisation, user=make_user("editor"), text="A canary of the staff")
    address = screen(Organisation, "comments", organisation.pk)
    for response in (
        client_for(role).get(address),
        client_for(role).post(address, {"text": "Mine", "do": "write"}),
        Client().get(address),
    ):
        assert response.status_code in (302, 403)
        assert "canary" not in response.content.decode()
    assert RecordComment.objects.count() == 1


def test_an_editor_does_not_resolve_what_somebody_else_asked(organisation: Organisation) -> None:
    thread = write_comment(record=organisation, user=make_user("reviewer"), text="Why?")
    client = signed_in(make_user("editor"))
    client.post(screen(Organisation, "comments", organisation.pk), {"thread": thread.pk, "do": "resolve"})
    assert RecordComment.objects.get().resolved_at is None


def test_sending_needs_the_token_and_reading_changes_nothing(organisation: Organisation) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("reviewer"), backend="django.contrib.auth.backends.ModelBackend")
    address = screen(Organisation, "comments", organisation.pk)
    assert client.post(address, {"text": "Mine", "do": "write"}).status_code == 403
    client.get(address, {"text": "Mine", "do": "write"})
    assert not RecordComment.objects.exists()


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"about": "name", "text": " \n "}, "text"),
        ({"about": "name", "text": "x" * (LONGEST + 1)}, "text"),
        ({"about": "nothing", "text": "Kept"}, "about"),
        ({"about": "texts.description:fr", "text": "Kept"}, "about"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(sent, field, organisation) -> None:
    client = signed_in(make_user("editor"))
    response = client.post(screen(Organisation, "comments", organisation.pk), {**sent, "do": "write"})
    page = BeautifulSoup(response.content, "html.parser")
    wrong = page.select(".w-field--error")
    assert [part.select_one("select, textarea")["name"] for part in wrong] == [field]
    assert page.select_one("#id_text").text.removeprefix("\n") == sent["text"]
    assert not RecordComment.objects.exists()


def test_a_refused_answer_stays_in_its_own_field(organisation: Organisation) -> None:
    author = make_user("reviewer")
    first, second = (write_comment(record=organisation, user=author, text=text) for text in ("One", "Two"))
    client, address = signed_in(make_user("editor")), screen(Organisation, "comments", organisation.pk)
    settle_comment(comment=second, user=author, resolved=True)
    for thread, text in ((first, "y" * (LONGEST + 1)), (second, "Too late")):
        page = BeautifulSoup(
            client.post(address, {"thread": thread.pk, "text": text, "do": "answer"}).content, "html.parser"
        )
        place = page.select_one(f"#comment-{thread.pk}")
        assert place.select_one("textarea").text.removeprefix("\n") == text
        assert place.select_one(".error-message, .w-field__errors")
        assert place.select_one("details").has_attr("open")
        assert page.select_one("#id_text").text.strip() == ""
        assert len(page.select(".w-field--error")) == 1
    assert not RecordComment.objects.exclude(thread=None).exists()


@pytest.mark.parametrize("thread", ["", "zz", "999999999999999999999", "\x00", "of another record", "an answer"])
@pytest.mark.parametrize("action", ["answer", "resolve", "reopen"])
def test_a_thread_that_is_not_there_is_not_found(thread: str, action: str, organisation: Organisation) -> None:
    reviewer, other = make_user("reviewer"), make_draft_organisation()
    theirs = write_comment(record=other, user=reviewer, text="Elsewhere")
    if thread == "of another record":
        thread = str(theirs.pk)
    if thread == "an answer":
        asked = write_comment(record=organisation, user=reviewer, text="Here")
        thread = str(write_comment(record=organisation, user=reviewer, text="So", thread=asked).pk)
    before = RecordComment.objects.count()
    address = screen(Organisation, "comments", organisation.pk)
    sent = signed_in(reviewer).post(address, {"thread": thread, "text": "Words", "do": action})
    assert sent.status_code == 404
    assert signed_in(reviewer).get(screen(Organisation, "comments", 999999)).status_code == 404
    assert RecordComment.objects.count() == before
    assert not RecordComment.objects.exclude(resolved_at=None).exists()


def test_comments_on_a_field_that_is_gone_are_kept_and_an_unknown_field_is_said(organisation: Organisation) -> None:
    editor = make_user("editor")
    write_comment(record=organisation, user=editor, text="Of old", path="old_field")
    write_comment(record=organisation, user=editor, text="Sur le texte", path="texts.description", language="fr")
    client, address = signed_in(editor), screen(Organisation, "comments", organisation.pk)
    page = words(page_of(client, address).main)
    for found in ("No longer in the form (old_field)", "Of old", "(texts.description:fr)", "Sur le texte"):
        assert found in page
    unknown = client.get(address, {"field": "old_field"})
    assert "no such field" in messages(unknown)
    assert "Sur le texte" in unknown.content.decode()


def test_the_form_has_a_link_at_each_field_and_the_number_that_is_open() -> None:
    organisation = make_organisation(services=[make_service("shelter")])
    organisation.texts.add(OrganisationText(language="fr", description="Un texte."))
    organisation.save_revision()
    reviewer = make_user("reviewer")
    for number in range(3):
        thread = write_comment(
            record=organisation, user=reviewer, text=f"Hm {number}", path="texts.description", language="fr"
        )
        if number:
            write_comment(record=organisation, user=reviewer, text="Well", thread=thread)
    settle_comment(comment=thread, user=reviewer, resolved=True)
    page = page_of(signed_in(make_user("editor")), screen(Organisation, "edit", organisation.pk))
    links = {link["id"]: link for link in page.select("a.comment-link")}
    known = places(organisation.get_latest_revision_as_object())
    assert set(links) == {place.anchor for place in known.values()}
    assert {"comment-on-name", "comment-on-services", "comment-on-texts-description-fr"} <= set(links)
    assert all(link["target"] == "_blank" for link in links.values())
    french = links["comment-on-texts-description-fr"]
    assert french.text == "2 open comments"
    assert french.text in french["aria-label"]
    assert links["comment-on-texts-description-en"].text == "Comment"
    assert links["comment-on-all"].text == "All comments (2 open)"
    side = page.select_one("[data-side-panel=record-comments]")
    assert {link["href"] for link in side.select("a[href^='#']")} == {"#comment-on-texts-description-fr"}
    assert words(page.select_one("[data-side-panel-toggle=record-comments]")) == "2"
    for link in links.values():
        assert link["href"].startswith(screen(Organisation, "comments", organisation.pk))
    beside = french.find_parent("div", class_="w-panel__wrapper") or french.find_parent("section")
    assert beside.select_one("textarea")["name"] == "texts-1-description"


def test_a_new_record_has_none(client_for: Any) -> None:
    page = page_of(client_for("editor"), screen(Organisation, "add"))
    assert not page.select(".comment-link, [data-side-panel=record-comments]")


def test_a_new_record_that_saves_itself_gets_no_panel_that_its_screen_has_no_place_for(
    organisation, client_for
) -> None:
    address = f"{screen(Organisation, 'edit', organisation.pk)}?_w_hydrate_create_view=1"
    answer = client_for("editor").get(address).content.decode()
    assert "[data-side-panel='status']" in answer
    assert "record-comments" not in answer


def test_a_form_that_came_back_keeps_its_links(organisation: Organisation, client_for: Any) -> None:
    response = client_for("editor").post(screen(Organisation, "edit", organisation.pk), {"name": ""})
    page = BeautifulSoup(response.content, "html.parser")
    assert page.select_one("#comment-on-name")


def test_the_words_are_text_and_no_markup(organisation: Organisation) -> None:
    editor = make_user("editor")
    write_comment(record=organisation, user=editor, text="<script>alert(1)</script>", path="name")
    for name in ("comments", "edit"):
        page = signed_in(editor).get(screen(Organisation, name, organisation.pk)).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize("name", ["comments", "edit"])
def test_the_screens_cost_the_same_with_more_comments(name: str) -> None:
    chart = make_chart(organisations=[make_organisation()])
    reviewer = make_user("reviewer")
    client, address = signed_in(make_user("editor")), screen(type(chart), name, chart.pk)

    def cost(number: int) -> int:
        for _number in range(number):
            for path in ("organisations", "country", "practice_categories", ""):
                thread = write_comment(record=chart, user=make_user("editor"), text="Hm", path=path)
                write_comment(record=chart, user=reviewer, text="So", thread=thread)
        return queries(client, address)

    assert cost(2) == cost(5)


def test_the_desk_names_what_waits_and_leads_there() -> None:
    author, reader = make_user("editor"), make_user("reviewer", name="Ben")
    organisation = make_draft_organisation(author=author, name="Half said")
    thread = write_comment(record=organisation, user=reader, text="Why?", path="name")
    panel = page_of(signed_in(author), reverse("wagtailadmin_home")).select_one("#comments-section")
    assert "(1)" in words(panel)
    row = panel.select_one(".desk-list li")
    assert words(row).startswith("Half said Organisation; Ben,")
    address = screen(Organisation, "comments", organisation.pk)
    assert row.a["href"] == f"{address}?field=name#comment-{thread.pk}"
    assert "Why?" not in words(panel)
    assert "(0)" in words(page_of(signed_in(reader), reverse("wagtailadmin_home")).select_one("#comments-section"))


def test_the_desk_costs_the_same_with_more_comments() -> None:
    author, home = make_user("editor"), reverse("wagtailadmin_home")

    def cost(number: int) -> int:
        for _number in range(number):
            record = make_draft_organisation(author=author)
            write_comment(record=record, user=make_user("reviewer"), text="Why?")
        return queries(signed_in(author), home)

    # With eight and more, all are counted.
    assert cost(1) == cost(5)
    assert cost(2) == cost(5)
