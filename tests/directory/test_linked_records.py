"""The records that belong to a programme: on its page, on theirs, in the editors' form, before a deletion."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from directory.linked import linked_blocks
from directory.models import Network, Programme, ProgrammeLink
from directory.views.programme_detail import render_programme
from platform_site.records.gate import PublishRefused
from platform_site.records.references import references_to
from platform_site.records.registry import record_for_address
from platform_site.records.services import publish_record, save_draft, withdraw_record
from tests.costs import costs, queries
from tests.directory.making import links_to
from tests.directory.test_networks import build_programme, flat, make_programme
from tests.factories import (
    ROLES,
    build_case,
    build_chart,
    make_case,
    make_chart,
    make_network,
    make_organisation,
    make_user,
)
from tests.library.making import build_document, make_document
from tests.records.screens import press, screen

pytestmark = pytest.mark.django_db
ClientFor = Callable[[str], Client]
WORD = "Heron lantern"


def programme_with(*records: Any, name: str = "Way Back", **values: Any) -> Programme:
    programme = build_programme(name, **values)
    programme.linked_records = links_to(*records)
    published: Programme = publish_record(record=programme)
    return published


# How to build a record of each kind, unpublished, under a name that can be searched for on a page.
BUILD: dict[str, Callable[..., Any]] = {
    "practice": lambda **values: build_chart(name=WORD, **values),
    "case": lambda **values: build_case(title=WORD, **values),
    "document": lambda **values: build_document(name=WORD, **values),
    "network": lambda **values: Network(name=WORD, slug="heron-lantern", **values),
    "programme": lambda **values: build_programme(WORD, **values),
}
HEADINGS = {
    "practice": "Practice charts",
    "case": "Case studies",
    "document": "Library documents",
    "network": "Networks",
    "programme": "Programmes",
}
# Who reads a record of each audience while it is live.
READERS = {
    "public": set(ROLES),
    "members": {"member", "editor", "reviewer", "administrator"},
    "staff": {"editor", "reviewer", "administrator"},
}
STATES = [("live", "public"), ("live", "members"), ("live", "staff"), ("draft", "public"), ("withdrawn", "public")]


def make_record(kind: str, audience: str, state: str) -> Any:
    record = BUILD[kind](audience=audience)
    if state == "draft":
        save_draft(record=record, user=None)
        return record
    record = publish_record(record=record)
    if state == "withdrawn":
        withdraw_record(record=record, user=None, reason="It ended.")
    return record


def test_the_table_names_every_kind() -> None:
    assert list(BUILD) == list(ProgrammeLink.linkable) == ProgrammeLink.allowed()


@pytest.mark.parametrize(("state", "audience"), STATES)
def test_who_sees_which_linked_record(client_for: ClientFor, state: str, audience: str) -> None:
    records = {kind: make_record(kind, audience, state) for kind in ProgrammeLink.linkable}
    programme_with(*records.values())
    for role in ROLES:
        page = client_for(role).get("/en/programmes/way-back/").content.decode()
        sees = state == "live" and role in READERS[audience]
        assert (WORD in page) is sees, (role, "title")
        assert ('id="linked-records"' in page) is sees, (role, "section")
        for kind, record in records.items():
            assert (f'id="linked-{kind}">{HEADINGS[kind]}</h3>' in page) is sees, (role, kind, "heading")
            assert (record.get_absolute_url() in page) is sees, (role, kind, "address")


@pytest.mark.parametrize("kind", ProgrammeLink.linkable)
def test_a_kind_of_which_nothing_is_seen_stands_beside_the_others_as_if_it_were_not(client: Client, kind: str) -> None:
    others = [make_record(other, "public", "live") for other in ProgrammeLink.linkable if other != kind]
    programme_with(*others, make_record(kind, "members", "live"))
    page = client.get("/en/programmes/way-back/").content.decode()
    assert page.count(WORD) == len(others)
    assert f'id="linked-{kind}"' not in page


@pytest.mark.parametrize("kind", ProgrammeLink.linkable)
@pytest.mark.parametrize(("state", "audience"), STATES)
def test_who_sees_to_which_programme_a_record_belongs(
    client_for: ClientFor, kind: str, state: str, audience: str
) -> None:
    record = make_record(kind, "public", "live")
    programme = build_programme("Heron way", audience=audience)
    programme.linked_records = links_to(record)
    if state == "draft":
        save_draft(record=programme, user=None)
    else:
        publish_record(record=programme)
    if state == "withdrawn":
        withdraw_record(record=programme, user=None, reason="It ended.")
    for role in ROLES:
        page = flat(client_for(role).get(record.get_absolute_url()).content.decode())
        sees = state == "live" and role in READERS[audience]
        assert ("Part of the programme Heron way" in page) is sees, role
        assert ("Part of the programme" in page) is sees, role
        assert ("Heron way" in page) is sees, role


@pytest.mark.parametrize("kind", ProgrammeLink.linkable)
def test_a_page_that_was_kept_follows_the_programme(client: Client, kind: str) -> None:
    record = make_record(kind, "public", "live")
    assert "Part of the programme" not in client.get(record.get_absolute_url()).content.decode()
    programme = programme_with(record, name="Heron way")
    assert "Heron way" in client.get(record.get_absolute_url()).content.decode()
    programme.audience = "staff"
    publish_record(record=programme)
    assert "Heron way" not in client.get(record.get_absolute_url()).content.decode()


def test_the_tools_of_a_chart_and_of_a_case_stand_on_their_pages(client: Client) -> None:
    for record in (make_chart(), make_case()):
        assert "Tools that are used" not in client.get(record.get_absolute_url()).content.decode()
        make_document(name=f"Tool for {record.key}", uses=[record])
        assert f"Tools that are used Tool for {record.key}" in flat(
            client.get(record.get_absolute_url()).content.decode()
        )


def test_linked_records_stand_by_kind_in_the_order_of_the_editor(client: Client) -> None:
    second, first = make_chart(name="Second tide"), make_chart(name="First tide")
    document = make_document(name="A form")
    programme_with(document, first, second)
    page = flat(client.get("/en/programmes/way-back/").content.decode())
    assert page.index("Practice charts") < page.index("First tide") < page.index("Second tide") < page.index("A form")


def test_a_title_in_another_language_says_so(client: Client) -> None:
    programme_with(make_chart(name="La marea", language="it"))
    assert 'lang="it"><a href' in client.get("/en/programmes/way-back/").content.decode()


def test_evidence_leads_to_the_chart_of_that_number_and_to_nothing_else(client: Client) -> None:
    """A tool of the chart whose primary key is that number must not take its place, nor must a programme."""
    chart = make_chart(chart_no=77)
    other = make_chart(chart_no=chart.pk)
    make_document(name="A form", uses=[chart])
    programme_with(chart, name="Other way")
    make_programme("Way Back", evidence=f"practice:{other.chart_no} activities")
    page = client.get("/en/programmes/way-back/").content.decode()
    assert other.get_absolute_url() in page
    assert chart.get_absolute_url() not in page
    assert "/en/library/" not in page.split("<main", 1)[1].split("</main>")[0]


def test_drafts_are_previewed_with_their_linked_records() -> None:
    request = RequestFactory().get("/en/programmes/way-back/")
    request.user = make_user("editor")
    request.session = {}
    new, old = make_chart(name="New tide"), make_chart(name="Old tide")
    programme = programme_with(old)
    programme.linked_records = links_to(new)
    save_draft(record=programme, user=None)
    draft = programme.get_latest_revision_as_object()
    page = render_programme(request, draft).content.decode()
    assert "New tide" in page
    assert "Old tide" not in page
    live = render_programme(request, Programme.objects.get()).content.decode()
    assert "Old tide" in live
    assert "New tide" not in live
    unsaved = build_programme("Not yet")
    unsaved.linked_records = links_to(new)
    assert "New tide" in render_programme(request, unsaved).content.decode()
    unsaved.linked_records = links_to(new, old, new)
    assert render_programme(request, unsaved).content.decode().count("New tide") == 1


def test_an_old_version_loses_the_record_that_is_gone() -> None:
    chart = make_chart()
    programme = programme_with(chart, make_network("Round Table", []))
    revision = programme.latest_revision
    programme.linked_records = []
    programme = publish_record(record=programme)
    chart.delete()
    assert [row.record_type for row in revision.as_object().linked_records.all()] == ["network"]


@pytest.mark.parametrize("kind", ProgrammeLink.linkable)
def test_nothing_that_a_programme_names_is_deleted_silently(client_for: ClientFor, kind: str) -> None:
    record = BUILD[kind]()
    save_draft(record=record, user=None)
    programme = programme_with(record)
    assert [(found.holder, found.how) for found in references_to(record)] == [(programme, "linked record")]
    model = type(record)
    address = screen(model, "delete", record.pk)
    client = client_for("administrator")
    assert "Way Back" in client.get(address).content.decode()
    assert client.post(address).status_code == 409
    with pytest.raises(ProtectedError):
        record.delete()
    assert model.objects.filter(pk=record.pk).exists()
    programme.linked_records = []
    publish_record(record=programme)
    model.objects.get(pk=record.pk).delete()


def test_what_only_a_draft_names_is_named_too() -> None:
    programme, chart = make_programme("Way Back"), make_chart()
    programme.linked_records = links_to(chart)
    save_draft(record=programme, user=None)
    assert [(found.holder, found.how) for found in references_to(chart)] == [(programme, "unpublished version")]


def test_users_of_a_tool_are_not_deleted_silently_either() -> None:
    organisation = make_organisation()
    document = make_document(uses=[organisation])
    assert [(found.holder, found.how) for found in references_to(organisation)] == [(document, "used by")]
    with pytest.raises(ProtectedError):
        organisation.delete()


def test_a_programme_goes_with_its_own_rows() -> None:
    programme = programme_with(make_chart())
    programme.delete()
    assert not ProgrammeLink.objects.exists()


@pytest.mark.parametrize(("record_type", "pk"), [("practice", 99), ("guide", 1), ("", 1)])
def test_a_row_names_a_record_that_is_there(record_type: str, pk: int) -> None:
    with pytest.raises(ValidationError, match="no such record"):
        ProgrammeLink(record_type=record_type, record_pk=pk).clean()


def test_a_programme_names_neither_itself_nor_anything_twice() -> None:
    chart = make_chart()
    with pytest.raises(PublishRefused, match="named twice"):
        programme_with(chart, chart)
    programme = make_programme("Round")
    programme.linked_records = links_to(programme)
    with pytest.raises(PublishRefused, match="cannot name itself"):
        publish_record(record=programme)


def test_more_linked_records_cost_no_more_queries(client: Client) -> None:
    def some(number: int) -> list[Any]:
        return [
            record
            for _number in range(number)
            for record in (
                make_chart(),
                make_case(),
                make_document(),
                make_network(f"Net {_number} of {number}", []),
                make_programme(f"Part {_number} of {number}"),
            )
        ]

    records = some(2)
    programme_with(*records)
    pages = ["/en/programmes/way-back/", *(record.get_absolute_url() for record in records[:5])]
    few = costs(client, pages)
    more = [*records, *some(7)]
    for number in range(5):
        programme_with(*more, name=f"Other way {number}")
    programme = Programme.objects.get(slug="way-back")
    programme.linked_records = links_to(*more)
    publish_record(record=programme)
    assert costs(client, pages) == few
    assert max(few.values()) <= 10


def test_cold_reading_does_not_grow_either(django_assert_num_queries: Any) -> None:
    user = make_user("member")
    programme = programme_with(make_network("A", []), make_document())
    bigger = programme_with(
        *(make_network(f"B{n}", []) for n in range(5)), *(make_document() for _n in range(5)), name="Bigger"
    )
    programme, bigger = (Programme.objects.for_page().get(pk=one.pk) for one in (programme, bigger))
    linked_blocks(make_programme("Warm"), user)
    with django_assert_num_queries(6, exact=False) as first:
        linked_blocks(programme, user)
    with django_assert_num_queries(len(first), exact=False) as second:
        linked_blocks(bigger, user)
    assert len(second) <= len(first)


def test_the_page_is_cheap_in_every_role(client_for: ClientFor) -> None:
    programme_with(make_chart(), make_case(), make_document(), make_network("Net", []), make_programme("Part"))
    assert queries(client_for("anonymous"), "/en/programmes/way-back/") <= 10


def test_what_was_named_twice_or_is_the_programme_itself_is_said_beside_its_row(client_for: ClientFor) -> None:
    programme = programme_with(make_chart(chart_no=88), make_network("Round Table", []))
    address = screen(Programme, "edit", programme.pk)
    for key, reason in (("practice:88", "named twice"), ("programme:Way Back", "cannot name itself")):
        changes = {"linked_records-1-record_key": key}
        response = press(client_for("editor"), address, "action-submit", **changes)
        field = BeautifulSoup(response.content, "html.parser").select_one("[name=linked_records-1-record_key]")
        assert field is not None
        errors = field.find_parent(class_="w-field--error").select_one(".error-message")
        assert errors is not None
        assert reason in errors.text


def test_versions_are_compared_by_what_they_name(client_for: ClientFor) -> None:
    programme = programme_with(make_chart(chart_no=88, name="Old tide"))
    make_chart(chart_no=89, name="New tide")
    client = client_for("editor")
    press(client, screen(Programme, "edit", programme.pk), **{"linked_records-0-record_key": "practice:89"})
    edit = client.get(screen(Programme, "edit", programme.pk)).content.decode()
    assert "Record : practice chart – New tide" in flat(edit), "the heading of the row"
    page = client.get(screen(Programme, "revisions_compare", programme.pk, "live", "latest")).content.decode()
    assert '<span class="deletion">practice chart – Old tide</span>' in page
    assert '<span class="addition">practice chart – New tide</span>' in page


@given(st.text() | st.text().map(lambda text: f"/en/practices/{text}/") | st.text().map(lambda text: f"//{text}"))
def test_any_text_is_the_address_of_a_record_or_of_none(text: str) -> None:
    assert record_for_address(text) is None
