"""Parties to legal instruments in packages: read, refused with the place, kept, written again equal."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from library.models import InstrumentParty
from platform_site.records.packages.running import import_package
from platform_site.vocabulary.store import term_id
from tests.importing.conftest import exported

pytestmark = pytest.mark.django_db

PARTIES = """instrument,country,since,note,source_url,checked_on
palermo_protocol,RO,2003,Without a reservation,https://example.org/palermo,2026-02-01
coe_convention_trafficking,DE,2013-04-01,,https://example.org/197,2026-02-01
coe_convention_trafficking,RO,2008-02,,https://example.org/197,2026-02-01
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "parties"
    found.mkdir()
    (found / "instrument_parties.csv").write_text(PARTIES, encoding="utf-8")
    return found


def rewrite(folder: Path, old: str, new: str) -> None:
    assert old in PARTIES
    (folder / "instrument_parties.csv").write_text(PARTIES.replace(old, new), encoding="utf-8")


def test_parties_come_in_go_out_equal_and_stand_on_the_page(folder: Path, tmp_path: Path, client: Client) -> None:
    assert not import_package(folder).problems
    assert exported(tmp_path / "first")["instrument_parties.csv"] == PARTIES
    assert import_package(folder).changes == 0
    page = client.get("/en/legal-instruments/coe_convention_trafficking/").content.decode()
    assert page.index("Germany") < page.index("Romania")
    assert "April 2013" in page


def test_what_the_site_says_otherwise_is_kept_unless_asked(folder: Path) -> None:
    import_package(folder)
    InstrumentParty.objects.filter(note="Without a reservation").update(note="With one")
    report = import_package(folder)
    (kept,) = report.kept
    assert str(kept) == (
        "instrument_parties.csv, line 2: 'palermo_protocol RO' is kept. "
        "The site says otherwise of this country; --overwrite takes the package's word."
    )
    assert InstrumentParty.objects.filter(note="With one").exists()
    import_package(folder, overwrite=True)
    assert not InstrumentParty.objects.filter(note="With one").exists()


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("palermo_protocol,RO", "palermo,RO", "line 2, instrument"),
        ("DE,2013-04-01", "QQ,2013-04-01", "line 3, country"),
        ("DE,2013-04-01", "DE,spring", "line 3, since"),
        ("DE,2013-04-01", "RO,2013-04-01", "line 4, country"),
        ("https://example.org/palermo", "", "line 2, source_url"),
        ("2026-02-01\ncoe", ",\ncoe", "line 2"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(folder: Path, old: str, new: str, where: str) -> None:
    rewrite(folder, old, new)
    report = import_package(folder)
    assert any(where in str(problem) for problem in report.problems), report.problems
    assert not InstrumentParty.objects.exists()


@pytest.mark.parametrize("way", ["one", "many"])
def test_a_party_that_is_deleted_leaves_the_page_of_its_country(folder: Path, client: Client, way: str) -> None:
    import_package(folder)
    link = "/en/legal-instruments/palermo_protocol/"
    assert link in client.get("/en/countries/RO/").content.decode()
    rows = InstrumentParty.objects.filter(note="Without a reservation")
    if way == "one":
        rows.get().delete()
    else:
        rows.delete()
    assert link not in client.get("/en/countries/RO/").content.decode()


def test_a_treaty_that_is_not_yet_in_force_is_not_among_those_in_force(folder: Path, client: Client) -> None:
    rewrite(folder, "palermo_protocol,RO,2003,", "palermo_protocol,RO,2931-05,")
    import_package(folder)
    InstrumentParty.objects.filter(since="2008-02").get().delete()
    without_day = InstrumentParty.objects.get(since="2013-04-01")
    without_day.since, without_day.country_id = "", term_id("countries", "RO")
    without_day.save()
    page = client.get("/en/countries/RO/").content.decode()
    start = page.index('id="related-instrument"')
    in_force, _sign, to_come = page[start:].partition('id="related-instrument_to_come"')
    assert "/coe_convention_trafficking/" in in_force
    assert "party; since when is not stated" in in_force
    assert "/palermo_protocol/" not in in_force
    assert "/palermo_protocol/" in to_come
    assert "will be in force from May 2931" in to_come
    instrument = client.get("/en/legal-instruments/palermo_protocol/").content.decode()
    assert "will be in force from May 2931" in instrument
    assert "since May 2931" not in instrument
