"""Comments on records: who may write and settle them, what they leave behind, and what they never get into."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import registry
from wagtail.models import ReferenceIndex

from directory.models import Organisation, Programme, ProgrammeText
from platform_site.records.comment_places import place_key, places, present_value
from platform_site.records.comments import may_comment, may_settle, settle_comment, write_comment
from platform_site.records.models import RecordComment
from platform_site.records.models.comments import LONGEST
from platform_site.records.packages.exporting import export_package
from platform_site.records.references import references_to
from platform_site.records.registry import record_models
from platform_site.records.services import publish_record
from tests.directory.making import make_note
from tests.directory.profiles import fact, make_profile
from tests.factories import (
    ROLES,
    make_case,
    make_chart,
    make_draft_organisation,
    make_network,
    make_organisation,
    make_service,
    make_user,
)
from tests.library.making import make_document
from tests.records.screens import screen
from tests.search.making import make_abbreviation, make_concept

pytestmark = pytest.mark.django_db

WORDS = "Which of the two numbers is right?"
# Who may write and answer; who may resolve and reopen a comment of somebody else, and an own one.
RIGHTS = {
    "registered": (False, False),
    "member": (False, False),
    "editor": (True, False),
    "reviewer": (True, True),
    "administrator": (True, True),
}


@pytest.fixture
def organisation() -> Organisation:
    screen(Organisation, "list")
    return make_organisation(name="Ponte", services=[make_service("shelter")])


def comment_on(record: Any, user: Any = None, **values: Any) -> RecordComment:
    return write_comment(record=record, user=user or make_user("editor"), **{"text": WORDS, **values})


@pytest.mark.parametrize(("role", "rights"), RIGHTS.items())
def test_who_may_do_what(role: str, rights: tuple[bool, bool], organisation: Organisation) -> None:
    person, (writes, settles_others) = make_user(role), rights
    theirs = comment_on(organisation)
    acts = {
        "write": (writes, lambda: comment_on(organisation, person)),
        "answer": (writes, lambda: comment_on(organisation, person, thread=theirs)),
        "resolve": (settles_others, lambda: settle_comment(comment=theirs, user=person, resolved=True)),
        "reopen": (settles_others, lambda: settle_comment(comment=theirs, user=person, resolved=False)),
    }
    for name, (allowed, act) in acts.items():
        before = RecordComment.objects.count(), RecordComment.objects.open().count()
        if allowed:
            act()
        else:
            with pytest.raises(PermissionDenied):
                act()
            assert (RecordComment.objects.count(), RecordComment.objects.open().count()) == before, name
    if writes:
        own = comment_on(organisation, person)
        settle_comment(comment=own, user=person, resolved=True)
        assert RecordComment.objects.get(pk=own.pk).resolved_by == person


def test_the_table_has_every_role_and_every_kind_of_record() -> None:
    assert set(RIGHTS) == set(ROLES) - {"anonymous"}
    for role, (writes, _settles) in RIGHTS.items():
        person = make_user(role)
        assert {may_comment(person, model) for model in record_models().values()} == {writes}, role


def test_who_is_not_active_any_more_settles_nothing(organisation: Organisation) -> None:
    person = make_user("reviewer", is_active=False)
    assert not may_comment(person, Organisation)
    assert not may_settle(person, comment_on(organisation))


@pytest.mark.parametrize("text", ["", "   \n", "x" * (LONGEST + 1)])
def test_what_is_no_comment_is_refused(text: str, organisation: Organisation) -> None:
    with pytest.raises(ValidationError) as refused:
        comment_on(organisation, text=text)
    assert set(refused.value.message_dict) == {"text"}
    comment_on(organisation, text="x" * LONGEST)


def test_an_answer_is_about_what_its_comment_is_about_and_needs_an_open_one_of_the_same_record(organisation) -> None:
    editor = make_user("editor")
    thread = comment_on(organisation, path="texts.description", language="en")
    answer = comment_on(organisation, editor, thread=thread, path="name")
    assert answer.place == "texts.description:en"
    for record, wrong in ((make_organisation(), thread), (organisation, answer)):
        with pytest.raises(ValidationError):
            comment_on(record, editor, thread=wrong)
    settle_comment(comment=thread, user=make_user("reviewer"), resolved=True)
    with pytest.raises(ValidationError, match="resolved meanwhile"):
        comment_on(organisation, editor, thread=thread)
    with pytest.raises(ValidationError):
        settle_comment(comment=answer, user=make_user("reviewer"), resolved=True)


def test_the_history_says_that_and_not_what(organisation: Organisation) -> None:
    reviewer = make_user("reviewer")
    thread = comment_on(organisation, reviewer, path="name")
    for resolved in (True, True, False):
        settle_comment(comment=thread, user=reviewer, resolved=resolved)
    entries = [entry for entry in registry.get_logs_for_instance(organisation) if "comment" in entry.action]
    # What was resolved already is not resolved again.
    assert sorted(entry.action for entry in entries) == [
        "records.comment",
        "records.comment_reopened",
        "records.comment_resolved",
    ]
    for entry in entries:
        assert entry.message
        assert WORDS not in json.dumps(entry.data) + entry.message


def test_a_comment_changes_nothing_of_the_record(organisation: Organisation) -> None:
    before = Organisation.objects.filter(pk=organisation.pk).values().get()
    comment_on(organisation)
    assert Organisation.objects.filter(pk=organisation.pk).values().get() == before
    assert WORDS not in str(organisation.save_revision().content)
    assert "comments" not in organisation.serializable_data()
    assert references_to(organisation) == []
    comments = ContentType.objects.get_for_model(RecordComment)
    assert not ReferenceIndex.objects.filter(content_type=comments).exists()


def test_no_word_of_it_is_in_a_package_a_list_or_a_preview(organisation, tmp_path, client_for) -> None:
    comment_on(organisation, path="name", thread=comment_on(organisation))
    export_package(tmp_path / "package")
    files = [path for path in (tmp_path / "package").rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if WORDS.encode() in path.read_bytes()]
    client = client_for("administrator")
    for address in (
        organisation.get_absolute_url(),
        f"{screen(Organisation, 'list')}?export=csv",
        screen(Organisation, "preview_on_edit", organisation.pk),
        screen(Organisation, "history", organisation.pk),
        screen(Organisation, "revisions_compare", organisation.pk, "earliest", "latest"),
        f"{reverse('wagtailadmin_reports:site_history')}?export=csv",
    ):
        answer = client.get(address)
        assert answer.status_code == 200, address
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert WORDS.encode() not in body, address


@pytest.mark.parametrize("way", ["record", "queryset"])
def test_comments_end_with_their_record(way: str, organisation: Organisation) -> None:
    kept, draft = comment_on(organisation), make_draft_organisation()
    comment_on(draft, thread=comment_on(draft))
    if way == "record":
        Organisation.objects.get(pk=draft.pk).delete()
    else:
        Organisation.objects.filter(pk=draft.pk).delete()
    assert [*RecordComment.objects.all()] == [kept]


def test_records_of_two_kinds_with_one_key_keep_their_comments_apart(organisation: Organisation) -> None:
    chart = make_chart()
    comment = comment_on(chart)
    assert not RecordComment.objects.of(Organisation(pk=chart.pk)).exists()
    assert [*RecordComment.objects.of(chart)] == [comment]


def test_an_account_that_is_deleted_leaves_its_comments(organisation: Organisation) -> None:
    person = make_user("reviewer")
    comment = comment_on(organisation, person)
    settle_comment(comment=comment, user=person, resolved=True)
    person.delete()
    comment.refresh_from_db()
    assert (comment.author, comment.resolved_by, comment.text) == (None, None, WORDS)


def one_of_each_kind() -> list[Any]:
    programme = Programme(name="Bridge", slug="bridge")
    programme.texts = [ProgrammeText(language="en", is_original=True, summary="What it did.")]
    organisation = make_organisation(services=[make_service("shelter")])
    return [
        organisation,
        make_network("Harbour", [organisation]),
        publish_record(record=programme),
        make_profile("RO", [fact("reflection_period", "yes")]),
        make_note(),
        make_chart(),
        make_case(),
        make_document(),
        make_concept("known", ("en", "known thing", "pref"), note="What is known."),
        make_abbreviation("KNWN", "Known"),
    ]


def test_every_field_of_every_form_is_a_place_with_a_link(client_for: Any) -> None:
    client, seen = client_for("editor"), one_of_each_kind()
    assert {type(record) for record in seen} == set(record_models().values())
    for record in seen:
        page = BeautifulSoup(client.get(screen(type(record), "edit", record.pk)).content, "html.parser")
        found = places(record)
        assert {"", "audience", "source"} <= set(found), record
        anchors = [place.anchor for place in found.values()]
        assert sorted(link["id"] for link in page.select("a.comment-link")) == sorted(set(anchors)) == sorted(anchors)
        for place in found.values():
            assert place.label, place
            assert place.key == place_key(place.path, place.language)
            assert isinstance(present_value(record, place), str)
        written = [place.path for place in found.values() if place.language == "en"]
        assert bool(written) is ("en" in record.content_languages), record
        assert {"texts.language", "texts.is_original"}.isdisjoint(written)


def test_what_stands_at_a_place(organisation: Organisation) -> None:
    organisation.set_codes("languages", ["ro", "it"])
    found = places(organisation)
    said = {
        key: present_value(organisation, found[key])
        for key in ("", "name", "country", "languages", "services", "texts.description:en", "audience")
    }
    assert said["name"] == "Ponte"
    assert said["country"] == "Italy"
    assert said["languages"] == "Romanian; Italian"
    assert "Shelter" in said["services"]
    assert said["texts.description:en"] == "Works with people who were exploited."
    assert said["audience"] == "Everybody"
    assert said[""] == ""


def waiting(user: Any) -> list[RecordComment]:
    return [*RecordComment.objects.waiting_for(user, [*record_models().values()])]


def test_what_waits_for_whom() -> None:
    author, last, reader, stranger = (make_user("editor") for _number in range(4))
    organisation = make_draft_organisation(author=author)
    organisation.save_revision(user=make_user("editor"))
    organisation.save_revision(user=last)
    comment = comment_on(organisation, reader)
    assert waiting(author) == waiting(last) == [comment]
    assert waiting(reader) == waiting(stranger) == []
    answer = comment_on(organisation, author, thread=comment)
    assert (waiting(author), waiting(reader), waiting(last)) == ([], [comment], [comment])
    assert waiting(reader)[0].last_author == author.pk
    RecordComment.objects.filter(pk=answer.pk).update(author=None)
    assert waiting(reader) == [comment], "what an account said that was deleted since"
    settle_comment(comment=comment, user=reader, resolved=True)
    assert waiting(author) == waiting(reader) == waiting(last) == []


def test_what_nobody_began_waits_for_everybody_and_a_question_of_who_works_on_it_for_reviewers() -> None:
    author, editor, reviewer = make_user("editor"), make_user("editor"), make_user("reviewer")
    imported = comment_on(make_organisation(name="From a package"), editor)
    assert waiting(author) == waiting(reviewer) == [imported]
    assert waiting(editor) == []
    settle_comment(comment=imported, user=editor, resolved=True)
    question = comment_on(make_draft_organisation(author=author), author)
    assert waiting(reviewer) == [question]
    assert waiting(author) == waiting(editor) == []
    comment_on(question.record, reviewer, thread=question)
    assert (waiting(reviewer), waiting(author)) == ([], [question])


def test_a_comment_that_is_sent_twice_is_kept_once(organisation: Organisation) -> None:
    author = make_user("editor")
    first = comment_on(organisation, author)
    assert comment_on(organisation, author) == first
    answer = comment_on(organisation, author, thread=first)
    assert comment_on(organisation, author, thread=first) == answer
    assert RecordComment.objects.count() == 2
    assert comment_on(organisation, make_user("editor")) != first
    RecordComment.objects.filter(pk=first.pk).update(created_at=timezone.now() - timedelta(minutes=5))
    assert comment_on(organisation, author) != first


def test_the_latest_word_is_first_and_the_name_is_that_of_the_latest_version() -> None:
    author, reader = make_user("editor"), make_user("reviewer")
    first, second = (make_draft_organisation(author=author, name=name) for name in ("First", "Second"))
    early, late = comment_on(first, reader), comment_on(second, reader)
    assert [comment.record_name for comment in waiting(author)] == ["Second", "First"]
    answer = comment_on(first, reader, thread=early)
    RecordComment.objects.filter(pk=answer.pk).update(created_at=timezone.now() + timedelta(minutes=1))
    assert waiting(author) == [early, late]
    assert RecordComment.objects.waiting_for(author, []).count() == 0, "on kinds of records that are not theirs"


def test_what_waits_costs_one_query_however_much_it_is() -> None:
    author, reader = make_user("editor"), make_user("reviewer")

    def cost(number: int) -> int:
        for _number in range(number):
            organisation = make_draft_organisation(author=author)
            comment_on(organisation, reader, thread=comment_on(organisation, reader))
        with CaptureQueriesContext(connection) as queries:
            waiting(author)
        return len(queries)

    cost(1)
    assert cost(1) == cost(5) == 1
