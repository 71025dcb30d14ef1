"""The editors' screens of country profiles and of indicators."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.models import ActionPlan, CountryProfile, NationalBody
from directory.services import confirm_record
from platform_site.records.services import save_draft
from platform_site.vocabulary.models import Term
from platform_site.vocabulary.store import term_id
from tests.directory.profiles import build_profile, fact, make_profile
from tests.factories import SCREEN_ROLES, make_organisation, make_user
from tests.records.screens import form_data, messages, press, screen

pytestmark = pytest.mark.django_db
SCREENS = ["list", "list_results", "add"]
RECORD_SCREENS = ["edit", "history", "history_results", "usage", "delete", "workflow_history", "confirm"]


def whole_profile(country: str = "RO") -> CountryProfile:
    return make_profile(
        country,
        [fact("reflection_period", "yes"), fact("shelters", "3", unit="shelters")],
        texts={"en": {"trends": "Written before."}},
        plans=[ActionPlan(name="Plan", start="2024")],
        bodies=[NationalBody(name="Agency", role="coordinator")],
        keeper=make_organisation(),
    )


@pytest.mark.parametrize("role", SCREEN_ROLES)
def test_every_screen_answers(client_for: Any, role: str) -> None:
    profile, client = whole_profile(), client_for(role)
    for name in SCREENS:
        assert client.get(screen(CountryProfile, name)).status_code == 200, name
    for name in RECORD_SCREENS:
        assert client.get(screen(CountryProfile, name, profile.pk)).status_code == 200, name
    version = profile.latest_revision_id
    assert client.get(screen(CountryProfile, "revisions_view", profile.pk, version)).status_code == 200
    assert client.get(screen(CountryProfile, "revisions_compare", profile.pk, "earliest", "latest")).status_code == 200
    for address in (reverse("indicators:index"), reverse("indicators:add")):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize(("role", "status"), [("anonymous", 302), ("registered", 403), ("member", 403)])
def test_no_screen_answers_to_others(client_for: Any, role: str, status: int) -> None:
    client = client_for(role)
    for url in (screen(CountryProfile, "list"), screen(CountryProfile, "add"), reverse("indicators:index")):
        assert client.get(url).status_code == status


def test_a_profile_is_written_in_the_form_and_a_percentage_without_base_is_refused_there(client_for: Any) -> None:
    client = client_for("editor")
    values: dict[str, Any] = {
        "country": str(term_id("countries", "MT")),
        "native_name": "Malta",
        "texts-TOTAL_FORMS": "1",
        "texts-0-language": "en",
        "texts-0-is_original": "on",
        "texts-0-trends": "Ships.",
        "texts-0-ORDER": "1",
        "facts-TOTAL_FORMS": "1",
        "facts-0-indicator": str(term_id("indicators", "unemployment_rate")),
        "facts-0-value": "4",
        "facts-0-unit": "percent",
        "facts-0-year": "2025",
        "facts-0-source_kind": str(term_id("source_kinds", "official_statistics")),
        "facts-0-source": "Statistics",
        "facts-0-language": "en",
        "facts-0-ORDER": "1",
    }
    refused = press(client, screen(CountryProfile, "add"), **values)
    assert refused.status_code == 200
    assert "A percentage needs its base" in refused.content.decode()
    assert not CountryProfile.objects.exists()
    answer = press(client, screen(CountryProfile, "add"), **values, **{"facts-0-base": "of the labour force"})
    assert answer.status_code == 302, messages(answer)
    draft = CountryProfile.objects.get().get_latest_revision_as_object()
    assert [(row.value, row.base) for row in draft.facts.all()] == [("4", "of the labour force")]
    assert not CountryProfile.objects.get().live
    again = press(client, screen(CountryProfile, "add"), **values, **{"facts-0-base": "of the labour force"})
    assert "already exists" in again.content.decode()


def preview(client: Client, profile: CountryProfile, language: str, **changes: Any) -> str:
    url = screen(CountryProfile, "preview_on_edit", profile.pk)
    data = form_data(client.get(screen(CountryProfile, "edit", profile.pk)).content.decode())
    data.update({name: [value] for name, value in changes.items()})
    assert client.post(url, data).json()["is_valid"]
    answer = client.get(url, {"mode": language})
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_preview_is_the_true_page(client_for: Any, language: str) -> None:
    page = preview(client_for("editor"), whole_profile(), language, **{"texts-0-trends": "Not saved yet."})
    assert f'<html lang="{language}"' in page
    assert "Not saved yet." in page
    assert "Written before." not in page


def test_a_profile_is_confirmed_alone_and_with_others(client_for: Any) -> None:
    profile, other = whole_profile("RO"), whole_profile("DE")
    client, editor = client_for("editor"), make_user("editor")
    url = screen(CountryProfile, "confirm", profile.pk)
    assert url in client.get(screen(CountryProfile, "edit", profile.pk)).content.decode()
    assert client.post(url).status_code == 302
    bulk = reverse("wagtail_bulk_action", args=["directory", "countryprofile", "confirm"])
    assert client.post(f"{bulk}?id={other.pk}&next=/admin/").status_code == 302
    today = timezone.localdate()
    assert set(CountryProfile.objects.values_list("confirmed_on", flat=True)) == {today}
    draft = build_profile("FR")
    save_draft(record=draft, user=editor)
    with pytest.raises(PermissionDenied, match="Only the editors confirm"):
        confirm_record(record=draft, user=editor)


FILTERS = [
    ({"indicator": "shelters"}, {"Romania"}),
    ({"without": "shelters"}, {"Germany"}),
    ({"freshness": "confirmed"}, {"Germany"}),
    ({"freshness": "imported"}, {"Romania"}),
    ({"q": "roma"}, {"Romania"}),
]


@pytest.mark.parametrize(("query", "found"), FILTERS)
def test_the_list_is_narrowed(client_for: Any, query: dict[str, str], found: set[str]) -> None:
    make_profile("RO", [fact("shelters", "3", unit="shelters")])
    make_profile("DE", [fact("reflection_period", "yes")], confirmed_on=timezone.localdate())
    answer = client_for("editor").get(screen(CountryProfile, "list"), query)
    assert {str(profile) for profile in answer.context["object_list"]} == found


def indicator_values(**changes: str) -> dict[str, str]:
    return {
        "code": "bus_lines",
        "area": "prevention",
        "value_kind": "number",
        "label_en": "Bus lines",
        "label_de": "Buslinien",
        "scope_note": "How many there are at night.",
        "definition_de": "Wie viele es nachts gibt.",
        "sort_order": "900",
        **changes,
    }


def test_an_indicator_is_defined_with_area_kind_and_definitions(client_for: Any) -> None:
    client = client_for("editor")
    assert client.post(reverse("indicators:add"), indicator_values()).status_code == 302
    term = Term.objects.get(vocabulary="indicators", code="bus_lines")
    assert term.attributes == {
        "area": "prevention",
        "value_kind": "number",
        "definition_de": "Wie viele es nachts gibt.",
    }
    html = client.get("/de/countries/indicators/").content.decode()
    assert "Buslinien" in html
    assert "Wie viele es nachts gibt." in html
    twice = client.post(reverse("indicators:add"), indicator_values(label_en="Other"))
    assert "There is an indicator with this code." in twice.content.decode()


def test_no_other_term_is_an_indicator_and_none_is_deleted_here(client_for: Any) -> None:
    client = client_for("reviewer")
    assert client.get(reverse("indicators:edit", args=[term_id("countries", "IT")])).status_code == 404
    indicator = term_id("indicators", "shelters")
    client.post(reverse("indicators:delete", args=[indicator]))
    assert Term.objects.filter(pk=indicator).exists()


def test_the_kind_of_an_indicator_in_use_is_fixed(client_for: Any) -> None:
    client = client_for("editor")
    client.post(reverse("indicators:add"), indicator_values())
    term = Term.objects.get(vocabulary="indicators", code="bus_lines")
    edit = reverse("indicators:edit", args=[term.pk])
    assert client.get(edit).status_code == 200
    assert client.post(edit, indicator_values(value_kind="text")).status_code == 302
    make_profile("RO", [fact("bus_lines", "many")])
    refused = client.post(edit, indicator_values(value_kind="number"))
    assert "Make another one for another kind." in refused.content.decode()
    assert client.post(edit, indicator_values(value_kind="text", definition_de="")).status_code == 302
    term.refresh_from_db()
    assert term.attributes == {"area": "prevention", "value_kind": "text"}
