"""The entry of an organisation, by role, in each of its states."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from directory.models import Hotline, Location, Organisation, OrganisationText, Programme, ProgrammePartner, Service
from directory.views.organisation_detail import render_organisation
from platform_site.records.services import publish_record, save_draft, withdraw_record
from platform_site.vocabulary.store import term_id
from tests.factories import (
    build_organisation,
    make_draft_organisation,
    make_network,
    make_organisation,
    make_service,
    make_user,
)

pytestmark = pytest.mark.django_db
ClientFor = Callable[[str], Client]
ROLES = ["anonymous", "registered", "member", "editor", "reviewer", "administrator"]


def flat(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return flat(response.content.decode())


def hotline(number: str, **codes: list[str]) -> Hotline:
    row = Hotline(number=number, hours="every day 9:00 to 17:00", time_zone="Europe/Bucharest", free="yes")
    for name, values in codes.items():
        row.set_codes(name, values)
    return row


def full_organisation(**values: object) -> Organisation:
    organisation = build_organisation(
        name="Asociația Casa Lumina",
        short_name="Casa Lumina",
        slug="casa-lumina",
        native_name="Casa Lumina pentru Sprijin",
        native_language="ro",
        country="RO",
        founded=2003,
        website="https://www.lumina.example.org/about",
        membership="member",
        source="entry form 2026",
        confirmed_on=timezone.localdate(),
        office_phone="+40 21 555 01 32",
        office_email="office@lumina.example.org",
        services=[
            make_service(
                "shelter",
                name="House by the river",
                region="Nord-Est",
                genders=["female"],
                ages=["adult"],
                languages=["ro"],
                conditions="a talk comes first",
                cost="free",
                referral_needed="yes",
                residence_status="any",
                longest_duration="six months",
                capacity_state="open",
                capacity_as_of=dt.date(2026, 5, 1),
                as_of=2026,
                evidence="telephone 2026-05",
            ),
            make_service("legal_aid", capacity_note="two lawyers"),
        ],
        **values,
    )
    organisation.locations = [
        Location(city="Iași", address="Strada Lungă 4, Iași", shown=True),
        Location(city="Vaslui", address="Strada Ascunsă 9"),
    ]
    organisation.hotlines = [hotline("0800 800 678", languages=["ro"], countries=["RO"])]
    published: Organisation = publish_record(record=organisation)
    return published


def test_the_entry_says_what_is_known_and_what_is_not(client: Client) -> None:
    full_organisation()
    page = text_of(client, "/en/directory/casa-lumina/")
    for known in (
        "Organisation · Non-governmental organisation · since 2003",
        "Asociația Casa Lumina",
        "Casa Lumina pentru Sprijin",
        "House by the river",
        "Nord-Est",
        "a talk comes first".capitalize(),
        "Cost Free of charge",
        "Residence status accepted Any, also none",
        "How long it may last six months",
        "Room now Open on 1 May 2026",
        "As of 2026 · Evidence telephone 2026-05",
        "Source entry form 2026",
        "0800 800 678",
        "every day 9:00 to 17:00 (time of Bucharest)",
        "lumina.example.org",
        "Member",
        "Report an error",
    ):
        assert known in page, known
    legal = page[page.index("Legal aid and representation") :]
    assert "Extent two lawyers" in legal
    assert "not stated" in legal
    assert "Not stated: Cost, Referral needed, Residence status accepted" in legal
    assert (
        "Not stated for any of these services: Cooperation with the authorities required, "
        "Formal identification required, Official mandate to identify, Hours." in legal
    )


def test_what_all_services_say_alike_is_said_once(client: Client) -> None:
    forms = {"exploitation_types": ["sexual_exploitation"]}
    services = [make_service(kind, **forms) for kind in ("legal_aid", "interpreting")]
    make_organisation(slug="alike", services=services)
    page = text_of(client, "/en/directory/alike/")
    assert page.count("Sexual exploitation") == 1
    assert "All of these services: Sexual exploitation." in page
    # Nobody says a language: no column full of "not stated".
    assert "Not stated for any of these services: Languages, Cost" in page
    other = make_service("legal_aid", exploitation_types=["labour_exploitation"], languages=["ro"])
    make_organisation(slug="unlike", services=[make_service("interpreting", **forms), other])
    page = text_of(client, "/en/directory/unlike/")
    assert "Form of exploitation Sexual exploitation" in page
    assert "All of these services" not in page
    assert "Not stated for any of these services: Cost" in page


def test_an_extent_that_a_shelter_should_not_have_stays_hidden(client: Client) -> None:
    make_organisation(slug="casa", services=[make_service("legal_aid")])
    shelter = Service.objects.get()
    shelter.service_type_id = term_id("service_types", "shelter")
    shelter.capacity_note = "twelve beds"
    shelter.save()
    page = text_of(client, "/en/directory/casa/")
    assert "Shelter" in page
    assert "twelve beds" not in page


OFFICE = ("+40 21 555 01 32", "office@lumina.example.org", "Strada Lungă")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("audience", ["public", "members", "staff"])
def test_who_reads_an_entry_and_its_office(client_for: ClientFor, role: str, audience: str) -> None:
    full_organisation(audience=audience)
    level = {"anonymous": 0, "registered": 0, "member": 1}.get(role, 2)
    response = client_for(role).get("/en/directory/casa-lumina/")
    if level < ["public", "members", "staff"].index(audience):
        missing = client_for(role).get("/en/directory/no-such-entry/")
        assert response.status_code == missing.status_code == 404
        assert flat(response.content.decode()).replace("casa-lumina", "") == flat(missing.content.decode()).replace(
            "no-such-entry", ""
        )
        return
    page = response.content.decode()
    assert response.status_code == 200
    for secret in OFFICE:
        assert (secret in page) is (level >= 1)
    assert ("Strada Ascunsă" in page) is (level >= 2)
    assert "confirmed_by" not in page


def test_an_office_that_opted_in_is_public(client: Client) -> None:
    organisation = full_organisation(office_public=True)
    offices = list(organisation.locations.all())
    offices[0].public = True
    organisation.locations = offices
    publish_record(record=organisation)
    page = client.get("/en/directory/casa-lumina/").content.decode()
    assert all(text in page for text in OFFICE)
    assert "Strada Ascunsă" not in page


def test_an_entry_kept_for_members_is_not_shown_to_others(client_for: ClientFor) -> None:
    full_organisation()
    for role, sees in (("member", True), ("anonymous", False), ("editor", True), ("registered", False)):
        page = client_for(role).get("/en/directory/casa-lumina/").content.decode()
        assert (OFFICE[0] in page) is sees


def test_hidden_networks_and_programmes_do_not_show(client_for: ClientFor) -> None:
    organisation = full_organisation()
    make_network("Open Table", [organisation])
    make_network("Quiet Table", [organisation], audience="members")
    for name, audience in (("Way Back", "public"), ("Way In", "staff")):
        programme = Programme(name=name, slug=name.lower().replace(" ", "-"), audience=audience)
        programme.partners = [ProgrammePartner(organisation=organisation, role="coordinator")]
        programme.texts = []
        programme.save()
        Programme.objects.filter(pk=programme.pk).update(live=True)
    public = text_of(client_for("anonymous"), "/en/directory/casa-lumina/")
    assert "Open Table" in public
    assert "Way Back Coordinator" in public
    assert "Quiet Table" not in public
    assert "Way In" not in public
    assert "Quiet Table" in text_of(client_for("member"), "/en/directory/casa-lumina/")
    assert "Way In" in text_of(client_for("editor"), "/en/directory/casa-lumina/")


def test_a_text_in_another_language_is_labelled(client: Client) -> None:
    organisation = build_organisation(slug="casa", language="it", description="Una casa **aperta**.")
    organisation.texts.add(OrganisationText(language="de", description="Ein offenes Haus."))
    publish_record(record=organisation)
    own = client.get("/it/directory/casa/").content.decode()
    assert "<strong>aperta</strong>" in own
    assert 'class="read" lang=' not in own
    translated = client.get("/de/directory/casa/").content.decode()
    assert "Ein offenes Haus." in translated
    assert 'class="read" lang=' not in translated
    other = client.get("/en/directory/casa/").content.decode()
    assert '<div class="read" lang="it">' in other
    assert "This text is shown in its original language: Italian." in flat(other)
    assert re.search(r'class="is-missing"[^>]*hreflang="fr"', other)
    assert not re.search(r'class="is-missing"[^>]*hreflang="de"', other)


def test_a_draft_is_nobodys_page(client_for: ClientFor) -> None:
    make_draft_organisation(slug="draft-house")
    for role in ROLES:
        assert client_for(role).get("/en/directory/draft-house/").status_code == 404


def test_a_draft_of_a_published_entry_changes_nothing(client: Client) -> None:
    organisation = full_organisation()
    organisation.short_name = "Casa Nouă"
    organisation.services = [make_service("hotline")]
    save_draft(record=organisation, user=make_user("editor"))
    page = text_of(client, "/en/directory/casa-lumina/")
    assert "Casa Nouă" not in page
    assert "House by the river" in page


def test_the_preview_shows_the_draft_in_each_language() -> None:
    organisation = full_organisation()
    organisation.short_name = "Casa Nouă"
    organisation.services = [make_service("hotline", languages=["ro"])]
    revision = save_draft(record=organisation, user=make_user("editor"))
    draft = revision.as_object()
    request = RequestFactory().get("/de/directory/casa-lumina/")
    request.user = make_user("editor")
    request.session = {}
    request.LANGUAGE_CODE = "de"
    with translation.override("de"):
        page = flat(render_organisation(request, draft).content.decode())
    assert "Casa Nouă" in page
    assert "Rumänien" in page
    assert "House by the river" not in page


def test_an_entry_that_was_never_saved_can_be_previewed() -> None:
    request = RequestFactory().get("/en/directory/new/")
    request.user = make_user("editor")
    request.session = {}
    draft = build_organisation(name="New House", services=[make_service("shelter")])
    assert "New House" in render_organisation(request, draft).content.decode()


def test_a_withdrawn_entry_says_why_and_where_to_go(client: Client) -> None:
    organisation = full_organisation()
    withdraw_record(record=organisation, user=None, reason="The association closed in May 2026.")
    for address in ("/en/directory/casa-lumina/", "/en/directory/casa-lumina/report/"):
        response = client.get(address)
        assert response.status_code == 410
        page = response.content.decode()
        assert "The association closed in May 2026." in page
        assert 'href="/en/directory/"' in page
        assert "House by the river" not in page


def test_a_withdrawn_entry_for_members_does_not_exist_for_others(client_for: ClientFor) -> None:
    organisation = full_organisation(audience="members")
    withdraw_record(record=organisation, user=None, reason="Closed.")
    assert client_for("anonymous").get("/en/directory/casa-lumina/").status_code == 404
    assert client_for("member").get("/en/directory/casa-lumina/").status_code == 410


def test_a_merged_entry_leads_to_the_one_that_took_its_place(client_for: ClientFor) -> None:
    following = make_organisation(name="Merged House", slug="merged-house")
    hidden = make_organisation(name="Hidden House", slug="hidden-house", audience="members")
    first, second = full_organisation(), make_organisation(name="Old Two", slug="old-two")
    withdraw_record(record=first, user=None, reason="Merged.", successor=following.key)
    withdraw_record(record=second, user=None, reason="Merged.", successor=hidden.key)
    response = client_for("anonymous").get("/fr/directory/casa-lumina/")
    assert (response.status_code, response["Location"]) == (301, "/fr/directory/merged-house/")
    assert client_for("anonymous").get("/en/directory/old-two/").status_code == 410
    assert client_for("member").get("/en/directory/old-two/")["Location"] == "/en/directory/hidden-house/"


@pytest.mark.parametrize("role", ["anonymous", "editor"])
def test_more_rows_cost_no_more_queries(client_for: ClientFor, role: str) -> None:
    client = client_for(role)

    def rich(number: int, size: int) -> str:
        organisation = build_organisation(
            slug=f"rich-{number}",
            services=[make_service("shelter", languages=["ro", "it"]) for _service in range(size)],
            city="Bari",
        )
        organisation.hotlines = [hotline(f"0800 {line}", languages=["ro"]) for line in range(size)]
        published = publish_record(record=organisation)
        for table in range(size):
            make_network(f"Table {number} {table}", [published])
        return f"/en/directory/rich-{number}/"

    def warm(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    few, many = rich(1, 2), rich(2, 7)
    assert warm(few) == warm(many) <= 10


def test_bad_slugs_are_not_found(client: Client) -> None:
    for slug in ("x" * 300, "%00", "a%2Fb", "..", "-"):
        assert client.get(f"/en/directory/{slug}/").status_code == 404


def test_only_reading_is_allowed(client: Client) -> None:
    full_organisation()
    assert client.post("/en/directory/casa-lumina/").status_code == 405


HINT = "Telephone and mail of the office For members of the platform."


@pytest.mark.parametrize(
    ("role", "hinted"),
    [
        ("anonymous", True),
        ("registered", True),
        ("member", False),
        ("editor", False),
        ("reviewer", False),
        ("administrator", False),
    ],
)
@pytest.mark.parametrize("stored", [{}, {"office_phone": "+40 21 555 0100", "office_email": "office@example.org"}])
def test_others_are_told_that_contacts_are_for_members_whether_any_is_stored(
    client_for: ClientFor, role: str, hinted: bool, stored: dict[str, str]
) -> None:
    """The hint is the same for every entry: whether there is a contact is itself for members."""
    make_organisation(slug="quay", **stored)
    page = text_of(client_for(role), "/en/directory/quay/")
    assert (HINT in page) == hinted
    assert (f"{HINT} Sign in" in page) == (role == "anonymous")


def test_what_everybody_may_read_needs_no_hint(client_for: ClientFor) -> None:
    make_organisation(slug="quay", office_public=True, office_phone="+40 21 555 0100")
    assert HINT not in text_of(client_for("anonymous"), "/en/directory/quay/")


def test_the_hint_leads_back_to_the_entry(client_for: ClientFor) -> None:
    make_organisation(slug="quay")
    page = client_for("anonymous").get("/en/directory/quay/").content.decode()
    link = re.search(r'For members of the platform\. <a href="([^"]+)"', page)
    assert link is not None
    assert "next=/en/directory/quay/" in link[1].replace("%2F", "/")


def test_a_service_can_be_linked_and_the_head_says_how_old_its_data_are(client: Client) -> None:
    organisation = make_organisation(slug="quay", services=[make_service("shelter", as_of=2012)])
    page = client.get("/en/directory/quay/").content.decode()
    assert f'<tr id="service-{organisation.services.get().pk}">' in page
    head = flat(page[page.index("freshness-box") : page.index("dateline")])
    assert "Data of 2012" in head
    assert "data of 2012" in flat(client.get("/en/directory/").content.decode())


def test_what_is_typed_in_a_service_has_its_language(client: Client) -> None:
    service = make_service("legal_aid", name="Court days", conditions="by appointment", hours="Wed", cost="free")
    slug = make_organisation(services=[service]).slug
    french = client.get(f"/fr/directory/{slug}/").content.decode()
    for words in ("Court days", "By appointment", "Wed"):
        assert re.search(rf'<(p|dd)[^>]* lang="en">{words}</\1>', french), words
    assert 'lang="en">Gratuit' not in french, "terms are in the reader's language"
    english = client.get(f"/en/directory/{slug}/").content.decode()
    assert "Court days" in english
    assert not re.search(r'<(p|dd)[^>]* lang="en"', english)
