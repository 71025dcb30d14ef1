"""The profile on the page of a country: three pillars, sources, what is missing, who may read it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory.models import ActionPlan, CountryProfile, NationalBody
from library.models import InstrumentParty
from platform_site.records.services import publish_record, save_draft, withdraw_record
from platform_site.vocabulary.store import term_id
from search.registration import ranked_keys
from tests.directory.profiles import build_profile, fact, make_profile
from tests.factories import make_organisation, make_user
from tests.library.making import make_document, make_pdf

pytestmark = pytest.mark.django_db
ClientFor = Callable[[str], Client]


def flat(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def page(client: Client, code: str = "RO", language: str = "en") -> str:
    return client.get(f"/{language}/countries/{code}/").content.decode()


def test_the_three_pillars_show_what_the_profile_says(client: Client) -> None:
    make_profile(
        "RO",
        [
            fact("role_in_trafficking", "mainly origin", year="2025"),
            fact("national_plan", "yes", base="adopted in spring", kind="law", source="The law"),
            fact("reflection_period", "no"),
        ],
        texts={"en": {"trends": "More *men* than before.", "policies": "Much is promised."}},
        plans=[ActionPlan(name="Plan for five years", start="2024", end="2028")],
        bodies=[NationalBody(name="The Agency", role="coordinator")],
        native_name="România",
        native_language="ro",
        keeper=make_organisation(name="House of the Keeper"),
        source="Secretariat",
    )
    html = page(client)
    phenomenon, policies, practices = (
        flat(html.split(f'id="{start}"')[1].split(f'id="{end}"')[0])
        for start, end in (("phenomenon", "policies"), ("policies", "practices"), ("practices", "sources"))
    )
    assert "More men than before." in phenomenon
    assert "mainly origin" in phenomenon
    for words in ("Much is promised.", "Plan for five years", "2024 – 2028", "The Agency", "Coordination", "Yes"):
        assert words in policies, words
    assert "adopted in spring" in policies
    assert "Reflection period No" in practices
    assert '<p class="original" lang="ro">România</p>' in html
    assert "Named as its keeper: House of the Keeper" in flat(html)
    assert "Source Secretariat; entries" in flat(html)
    assert '<li id="source-1">A report</li>' in html


def test_what_is_missing_is_said(client: Client) -> None:
    make_profile("RO", [fact("national_plan", "yes")])
    make_organisation(name="House in Romania", country="RO")
    text = flat(page(client))
    for sentence in (
        "Nothing on the phenomenon yet: no text, no indicator.",
        "No indicator on “Coordination” yet.",
        "No action plan yet.",
        "No national body yet.",
        "No monitoring report in the library yet.",
        "No legal instrument with this country as a party yet.",
        "No hotline yet.",
    ):
        assert sentence in text, sentence
    assert "No indicator on “Law and plans” yet." not in text
    assert "No text on trends yet." not in text, "one sentence for a pillar that has nothing"
    assert "Kept by the editors of this platform" in text


def test_a_pillar_that_has_nothing_says_so_once(client: Client) -> None:
    html = page(client, "AL")
    assert html.count("<li>Nothing on the phenomenon yet") == html.count("<li>Nothing on law and policy yet") == 1
    assert "Nothing is published here yet." in html
    for words in ("No indicator on", "No action plan", "No hotline yet", "No organisation with its seat"):
        assert words not in html, words
    make_profile("AL", [fact("reflection_period", "yes")], texts={"en": {"trends": "More men."}})
    text = flat(page(client, "AL"))
    assert "No text on routes yet." in text
    assert "Nothing on law and policy yet" in text
    assert "No hotline yet." in text
    assert "Nothing is published here yet." not in text


def test_a_country_without_a_profile_has_its_page(client: Client) -> None:
    make_organisation(name="House in Kosovo", country="XK")
    text = flat(page(client, "XK"))
    assert "Nobody has written the profile of this country yet." in text
    assert "House in Kosovo" in text
    assert "No indicator on “Assistance” yet." in text


def test_two_sources_that_differ_are_both_shown(client: Client) -> None:
    make_profile(
        "RO",
        [
            fact("victims_identified", "505", unit="persons", base="all authorities", source="Agency", year="2024"),
            fact("victims_identified", "731", unit="persons", base="clients of NGOs", source="Network", year="2025"),
        ],
    )
    html = page(client)
    assert '<th scope="row" id="indicator-victims_identified" rowspan="2">' in html
    for words in ("505 persons", "731 persons", "all authorities", "clients of NGOs", "2024", "2025"):
        assert words in html, words
    assert '<li id="source-1">Agency</li><li id="source-2">Network</li>' in html


def test_old_values_are_marked(client: Client) -> None:
    year = timezone.localdate().year
    make_profile(
        "RO", [fact("reflection_period", "yes", year=str(year - 4)), fact("palermo_ratified", "2002", year="2002")]
    )
    assert page(client).count("older than three years") == 1


def test_prose_falls_back_to_the_original_and_says_so(client: Client) -> None:
    make_profile(
        "RO",
        texts={"fr": {"trends": "Plus de mineurs.", "routes": "Par la Hongrie."}, "en": {"trends": "More minors."}},
    )
    english = page(client)
    assert "More minors." in english
    assert "Plus de mineurs." not in english
    assert '<div class="read" lang="fr"><p>Par la Hongrie.</p>' in english
    assert "This text is shown in its original language: French." in english
    assert "Plus de mineurs." in page(client, language="fr")


def test_words_of_a_value_carry_their_language(client: Client) -> None:
    make_profile("RO", [fact("role_in_trafficking", "pays d’origine", base="selon le rapport", language="fr")])
    html = page(client)
    assert '<b lang="fr">pays d’origine</b> <span class="row-facts" lang="fr">selon le rapport</span>' in html
    assert "<b>pays d’origine</b>" in page(client, language="fr")


def test_a_profile_for_members_and_a_draft_leave_no_trace(client_for: ClientFor) -> None:
    visitor = client_for("anonymous")
    pages = (
        "/en/countries/AL/",
        "/en/countries/",
        "/en/countries/indicators/",
        "/en/countries/compare/?country=AL&country=RO",
    )
    before = [visitor.get(path).content for path in pages]
    make_profile("AL", [fact("reflection_period", "yes")], audience="members", texts={"en": {"trends": "For members."}})
    save_draft(record=build_profile("RO", [fact("reflection_period", "no")]), user=make_user("editor"))
    assert [visitor.get(path).content for path in pages] == before
    member = client_for("member")
    assert "For members." in page(member, "AL")
    assert "Reflection period" in member.get(pages[3]).content.decode()
    assert "Reflection period" not in page(member, "RO")


def test_a_withdrawn_profile_leaves_the_page(client: Client) -> None:
    profile = make_profile("RO", [fact("reflection_period", "yes")])
    withdraw_record(record=profile, user=None, reason="Wrong.")
    response = client.get("/en/countries/RO/")
    assert response.status_code == 200
    assert "Nobody has written the profile" in flat(response.content.decode())


def test_a_keeper_whom_the_reader_may_not_know_is_not_named(client_for: ClientFor) -> None:
    make_profile("RO", keeper=make_organisation(name="Hidden keeper", audience="members"))
    assert "Hidden keeper" not in page(client_for("anonymous"))
    assert "Kept by the editors" in flat(page(client_for("anonymous")))
    assert "Hidden keeper" in page(client_for("member"))


def test_a_source_of_the_library_is_named_by_its_title(client_for: ClientFor) -> None:
    make_document(
        name="The long report",
        slug="long-report",
        files=[("en", "report.txt", b"# Report\n\nWords of the report.")],
        audience="members",
    )
    make_profile("RO", [fact("reflection_period", "yes", source="report.txt", evidence="p. 7")])
    assert '<li id="source-1">report.txt</li>' in page(client_for("anonymous"))
    assert '<a href="/en/library/long-report/">The long report</a>' in page(client_for("member"))


def test_a_place_in_a_source_leads_to_the_text_where_it_can_be_read(client_for: ClientFor) -> None:
    text = "# Report\n\nWords of the report.\n\n# Later\n\nOther words,\ntwo lines.\n"
    make_document(name="Notes", slug="notes", files=[("en", "notes.txt", text.encode())], audience="members")
    make_document(
        name="Printed", slug="printed", files=[("en", "printed.pdf", make_pdf(["Words that are enough."] * 2))]
    )
    notes = {"source": "notes.txt", "source_url": ""}
    make_profile(
        "RO",
        [
            fact("reflection_period", "yes", evidence="notes:7-8", **notes),
            fact("reflection_period", "no", evidence="notes:999", **notes),
            fact("reflection_period", "practice", evidence="elsewhere:3", source="elsewhere.txt"),
            fact("thb_offence", "yes", evidence="p. 2", source="Printed"),
            fact("thb_offence", "no", evidence="p. 3; annex", source="Printed"),
        ],
    )
    for role in ("anonymous", "member"):
        shown = page(client_for(role))
        linked = '<a href="/en/library/notes/read/en/at/later/">lines 7–8</a>' in shown
        assert linked == (role == "member")
        assert '<a href="/en/library/printed/read/en/at/page-2/">p. 2</a>' in shown
        assert '<span class="quiet">p. 3</span>' in shown
        assert '<span class="quiet">annex</span>' in shown
        for raw in ("notes:", "elsewhere:", "line 999", "line 3", "source [1]"):
            assert raw not in shown


def test_instruments_in_force_and_reports_come_from_the_library(client: Client) -> None:
    InstrumentParty.objects.create(
        instrument_id=term_id("legal_instruments", "palermo_protocol"),
        country_id=term_id("countries", "RO"),
        since="2003-12-25",
        source_url="https://example.org/parties",
        checked_on=dt.date(2026, 1, 2),
    )
    make_document(name="Report on Romania", kind="monitoring_report", countries=["RO"])
    make_document(name="Report on France", kind="monitoring_report", countries=["FR"])
    policies = flat(page(client).split('id="policies"')[1].split('id="practices"')[0])
    assert "in force since 25 December 2003" in policies
    assert "Report on Romania" in policies
    assert "Report on France" not in policies
    assert "No monitoring report" not in policies


def test_freshness_is_shown_as_in_the_directory(client: Client) -> None:
    make_profile("RO", confirmed_on=timezone.localdate() - dt.timedelta(days=3))
    assert "Confirmed" in flat(page(client).split('class="keeping"')[1])[:200]


def test_one_profile_for_each_country() -> None:
    make_profile("RO")
    with pytest.raises(ValidationError) as refused:
        build_profile("RO").full_clean()
    assert set(refused.value.message_dict) == {"country"}
    assert CountryProfile.from_public_id("RO").key == "country_profile:RO"


def test_more_rows_cost_no_more_queries(client: Client) -> None:
    def cost() -> int:
        page(client)
        with CaptureQueriesContext(connection) as caught:
            page(client)
        return len(caught)

    profile = make_profile(
        "RO", [fact("reflection_period", "yes")], texts={"en": {"trends": "T"}}, keeper=make_organisation()
    )
    few = cost()
    profile.facts = [
        *profile.facts.all(),
        *(fact("shelters", str(n), unit="shelters", source=f"S{n}") for n in range(9)),
    ]
    profile.plans = [ActionPlan(name=f"Plan {n}") for n in range(5)]
    profile.bodies = [NationalBody(name=f"Body {n}", role="police") for n in range(5)]
    publish_record(record=profile)
    assert cost() == few <= 12


def test_the_countries_list_leads_to_profiles(client: Client) -> None:
    make_profile("CN", [fact("third_country_cooperation", "no big success yet")])
    html = client.get("/en/countries/").content.decode()
    assert "Further countries with a profile" in html
    assert 'href="/en/countries/CN/"' in html
    assert 'href="/en/countries/compare/"' in html
    assert "/en/countries/CN/" in client.get("/sitemap-lists.xml").content.decode()
    assert "country_profile" not in client.get("/sitemap.xml").content.decode()


def test_words_find_a_profile_in_each_language() -> None:
    profile = make_profile("RO", texts={"en": {"trends": "Greenhouses."}}, native_name="România")
    for words in ("romania", "Rumänien", "greenhouses", "roumanie"):
        assert ranked_keys("country_profile", words, None) == [profile.pk], words
