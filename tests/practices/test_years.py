"""A practice without an end was running in the year of its data: nobody said that it runs today."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from practices import years
from practices.models import PracticeChart
from tests.factories import make_chart

pytestmark = pytest.mark.django_db
ClientFor = Callable[[str], Client]
HANDBOOK = {"source": "A handbook, 2012", "imported_on": dt.date(2026, 11, 1)}


def flat(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def data_year(**values: Any) -> int:
    given = {"start": "2009", "as_of": None, "source": "", "imported_on": None, "published": None}
    return years.data_year(**given | values)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"source": "A handbook, 2012"}, 2012),
        ({"source": "Reports of 2010–2011"}, 2011),
        ({"source": "A handbook, 2012", "as_of": 2015}, 2015),
        ({"source": "A handbook, 2012", "imported_on": dt.date(2020, 1, 1)}, 2012),
        ({"source": "A handbook", "imported_on": dt.date(2020, 1, 1)}, 2020),
        ({"source": "Telephone 020123", "imported_on": dt.date(2020, 1, 1)}, 2020),
        ({"published": dt.datetime(2021, 6, 1, tzinfo=dt.UTC)}, 2021),
        ({"source": "A handbook, 2008"}, 2009),
        ({"start": "", "source": "A handbook, 2008"}, 2008),
        ({"imported_on": dt.date(2020, 1, 1), "published": dt.datetime(2021, 6, 1, tzinfo=dt.UTC)}, 2020),
    ],
)
def test_the_year_of_the_data(values: dict[str, Any], expected: int) -> None:
    assert data_year(**values) == expected


def test_the_year_of_the_data_is_never_a_year_to_come() -> None:
    this_year = localdate().year
    assert data_year(as_of=this_year + 3) == this_year
    assert data_year(start=str(this_year + 2)) == this_year
    assert data_year(source="A plan for 2099", imported_on=dt.date(2020, 1, 1)) == 2020
    assert data_year() == this_year


def test_a_practice_of_this_year_runs_and_one_of_2012_did_then() -> None:
    this_year = localdate().year
    assert years.running_words(this_year) == "still running"
    assert years.running_words(2012) == "was running in 2012"
    assert years.running_value("", this_year) == years.running_value("", this_year - 1) == "yes"
    assert years.running_value("", this_year - 2) == "then"
    assert years.running_value("2010", this_year) == "no"
    assert years.period_words("2009", "", this_year) == "since 2009"
    assert years.period_words("2009", "", 2012) == "since 2009 (data of 2012)"
    assert years.period_words("2009", "2010-05", 2012) == "2009–2010"


def test_the_steps_stop_at_the_year_of_the_data_and_promise_no_year_to_come() -> None:
    this_year = localdate().year
    options = dict(years.period_options())
    latest = next(iter(options))
    assert latest in years.period_steps("2001", "", this_year)
    assert latest not in years.period_steps("2001", "2002", this_year)
    assert years.period_steps("2009", "", 2012) == ("2005-2009", "2010-2014")
    for value, words in options.items():
        promised = [int(year) for year in re.findall(r"\d{4}", words)]
        assert all(year <= this_year for year in promised), (value, words)


@pytest.fixture
def of_2012(db: None) -> PracticeChart:
    return make_chart(chart_no=8, name="Evening school", start="2009", country="RO", **HANDBOOK)


def test_the_list_counts_it_where_its_data_end(of_2012: PracticeChart, client_for: ClientFor) -> None:
    client = client_for("anonymous")
    data = client.get("/en/practices/?format=json").json()
    counted = {name: {option["value"]: option["count"] for option in data["facets"][name]} for name in data["facets"]}
    assert counted["running"] == {"then": 1}
    assert counted["period"] == {"2010-2014": 1, "2005-2009": 1}
    assert client.get("/en/practices/?running=yes&format=json").json()["total"] == 0
    assert client.get("/en/practices/?period=2020-2024&format=json").json()["total"] == 0
    match = client.get("/en/practices/?running=then&format=json").json()["results"][0]["match"]
    assert match == ["Still running: It was when it was described"]
    assert "since 2009 (data of 2012)" in flat(client.get("/en/practices/").content.decode())


def test_the_file_says_of_which_year_the_data_is(of_2012: PracticeChart, client_for: ClientFor) -> None:
    answer = client_for("anonymous").get("/en/practices/?format=csv")
    table = b"".join(answer.streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(table))
    assert (row["Start"], row["End"], row["Year of the data"]) == ("2009", "", "2012")


def test_the_page_says_it_in_field_bar_and_provenance(of_2012: PracticeChart, client_for: ClientFor) -> None:
    page = client_for("anonymous").get("/en/practices/8/").content.decode()
    text = flat(page)
    assert "End: was running in 2012" in text
    assert "still running" not in text
    assert "Source A handbook, 2012" in text
    assert "Year of the data 2012" in text
    scale = re.search(r'class="fill-1" x="([\d.]+)%?" width="([\d.]+)%?"', page)
    assert scale is not None
    assert float(scale[1]) + float(scale[2]) < 50


def test_a_later_confirmation_counts(client_for: ClientFor) -> None:
    this_year = localdate().year
    make_chart(chart_no=8, start="2009", as_of=this_year, **HANDBOOK)
    client = client_for("anonymous")
    text = flat(client.get("/en/practices/8/").content.decode())
    assert "End: still running" in text
    assert f"Year of the data {this_year}" in text
    assert client.get("/en/practices/?running=yes&format=json").json()["total"] == 1


def test_a_comparison_says_it_too(of_2012: PracticeChart, client_for: ClientFor) -> None:
    make_chart(chart_no=9, start="2009")
    page = flat(client_for("anonymous").get("/en/practices/compare/?chart=8&chart=9").content.decode())
    assert "was running in 2012" in page
    assert "still running" in page
