"""What happens to pages and restrictions, and what others say of a record: what of it is noted for the index."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction

from platform_site.records.services import publish_record, withdraw_record
from search import outbox
from search.engines.choosing import embedded_engine
from search.rules import PUBLIC
from tests.factories import make_chart, make_organisation
from tests.library.guiding import make_guide
from tests.search.test_outbox import found, rows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_waits() -> None:
    outbox.drain()


def test_a_restriction_reaches_the_pages_below_and_is_lifted_again() -> None:
    guide = make_guide()
    outbox.drain()
    chapters = [one for one in embedded_engine().scan() if one.type == "chapter"]
    assert chapters
    assert {one.rule for one in chapters} == {PUBLIC}
    restriction = PageViewRestriction.objects.create(page=guide, restriction_type="login")
    assert {("guide", guide.pk), ("chapter", chapters[0].pk)} <= rows()
    outbox.drain()
    assert {one.rule for one in embedded_engine().scan() if one.type in {"guide", "chapter"}} == {"signed_in"}
    restriction.restriction_type = PageViewRestriction.GROUPS
    restriction.save()
    group = Group.objects.create(name="Kestrels")
    restriction.groups.set([group])
    outbox.drain()
    rules = {one.rule for one in embedded_engine().scan() if one.type in {"guide", "chapter"}}
    assert len(rules) == 1
    assert f"group:{group.pk}" in rules.pop()
    group.delete()
    outbox.drain()
    assert f"group:{group.pk}" not in " ".join(embedded_engine().rules())
    restriction.delete()
    outbox.drain()
    assert {one.rule for one in embedded_engine().scan() if one.type in {"guide", "chapter"}} == {PUBLIC}


def test_a_page_that_is_unpublished_or_deleted_is_gone() -> None:
    guide = make_guide()
    outbox.drain()
    assert embedded_engine().keys([("guide", guide.pk)])
    guide.unpublish()
    outbox.drain()
    assert embedded_engine().keys([("guide", guide.pk)]) == frozenset()
    chapters = {(one.type, one.pk) for one in embedded_engine().scan() if one.type == "chapter"}
    guide.delete()
    outbox.drain()
    assert embedded_engine().keys(chapters) == frozenset()


def test_another_address_reaches_the_pages_below(django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
    guide = make_guide()
    outbox.drain()
    keys = [one.key for one in embedded_engine().scan() if one.type == "chapter"]
    guide.slug = "another-slug"
    with django_capture_on_commit_callbacks(execute=True):
        guide.save_revision().publish()
    outbox.drain()
    assert all("another-slug" in one.path for one in embedded_engine().stored(keys).values())


def test_who_speaks_of_a_record_is_indexed_anew_if_what_it_says_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    organisation = make_organisation(name="Kestrel House", description="What we do.")
    chart = make_chart(organisations=[organisation])
    outbox.drain()
    assert chart.key in found("kestrel")
    read: list[str] = []
    real = outbox.documents_of
    monkeypatch.setattr(outbox, "documents_of", lambda kind, pks: read.append(kind) or real(kind, pks))
    text = organisation.texts.get()
    text.description = "What kestrels else do."
    organisation.texts = [text]
    publish_record(record=organisation)
    outbox.drain()
    assert organisation.key in found("else")
    assert read == ["organisation"]
    organisation.name = "Heron House"
    publish_record(record=organisation)
    outbox.drain()
    assert chart.key in found("heron")
    assert chart.key not in found("kestrel")
    withdraw_record(record=organisation, user=None, reason="Closed.")
    outbox.drain()
    assert rows() == set()
