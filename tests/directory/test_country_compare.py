"""Two to four countries side by side, and the list of indicators: page, CSV, JSON."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from directory.profiles.comparison import asked_countries
from tests.directory.profiles import fact, make_profile

pytestmark = pytest.mark.django_db
ClientFor = Callable[[str], Client]
PATH = "/en/countries/compare/"


def flat(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture
def three() -> None:
    make_profile("DE", [fact("reflection_period", "yes"), fact("shelters", "40", unit="shelters", base="for women")])
    make_profile(
        "RO",
        [
            fact("reflection_period", "yes", base="ninety days", source="A law", kind="law"),
            fact("shelters", "12", unit="shelters", base="all", year="2025"),
            fact(
                "shelters", "9", unit="shelters", base="of NGOs", source="A network", source_url="https://example.org/n"
            ),
        ],
    )
    make_profile("FR", [fact("reflection_period", "yes"), fact("role_in_trafficking", "=destination")])


def data(client: Client, query: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"{PATH}{query}&format=json").json()
    return found


def lines(client: Client, address: str) -> list[dict[str, str]]:
    response = client.get(address)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.usefixtures("three")
def test_indicators_stand_side_by_side_by_area(client: Client) -> None:
    html = client.get(f"{PATH}?country=DE&country=RO&country=FR").content.decode()
    text = flat(html.split("<tbody>", 1)[1])
    assert text.index("Context") < text.index("Assistance")
    assert "3 countries side by side" in html
    assert text.count("not stated") == 3
    for words in ("40 shelters", "12 shelters", "9 shelters", "ninety days", "for women", "2025"):
        assert words in text, words
    assert '<a href="https://example.org/n" rel="noopener noreferrer">A network</a>' in html
    assert 'href="?country=DE&amp;country=FR"' in html, "removes the second one"
    assert "indicators without a value in any of them" in html


@pytest.mark.usefixtures("three")
def test_only_differences_leaves_out_what_all_say(client: Client) -> None:
    found = data(client, "?country=DE&country=FR&country=RO&only=differences")
    assert [entry["code"] for entry in found["indicators"]] == ["shelters"], (
        "what one country alone states is no difference"
    )
    page = client.get(f"{PATH}?country=DE&country=RO&only=differences").content.decode()
    assert "Reflection period" not in flat(page.split("<tbody>", 1)[1].split("without-value")[0])


# Values of one indicator by country, and whether the row stands among the differences.
DIFFERENCES = [
    ({"DE": ["yes"], "FR": ["yes"]}, False),
    ({"DE": ["yes"], "FR": ["no"]}, True),
    ({"DE": ["yes"], "FR": []}, False),
    ({"DE": ["yes"], "FR": ["yes"], "RO": []}, False),
    ({"DE": ["yes"], "FR": ["no"], "RO": []}, True),
    ({"DE": ["yes"], "FR": ["yes", "no"]}, True),
    ({"DE": ["yes", "no"], "FR": []}, False),
    ({"DE": ["yes", "no"], "FR": ["no", "yes"]}, False),
]


@pytest.mark.parametrize(("values", "differs"), DIFFERENCES)
def test_a_difference_is_what_two_countries_state_differently(
    client: Client, values: dict[str, list[str]], differs: bool
) -> None:
    for code, said in values.items():
        rows = [fact("reflection_period", value, source=f"Source {number}") for number, value in enumerate(said)]
        make_profile(code, [fact("main_forms", "work"), *rows])
    query = "&".join(f"country={code}" for code in values)
    assert [
        row["differs"] for row in data(client, f"?{query}")["indicators"] if row["code"] == "reflection_period"
    ] == [differs]
    shown = [row["code"] for row in data(client, f"?{query}&only=differences")["indicators"]]
    assert shown == (["reflection_period"] if differs else [])
    page = client.get(f"{PATH}?{query}&only=differences").content.decode()
    assert "rows in which two countries state different values" in page


def test_countries_that_say_the_same_say_so(client: Client) -> None:
    for code in ("DE", "FR"):
        make_profile(code, [fact("reflection_period", "yes")])
    assert (
        "say the same on every indicator"
        in client.get(f"{PATH}?country=DE&country=FR&only=differences").content.decode()
    )


@pytest.mark.usefixtures("three")
def test_json_has_both_values_with_all_that_belongs_to_them(client: Client) -> None:
    found = data(client, "?country=DE&country=RO")
    assert [country["code"] for country in found["countries"]] == ["DE", "RO"]
    (shelters,) = [entry for entry in found["indicators"] if entry["code"] == "shelters"]
    assert (shelters["area"], shelters["value_kind"], shelters["differs"]) == ("assistance", "number", True)
    assert shelters["values"]["RO"][1] == {
        "value": "9",
        "words": "9 shelters",
        "unit": "shelters",
        "base": "of NGOs",
        "year": "2024",
        "source_kind": "research_report",
        "source": "A network",
        "source_url": "https://example.org/n",
        "evidence": "",
        "language": "en",
    }
    assert "main_forms" in found["without_value"]
    assert found["notices"] == []


@pytest.mark.usefixtures("three")
def test_csv_has_a_line_for_each_value_and_no_formula(client: Client) -> None:
    found = lines(client, f"{PATH}?country=FR&country=RO&format=csv")
    assert [(row["Country code"], row["Code of the indicator"], row["Value"]) for row in found] == [
        ("FR", "role_in_trafficking", "'=destination"),
        ("FR", "reflection_period", "yes"),
        ("RO", "reflection_period", "yes"),
        ("RO", "shelters", "12"),
        ("RO", "shelters", "9"),
    ]


@pytest.mark.usefixtures("three")
def test_the_list_of_indicators_has_definitions_and_every_value(client: Client) -> None:
    html = client.get("/de/countries/indicators/").content.decode()
    assert "Ob Betroffene Zeit haben" in html
    english = client.get("/en/countries/indicators/").content.decode()
    assert "its year or, where the source prints none, its place in the source" in english
    assert 'href="/de/countries/RO/#indicator-shelters"' in html
    assert len(lines(client, "/en/countries/indicators/?format=csv")) == 7
    found = client.get("/en/countries/indicators/?format=json").json()["indicators"]
    assert {code for entry in found for code in entry["values"]} == {"DE", "FR", "RO"}


ASKED = [
    (["de", "RO", "DE", " fr "], ["DE", "RO", "FR"], []),
    (["", "  "], [], []),
    (["ZZ", "Romania", "<script>", "ZZ"], [], ["ZZ", "Romania", "<script>"]),
    (["\x00", "x" * 500], [], ["\x00", "x" * 20]),
]


@pytest.mark.parametrize(("values", "codes", "nonsense"), ASKED)
def test_nonsense_is_left_out(values: list[str], codes: list[str], nonsense: list[str]) -> None:
    found, left = asked_countries(values)
    assert [country.code for country in found] == codes
    assert left == nonsense


def test_a_fifth_country_and_one_without_values_are_named(client: Client) -> None:
    for code in ("DE", "RO", "FR", "IT", "ES"):
        make_profile(code, [fact("reflection_period", "yes")])
    query = "&".join(f"country={code}" for code in ("DE", "RO", "FR", "IT", "ES"))
    assert data(client, f"?{query}")["notices"] == ["Four countries fit side by side; left out: Spain."]
    assert data(client, "?country=DE&country=MT&country=xx")["notices"] == [
        "“xx” is no country's code and was left out.",
        "Nothing is published on the indicators of Malta yet.",
    ]


@pytest.mark.parametrize("query", ["", "?country=RO", "?country=zz&country=", "?only=differences&format=xml"])
@pytest.mark.usefixtures("three")
def test_fewer_than_two_countries_give_the_form(client: Client, query: str) -> None:
    response = client.get(PATH + query)
    html = response.content.decode()
    assert response.status_code == 200
    assert html.count('<select class="select" name="country">') == 4
    assert "<table" not in html
    assert ("beside Romania" in html) is ("RO" in query)


def test_a_profile_for_members_gives_nothing_away(client_for: ClientFor) -> None:
    make_profile("DE", [fact("reflection_period", "yes")])
    make_profile("AL", [fact("shelters", "3", unit="shelters")], audience="members")
    visitor, member = client_for("anonymous"), client_for("member")
    hidden = data(visitor, "?country=DE&country=AL")
    assert [entry["code"] for entry in hidden["indicators"]] == ["reflection_period"]
    assert "Albania" not in visitor.get(PATH).content.decode()
    assert "Albania" in member.get(PATH).content.decode()
    assert len(data(member, "?country=DE&country=AL")["indicators"]) == 2
    assert {row["Country code"] for row in lines(visitor, "/en/countries/indicators/?format=csv")} == {"DE"}


@pytest.mark.parametrize(
    "address", [f"{PATH}?country=DE&country=RO&country=FR&country=IT", "/en/countries/indicators/"]
)
def test_more_values_cost_no_more_queries(client: Client, address: str) -> None:
    def cost() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        return len(caught)

    make_profile("DE", [fact("reflection_period", "yes")])
    few = cost()
    for code in ("RO", "FR", "IT", "ES", "PT"):
        make_profile(code, [fact("shelters", str(n), unit="shelters", source=f"{code}{n}") for n in range(6)])
    assert cost() == few <= 12
