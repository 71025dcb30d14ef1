"""The demo package, checked against the controlled lists without starting the site.

The importer checks the same things when it loads the package. These tests say earlier and more
precisely which row is wrong, and they hold what no importer can know: that the content stays fictional.
"""

import csv
import re
from collections import Counter
from datetime import date

import pytest

from tests.demo.package import (
    DEMO,
    FICTIONAL_NUMBERS,
    LISTS,
    SITE_LANGUAGES,
    codes_of,
    organisation_names,
    parts,
    read_rows,
)

# Prose, with semicolons of its own.
NETWORK_KINDS = {
    "platform",
    "international_network",
    "national_network",
    "local_network",
    "network",
    "coordination_body",
    "inter_agency",
    "programme",
}
PROGRAMME_KINDS = {
    "project",
    "programme",
    "funding_programme",
    "policy_programme",
    "assistance_programme",
    "return_programme",
    "policy_plan",
    "initiative",
    "national_network",
    "inter_agency_network",
    "coalition",
    "coordination_body",
    "forum",
    "database",
    "data_platform",
    "state_fund",
    "protocol",
    "service",
    "intergovernmental_process",
}


def accommodation_types() -> set[str]:
    """Return the service types that mean a bed; looking for a flat with somebody is not one."""
    with (LISTS / "service_types.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    children = {row["code"] for row in rows if row["parent_code"] == "accommodation"}
    return (children | {"accommodation"}) - {"housing_search"}


CODED_COLUMNS = [
    ("organisations.csv", "country", "countries"),
    ("organisations.csv", "kind", "organisation_types"),
    ("organisations.csv", "languages", "languages"),
    ("organisations.csv", "countries_of_work", "countries"),
    ("organisations.csv", "membership_status", "membership_statuses"),
    ("services.csv", "service_type", "service_types"),
    ("services.csv", "target_groups", "target_groups"),
    ("services.csv", "exploitation_types", "exploitation_types"),
    ("services.csv", "languages", "languages"),
    ("services.csv", "countries_served", "countries"),
    ("hotlines.csv", "languages", "languages"),
    ("hotlines.csv", "countries", "countries"),
    ("hotlines.csv", "who", "target_groups"),
    ("programmes.csv", "countries", "countries"),
]


@pytest.mark.parametrize(("file_name", "column", "list_name"), CODED_COLUMNS)
def test_codes_are_in_the_controlled_list(file_name: str, column: str, list_name: str) -> None:
    used = {code for row in read_rows(file_name) for code in parts(row[column])}
    assert used, "a column that nobody fills shows nothing in the demo"
    assert used - codes_of(list_name) == set()


FIXED_VALUES = [
    ("organisations.csv", "enpates_role", {"partner", "member", "named"}),
    ("organisations.csv", "audience", {"", "members"}),
    ("organisations.csv", "public_office", {"", "yes"}),
    ("organisations.csv", "language", SITE_LANGUAGES | {""}),
    ("services.csv", "gender", {"", "female", "male", "transgender"}),
    ("services.csv", "age", {"", "adult", "minor"}),
    ("services.csv", "accommodation", {"", "yes"}),
    ("services.csv", "cost", {"", "free", "paid", "contribution"}),
    ("services.csv", "referral_needed", {"", "yes", "no"}),
    ("services.csv", "cooperation_required", {"", "yes", "no"}),
    ("services.csv", "identification_required", {"", "yes", "no"}),
    ("services.csv", "official_mandate", {"", "yes", "no"}),
    ("services.csv", "residence_status", {"", "any", "regular"}),
    ("services.csv", "capacity_state", {"", "open", "waiting_list", "full"}),
    ("hotlines.csv", "free", {"", "yes"}),
    ("networks.csv", "kind", NETWORK_KINDS),
    ("programmes.csv", "kind", PROGRAMME_KINDS),
]


@pytest.mark.parametrize(("file_name", "column", "allowed"), FIXED_VALUES)
def test_fixed_values_are_known(file_name: str, column: str, allowed: set[str]) -> None:
    used = {part for row in read_rows(file_name) for part in (parts(row[column]) or [""])}
    assert used - allowed == set()


TABLES = [
    ("organisations.csv", ("name",)),
    ("organisations.csv", ("email",)),
    ("services.csv", ("organisation", "service_type", "name")),
    ("hotlines.csv", ("number",)),
    ("networks.csv", ("network",)),
    ("programmes.csv", ("name",)),
    ("organisation_texts.csv", ("organisation", "language")),
]


@pytest.mark.parametrize(("file_name", "key"), TABLES)
def test_keys_are_filled_and_unique(file_name: str, key: tuple[str, ...]) -> None:
    keys = [tuple(row[column] for column in key) for row in read_rows(file_name)]
    assert all(all(part for part in row_key) for row_key in keys)
    assert [row_key for row_key, count in Counter(keys).items() if count > 1] == []


REFERENCES = [
    ("services.csv", "organisation"),
    ("hotlines.csv", "organisation"),
    ("networks.csv", "members"),
    ("programmes.csv", "coordinator"),
    ("programmes.csv", "partners"),
    ("organisation_texts.csv", "organisation"),
]


@pytest.mark.parametrize(("file_name", "column"), REFERENCES)
def test_organisations_that_are_referred_to_exist(file_name: str, column: str) -> None:
    used = {name for row in read_rows(file_name) for name in parts(row[column])}
    assert used - organisation_names() == set()


PROSE_COLUMNS = {
    *("description", "summary", "conditions", "hours", "region", "funder"),
    *("trends", "routes", "sectors", "policies"),
    *("papers", "consulates", "usual_time", "travel", "costs"),
}


def test_cells_are_trimmed_and_hold_each_value_once() -> None:
    for path in sorted(DEMO.glob("*.csv")):
        for number, row in enumerate(read_rows(path.name), start=2):
            for column, value in row.items():
                where = f"{path.name}:{number} {column}"
                assert value == value.strip(), where
                if column in PROSE_COLUMNS:
                    continue
                values = value.split(";")
                assert values == [part.strip() for part in values], where
                assert len(set(values)) == len(values), where
                assert value == "" or "" not in values, where


def test_networks_and_organisations_say_the_same() -> None:
    by_organisation: dict[str, set[str]] = {name: set() for name in organisation_names()}
    for network in read_rows("networks.csv"):
        for member in parts(network["members"]):
            by_organisation[member].add(network["network"])
    for row in read_rows("organisations.csv"):
        assert set(parts(row["networks"])) == by_organisation[row["name"]], row["name"]


def test_role_and_membership_status_agree() -> None:
    by_role = {
        "partner": {"founding_partner"},
        "member": {"member", "associate", "dormant"},
        "named": {"listed", "applicant", "observer"},
    }
    for row in read_rows("organisations.csv"):
        assert row["membership_status"] in by_role[row["enpates_role"]], row["name"]
        assert bool(row["member_since"]) == (row["membership_status"] not in {"listed", "applicant"}), row["name"]


def test_there_is_enough_to_look_around() -> None:
    organisations = read_rows("organisations.csv")
    services = read_rows("services.csv")
    assert len(organisations) >= 44
    assert len({row["country"] for row in organisations}) >= 28
    assert {"NG", "VN", "MD"} <= {row["country"] for row in organisations}
    assert len(services) >= 180
    per_organisation = Counter(row["organisation"] for row in services)
    assert set(per_organisation) == organisation_names()
    assert min(per_organisation.values()) >= 2
    assert 6 <= len(read_rows("hotlines.csv")) <= 8
    assert len(read_rows("networks.csv")) == 8
    assert len(read_rows("programmes.csv")) == 10
    assert sum(row["audience"] == "members" for row in organisations) == 3
    assert any(row["hours"] == "24/7" for row in read_rows("hotlines.csv"))


def test_freshness_shows_all_its_states() -> None:
    days = [row["confirmed_days_ago"] for row in read_rows("organisations.csv")]
    ages = [int(value) for value in days if value]
    assert any(age <= 180 for age in ages)
    assert any(190 < age <= 355 for age in ages)
    assert any(age > 375 for age in ages)
    assert "" in days
    assert all(age > 0 for age in ages)


def test_dates_have_the_documented_form() -> None:
    short_date = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
    for row in read_rows("organisations.csv"):
        assert re.fullmatch(r"(19|20)\d\d", row["founded"]), row["name"]
        assert row["member_since"] == "" or short_date.fullmatch(row["member_since"]), row["name"]
    for row in read_rows("programmes.csv"):
        for column in ("start", "end"):
            assert row[column] == "" or re.fullmatch(r"\d{4}(-\d\d)?", row[column]), row["name"]
        assert row["end"] == "" or row["end"] >= row["start"], row["name"]
    for row in read_rows("services.csv"):
        assert row["as_of"] == "" or re.fullmatch(r"20\d\d", row["as_of"]), row["name"]
        assert bool(row["capacity_state"]) == bool(row["capacity_as_of"]), row["name"]
        if row["capacity_as_of"]:
            date.fromisoformat(row["capacity_as_of"])


def test_accommodation_gives_no_place_and_no_number_of_beds() -> None:
    offices = {row["city"] for row in read_rows("organisations.csv") if row["city"]} - {"Luxembourg"}
    for row in read_rows("services.csv"):
        is_accommodation = row["service_type"] in accommodation_types()
        assert (row["accommodation"] == "yes") == is_accommodation, row["name"]
        if not is_accommodation:
            continue
        assert row["capacity"] == "", row["name"]
        assert row["region"], row["name"]
        assert not re.search(r"\d", row["region"]), row["name"]
        said = f"{row['name']} {row['conditions']} {row['max_stay']}"
        assert not re.search(r"\b(beds|places|street|road)\b \d|\d+ (beds|places|rooms)", said), row["name"]
        finer_than_region = row["region"] in offices - CITY_REGIONS
        assert not finer_than_region, f"{row['name']}: {row['region']}"


# Cities that are a federal state of their own: naming the city is naming the region.
CITY_REGIONS = {"Berlin", "Hamburg", "Wien"}


def test_some_fields_stay_empty_as_in_life() -> None:
    services = read_rows("services.csv")
    for column in ("languages", "gender", "age", "conditions", "hours", "region", "cost", "residence_status"):
        empty = sum(row[column] == "" for row in services)
        assert 0 < empty < len(services), column


@pytest.mark.parametrize(
    ("file_name", "column"),
    [("organisations.csv", "phone"), ("organisations.csv", "fax"), ("hotlines.csv", "number")],
)
def test_numbers_are_kept_free_for_fiction(file_name: str, column: str) -> None:
    numbers = [row[column] for row in read_rows(file_name) if row[column]]
    assert numbers
    pattern = re.compile("|".join(f"(?:{one})" for one in FICTIONAL_NUMBERS))
    assert [number for number in numbers if not pattern.fullmatch(number)] == []


DEPOSITARIES = {"www.coe.int", "treaties.un.org"}


def test_every_address_is_at_example_org() -> None:
    for row in read_rows("organisations.csv"):
        assert re.fullmatch(r"office@[a-z-]+\.example\.org", row["email"]), row["name"]
        assert re.fullmatch(r"https://[a-z-]+\.example\.org", row["website"]), row["name"]
    for path in sorted(DEMO.rglob("*")):
        if path.suffix not in {".csv", ".json", ".md"} or path.name == "README.md":
            continue
        text = path.read_text(encoding="utf-8")
        hosts = re.findall(r"https?://([^/\s\"',)]+)", text) + re.findall(r"[\w.+-]+@([\w.-]+\w)", text)
        outside = {host for host in hosts if not host.endswith(".example.org")}
        # What is true of treaties comes from where it is deposited.
        assert outside == (DEPOSITARIES if path.name == "instrument_parties.csv" else set()), path.name
        assert set(re.findall(r"\bwww\.[\w.]+", text)) <= outside, path.name


def test_descriptions_are_of_a_readable_length_and_all_different() -> None:
    seen: Counter[str] = Counter()
    for row in read_rows("organisations.csv"):
        sentences = re.split(r"(?<=[.!?])\s+", row["description"])
        assert 2 <= len(sentences) <= 4, row["name"]
        seen.update(sentences)
    assert [sentence for sentence, count in seen.items() if count > 1] == []


def test_two_organisations_are_in_three_languages() -> None:
    originals = {row["name"]: row["language"] or "en" for row in read_rows("organisations.csv")}
    languages = {name: {original} for name, original in originals.items()}
    for row in read_rows("organisation_texts.csv"):
        assert row["language"] in SITE_LANGUAGES
        assert row["language"] != originals[row["organisation"]], row["organisation"]
        assert row["description"]
        languages[row["organisation"]].add(row["language"])
    assert sum(len(codes) >= 3 for codes in languages.values()) == 2
