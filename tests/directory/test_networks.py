"""Networks and programmes: lists and pages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client, RequestFactory

from directory.models import Organisation, Programme, ProgrammePartner, ProgrammeText
from directory.views.network_detail import render_network
from directory.views.programme_detail import render_programme
from platform_site.records.gate import PublishRefused
from platform_site.records.services import publish_record, withdraw_record
from platform_site.vocabulary.store import term_id
from tests.costs import costs
from tests.factories import make_chart, make_network, make_organisation, make_user
from tests.library.making import make_document

pytestmark = pytest.mark.django_db
ClientFor = Callable[[str], Client]


def flat(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def build_programme(
    name: str,
    *,
    kind: str = "project",
    countries: tuple[str, ...] = (),
    partners: tuple[tuple[str, Organisation | str], ...] = (),
    language: str = "en",
    summary: str = "People return together.",
    **values: object,
) -> Programme:
    programme = Programme(
        name=name, slug=name.lower().replace(" ", "-"), kind_id=term_id("programme_kinds", kind), **values
    )
    programme.set_codes("countries", countries)
    programme.partners = [
        ProgrammePartner(role=role, printed_name=who, sort_order=number)
        if isinstance(who, str)
        else ProgrammePartner(role=role, organisation=who, sort_order=number)
        for number, (role, who) in enumerate(partners)
    ]
    programme.texts = [ProgrammeText(language=language, is_original=True, summary=summary, outputs="- A handbook")]
    return programme


def make_programme(name: str, **values: object) -> Programme:
    published: Programme = publish_record(record=build_programme(name, **values))
    return published


def test_a_network_names_the_members_that_the_reader_may_see(client_for: ClientFor) -> None:
    members = [
        make_organisation(name="Open House"),
        make_organisation(name="Members House", audience="members"),
        make_organisation(name="Staff House", audience="staff"),
    ]
    make_network("Round Table", members, full_name="The Round Table of Houses", website="https://table.example.org/")
    for role, count in (("anonymous", 1), ("member", 2), ("editor", 3)):
        client = client_for(role)
        page = flat(client.get("/en/networks/round-table/").content.decode())
        listed = flat(client.get("/en/networks/").content.decode())
        file = b"".join(client.get("/en/networks/?format=csv").streaming_content).decode()
        for number, member in enumerate(members):
            assert (member.name in page) is (number < count)
            assert (member.name in file) is (number < count)
        assert f"{count} organisation" in listed
        assert "The Round Table of Houses" in page


def test_the_evidence_of_a_programme_leads_to_charts_that_the_reader_may_see(client_for: ClientFor) -> None:
    make_chart(chart_no=7)
    make_chart(chart_no=8, audience="members")
    make_programme("New way", evidence="practice:7 results;practice:8;handbook:12-14")
    visitor, member = (
        client_for(role).get("/en/programmes/new-way/").content.decode() for role in ("anonymous", "member")
    )
    assert '<a href="/en/practices/7/">practice chart 7, results</a>' in visitor
    assert 'href="/en/practices/8/"' not in visitor
    assert 'href="/en/practices/8/"' in member


def test_a_programme_shows_the_documents_that_it_uses(client: Client) -> None:
    programme = make_programme("New way")
    make_document(name="Form for the way", uses=[programme])
    assert "Form for the way" in client.get("/en/programmes/new-way/").content.decode()


def test_a_network_of_which_nobody_said_who_belongs_to_it_does_not_count_none(client: Client) -> None:
    make_network("Open Table", [], members_unstated=True)
    make_network("Empty Table", [])
    listed = flat(client.get("/en/networks/").content.decode())
    assert "Network · members not stated" in listed
    assert "Network · 0 organisations" in listed
    assert "Not stated: nobody has said yet" in flat(client.get("/en/networks/open-table/").content.decode())
    assert "Not stated" not in flat(client.get("/en/networks/empty-table/").content.decode())
    file = b"".join(client.get("/en/networks/?format=csv").streaming_content).decode()
    assert "Open Table,,Network,members not stated," in file


def test_who_names_members_has_stated_them() -> None:
    with pytest.raises(PublishRefused, match="Members are named"):
        make_network("Round Table", [make_organisation()], members_unstated=True)


def test_a_programme_names_the_partners_that_the_reader_may_see(client_for: ClientFor) -> None:
    leading = make_organisation(name="Open House", country="IT")
    hidden = make_organisation(name="Members House", audience="members")
    make_programme(
        "Way Back",
        countries=("IT", "RO"),
        partners=(("coordinator", leading), ("partner", hidden), ("partner", "A ministry")),
        start="2020-03",
        end="2022",
        funder="A fund",
    )
    public = flat(client_for("anonymous").get("/en/programmes/way-back/").content.decode())
    for text in (
        "Open House Coordinator",
        "A ministry Partner",
        "Italy , Romania",
        "March 2020 – 2022",
        "A fund",
        "People return together.",
        "A handbook",
        "Project",
    ):
        assert text in public, text
    assert "Members House" not in public
    assert "Members House Partner" in flat(client_for("member").get("/en/programmes/way-back/").content.decode())


@pytest.mark.parametrize("kind", ["networks", "programmes"])
@pytest.mark.parametrize(("role", "audience", "status"), [
    ("anonymous", "public", 200),
    ("anonymous", "members", 404),
    ("member", "members", 200),
    ("member", "staff", 404),
    ("editor", "staff", 200),
])  # fmt: skip
def test_who_reads_what(client_for: ClientFor, kind: str, role: str, audience: str, status: int) -> None:
    if kind == "networks":
        make_network("Round Table", [], audience=audience)
    else:
        make_programme("Round Table", audience=audience)
    client = client_for(role)
    assert client.get(f"/en/{kind}/round-table/").status_code == status
    assert ("Round Table" in client.get(f"/en/{kind}/").content.decode()) is (status == 200)
    total = json.loads(client.get(f"/en/{kind}/?format=json").content)["total"]
    assert total == (1 if status == 200 else 0)


def test_lists_narrow_and_order(client: Client) -> None:
    make_programme("Alpha", kind="project", countries=("IT",), start="2001")
    make_programme("Beta", kind="forum", countries=("IT", "RO"), start="2020-05")
    make_programme("Gamma", kind="forum")

    def titles(query: str) -> list[str]:
        data = json.loads(client.get(f"/en/programmes/?format=json&{query}").content)
        return [row["title"] for row in data["results"]]

    assert titles("") == ["Alpha", "Beta", "Gamma"]
    assert titles("country=RO") == ["Beta"]
    assert titles("kind=forum") == ["Beta", "Gamma"]
    assert titles("sort=start") == ["Beta", "Alpha", "Gamma"]
    assert titles("q=gam") == ["Gamma"]
    assert titles("country=ZZ&page=9999999999") == ["Alpha", "Beta", "Gamma"]


def test_texts_in_another_language_are_labelled(client: Client) -> None:
    make_programme("Via", language="it", summary="Un ritorno *insieme*.")
    page = client.get("/en/programmes/via/").content.decode()
    assert '<div class="read" lang="it">' in page
    assert "This text is shown in its original language: Italian." in flat(page)
    assert 'lang="it">Un ritorno insieme.' in client.get("/en/programmes/").content.decode()


@pytest.mark.parametrize("kind", ["networks", "programmes"])
def test_withdrawn_ones_answer_410(client: Client, kind: str) -> None:
    record = make_network("Round Table", []) if kind == "networks" else make_programme("Round Table")
    withdraw_record(record=record, user=None, reason="It ended in 2019.")
    response = client.get(f"/en/{kind}/round-table/")
    assert response.status_code == 410
    assert "It ended in 2019." in response.content.decode()


def test_drafts_can_be_previewed() -> None:
    request = RequestFactory().get("/en/networks/new/")
    request.user = make_user("editor")
    request.session = {}
    draft = build_programme("New way", partners=(("partner", make_organisation(name="Open House")),))
    assert "Open House" in render_programme(request, draft).content.decode()
    network = make_network("Round Table", [make_organisation(name="Quay")])
    assert "Quay" in render_network(request, network.get_latest_revision_as_object()).content.decode()


def test_more_rows_cost_no_more_queries(client: Client) -> None:
    def more(number: int) -> None:
        for _number in range(number):
            member = make_organisation()
            make_network(f"Table {member.pk}", [member, make_organisation()])
            make_programme(f"Way {member.pk}", partners=(("partner", member),), countries=("IT",))

    more(2)
    members = list(Organisation.objects.all())
    make_network("All", members)
    make_programme("All", partners=tuple(("partner", member) for member in members))
    pages = ["/en/networks/", "/en/programmes/", "/en/networks/all/", "/en/programmes/all/"]
    few = costs(client, pages)
    more(5)
    assert costs(client, pages) == few
    assert max(few.values()) <= 10
