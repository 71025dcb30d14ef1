"""The numbers of charts and case studies: given once, kept over every save, and never changed once published."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from platform_site.records.gate import PublishRefused
from platform_site.records.services import publish_record, save_draft, withdraw_record
from practices.models import CaseStudy, PracticeChart
from tests.factories import build_case, build_chart, make_case, make_chart, make_draft_case, make_draft_chart, make_user
from tests.records.screens import form_data, screen

pytestmark = pytest.mark.django_db

ClientFor = Callable[[str], Client]

NUMBERED = pytest.mark.parametrize(
    ("name", "build", "make", "make_draft"),
    [
        pytest.param("chart_no", build_chart, make_chart, make_draft_chart, id="chart"),
        pytest.param("case_no", build_case, make_case, make_draft_case, id="case"),
    ],
)


def again(record: Any) -> Any:
    return type(record).objects.get(pk=record.pk)


def latest(record: Any) -> Any:
    return again(record).get_latest_revision_as_object()


@NUMBERED
def test_the_number_that_was_published_stays(name: str, build: Any, make: Any, make_draft: Any) -> None:
    """What happens to it, at a record of which state: the number after it, None where it is refused."""
    table = [
        ("draft", None, 14),
        ("draft", 20, 20),
        ("published", None, 14),
        ("published", 14, 14),
        ("published", 20, None),
        ("withdrawn", None, 14),
        ("withdrawn", 20, None),
    ]
    for state, given, expected in table:
        record = make_draft(**{name: 14}) if state == "draft" else make(**{name: 14})
        if state == "withdrawn":
            withdraw_record(record=record, user=None, reason="Told twice.")
        record = again(record)
        setattr(record, name, given)
        if expected is None:
            with pytest.raises(ValidationError) as refused:
                record.full_clean()
            assert list(refused.value.message_dict) == [name], (state, given)
            assert "14" in refused.value.message_dict[name][0]
            with pytest.raises(PublishRefused):
                publish_record(record=record)
            assert getattr(again(record), name) == 14
        else:
            record.full_clean()
            assert getattr(record, name) == expected, (state, given)
            assert getattr(publish_record(record=record), name) == expected
        type(record).objects.filter(pk=record.pk).update(**{name: record.pk + 50_000})


@NUMBERED
def test_an_empty_number_in_a_version_is_the_one_that_the_record_has(
    name: str, build: Any, make: Any, make_draft: Any
) -> None:
    """Whatever wrote that version: neither the form that opens it nor publishing it gives another one."""
    for record in (make(**{name: 7}), make_draft(**{name: 9})):
        number = getattr(record, name)
        setattr(record, name, None)
        revision = save_draft(record=record)
        assert getattr(revision.as_object(), name) == number
        revision.publish()
        assert getattr(again(record), name) == number


@NUMBERED
def test_a_new_one_takes_the_next_number(name: str, build: Any, make: Any, make_draft: Any) -> None:
    make(**{name: 41})
    first, second = build(), build()
    for record in (first, second):
        setattr(record, name, None)
        save_draft(record=record)
    assert (getattr(first, name), getattr(second, name)) == (42, 43)
    assert getattr(latest(first), name) == 42


@pytest.mark.parametrize(("model", "name"), [(PracticeChart, "chart_no"), (CaseStudy, "case_no")])
def test_a_draft_keeps_its_number_over_what_the_form_saves_itself(client_for: ClientFor, model: Any, name: str) -> None:
    """The field stays empty in a form that was opened before the draft had a number."""
    record = make_draft_chart(chart_no=12) if model is PracticeChart else make_draft_case(case_no=12)
    data = form_data(client_for("editor").get(screen(model, "edit", record.pk)).content.decode())
    country = data["country"]
    client = client_for("editor")
    new = form_data(client.get(screen(model, "add")).content.decode())
    new |= {"country": country, "organisation": data.get("organisation", [""])}
    answer = client.post(screen(model, "add"), new, headers={"Accept": "application/json"}).json()
    assert answer["success"]
    pk, overwritten = answer["pk"], answer["revision_id"]
    new |= {key: [value] for key, value in answer["field_updates"].items() if key != name}
    url = screen(model, "edit", pk)
    for words in ("One", "Two", "Three"):
        field = "texts-0-name" if model is PracticeChart else "texts-0-title"
        sent = new | {field: [words], "overwrite_revision_id": [str(overwritten)]}
        answer = client.post(url, sent, headers={"Accept": "application/json"}).json()
        assert answer["success"]
        assert getattr(model.objects.get(pk=pk), name) == 13
        assert getattr(latest(model.objects.get(pk=pk)), name) == 13
    assert client.post(url, new | {name: [""]}).status_code == 302
    assert getattr(latest(model.objects.get(pk=pk)), name) == 13


@pytest.mark.parametrize(("model", "name"), [(PracticeChart, "chart_no"), (CaseStudy, "case_no")])
def test_the_form_says_beside_the_field_that_the_number_stays(client_for: ClientFor, model: Any, name: str) -> None:
    record = make_chart(chart_no=14) if model is PracticeChart else make_case(case_no=14)
    client = client_for("editor")
    url = screen(model, "edit", record.pk)
    data = form_data(client.get(url).content.decode())
    answer = client.post(url, data | {name: ["19"]})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [name]
    assert again(record).revisions.count() == 1
    words = {"texts-0-name" if model is PracticeChart else "texts-0-title": ["Another word"]}
    assert client.post(url, data | words | {name: [""]}).status_code == 302
    assert getattr(latest(record), name) == 14
    latest_revision = again(record).latest_revision
    latest_revision.publish(user=make_user("reviewer"))
    assert getattr(again(record), name) == 14
