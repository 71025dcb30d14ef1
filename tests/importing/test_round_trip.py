"""What was imported comes out as it went in, and goes in again as it came out."""

from __future__ import annotations

import csv
import datetime as dt
import io
import stat

import pytest
from django.core.management import CommandError, call_command

from directory.models import Location, Network, NetworkMembership, NetworkText, Organisation, OrganisationText
from platform_site.records.packages.exporting import export_package
from platform_site.records.packages.problems import PackageError
from platform_site.records.registry import record_for_reference
from platform_site.records.services import publish_record, withdraw_record
from practices.models import PracticeChart, PracticeOrganisation
from tests.factories import make_draft_organisation, make_organisation, make_service
from tests.importing.conftest import PACKAGE, edit, empty_site, exported

LEAVE_OUT = ("pages",)
TABLES = ("organisations.csv", "services.csv", "hotlines.csv", "programmes.csv")


def test_an_export_gives_the_files_that_were_imported(run, tmp_path):
    run()
    files = exported(tmp_path / "out")
    for name in TABLES:
        assert files[name] == (PACKAGE / name).read_text(encoding="utf-8"), name
    # A network that only an organisation names has got its member.
    assert "Quay Circle,,local_network,Casa Lanterna\n" in files["networks.csv"]
    assert [line for line in files["mappings.csv"].splitlines()[1:] if not line.startswith("practices")] == [
        "organisations.csv,kind,association,organisation_types,ngo",
        "organisations.csv,enpates_role,partner,membership_statuses,founding_partner",
        "services.csv,service_type,advice on return,service_types,pre_departure_information",
        "organisations.csv,enpates_role,member,membership_statuses,member",
    ]
    assert files["package.yaml"].splitlines()[:2] == ["format: 1", "source: package"]


def test_no_members_and_members_that_nobody_stated_stay_apart(run, package, tmp_path):
    edit(package / "organisations.csv", "Quay Circle", "")
    run()
    circle = Network.objects.get(name="Quay Circle")
    assert circle.members_unstated
    assert not Network.objects.get(name="Harbour Network").members_unstated
    assert "Quay Circle,,local_network,\n" in exported(tmp_path / "unstated")["networks.csv"]
    circle.members_unstated = False
    publish_record(record=circle)
    files = exported(tmp_path / "none")
    assert "Quay Circle,,local_network,,yes\n" in files["networks.csv"]
    empty_site()
    assert not run(folder=tmp_path / "none").problems
    assert not Network.objects.get(name="Quay Circle").members_unstated
    assert exported(tmp_path / "again") == files


def test_the_language_of_what_is_typed_in_rows_travels(run, package, tmp_path):
    table = (package / "organisations.csv").read_text(encoding="utf-8")
    lines = list(csv.reader(io.StringIO(table)))
    for number, line in enumerate(lines):
        line.append({0: "words_language", 1: "it"}.get(number, ""))
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(lines)
    (package / "organisations.csv").write_text(written.getvalue(), encoding="utf-8")
    assert not run().problems
    assert Organisation.objects.get(name="Casa Lanterna").words_language == "it"
    assert Organisation.objects.get(name="Mooring Trust").words_language == "en"
    assert exported(tmp_path / "out")["organisations.csv"] == written.getvalue()
    edit(package / "organisations.csv", ",it\n", ",xx\n")
    (problem,) = run().problems
    assert "words_language: The list 'languages' has no 'xx'." in str(problem)


def test_an_export_into_an_empty_site_gives_an_equal_export(run, tmp_path):
    run(today=dt.date(2025, 5, 6))
    first = exported(tmp_path / "first")
    empty_site()
    assert not run(folder=tmp_path / "first").problems
    assert exported(tmp_path / "second") == first
    assert Organisation.objects.get(name="Casa Lanterna").imported_on == dt.date(2025, 5, 6)


def rich_organisation() -> Organisation:
    organisation = make_organisation(
        name="Rivage asbl",
        country="LU",
        acronym="RV",
        founded=1987,
        native_name="Rivage",
        native_language="fr",
        office_email="office@rivage.example.org",
        office_public=True,
        confirmed_on=dt.date(2026, 1, 31),
        membership="member",
        member_since="2020-05",
        language="fr",
        description="Un texte.",
        languages=["fr", "de"],
        countries=["BE"],
        audience="members",
        slug="rivage",
        source="A form",
        source_url="https://rivage.example.org/form",
        services=[
            make_service("shelter", accommodation="yes", ages=["minor"], cost="free", longest_duration="6 months"),
            make_service(
                "legal_information", capacity_state="open", capacity_as_of=dt.date(2026, 2, 3), languages=["fr"]
            ),
        ],
    )
    organisation.texts.add(OrganisationText(language="en", description="A text."))
    organisation.locations = [
        Location(city="Esch", address="Rue 1", shown=True, public=False),
        Location(city="Wiltz", sort_order=1, shown=True, public=True),
    ]
    return publish_record(record=organisation)


@pytest.mark.django_db
def test_everything_that_is_entered_on_the_site_travels(run, tmp_path):
    rich = rich_organisation()
    network = Network(name="Ring", slug="round", website="https://ring.example.org")
    network.memberships = [NetworkMembership(organisation=rich)]
    network.texts = [
        NetworkText(language="de", is_original=True, description="Ein Ring."),
        NetworkText(language="en", description="A ring."),
    ]
    publish_record(record=network)
    first = exported(tmp_path / "first")
    tables = ("organisations", "organisation_texts", "offices", "services", "networks", "network_texts")
    assert set(first) == {"package.yaml", *(f"{table}.csv" for table in tables)}
    empty_site()
    assert not run(folder=tmp_path / "first").problems
    assert exported(tmp_path / "second") == first
    again = Organisation.objects.get(name="Rivage asbl")
    assert again.imported_on is None
    assert again.audience == "members"
    assert again.slug == "rivage"
    assert [(office.city, office.shown, office.public) for office in again.locations.all()] == [
        ("Esch", True, False),
        ("Wiltz", True, True),
    ]
    assert Network.objects.get(name="Ring").slug == "round"


def test_what_an_editor_changes_is_exported_instead_of_what_was_printed(run, tmp_path):
    run()
    lanterna = Organisation.objects.get(name="Casa Lanterna")
    lanterna.website = "https://new.example.org"
    publish_record(record=lanterna)
    text = exported(tmp_path / "out")["organisations.csv"]
    assert "https://new.example.org,association" in text
    assert "www.lanterna" not in text


def test_drafts_are_left_out_and_named_and_nothing_refers_to_them(run, tmp_path):
    run()
    draft = make_draft_organisation(name="Draft Trust")
    network = Network.objects.get(name="Quay Circle")
    network.memberships = [*network.memberships.all(), NetworkMembership(organisation=draft, sort_order=5)]
    publish_record(record=network)
    chart = PracticeChart.objects.get(chart_no=7)
    chart.organisations = [PracticeOrganisation(organisation=draft)]
    publish_record(record=chart)
    report = export_package(tmp_path / "out")
    assert [str(note) for note in report.notes] == [
        "organisations.csv: 'Draft Trust' is not published and is left out.",
        "practices.json, chart 7: None of its organisations is published; it is left out.",
    ]
    empty_site()
    assert not run(folder=tmp_path / "out").problems
    assert not Organisation.objects.filter(name="Draft Trust").exists()
    assert [row.organisation.name for row in Network.objects.get(name="Quay Circle").memberships.all()] == [
        "Casa Lanterna"
    ]


def test_what_was_withdrawn_travels_with_its_reason_and_its_successor(run, tmp_path):
    run()
    for name, successor in (("Stiftung Ufer", "Mooring Trust"), ("Mooring Trust", "Casa Lanterna")):
        withdraw_record(
            record=Organisation.objects.get(name=name),
            user=None,
            reason=f"Part of {successor} now.",
            language="en",
            successor=f"organisation:{successor}",
        )
    withdraw_record(record=PracticeChart.objects.get(chart_no=7), user=None, reason="Nie erprobt.", language="de")
    first = exported(tmp_path / "first")
    empty_site()
    assert not run(folder=tmp_path / "first").problems
    ufer = Organisation.objects.get(name="Stiftung Ufer")
    assert (ufer.live, ufer.withdrawn_reason, record_for_reference(ufer.successor)) == (
        False,
        "Part of Mooring Trust now.",
        Organisation.objects.get(name="Mooring Trust"),
    )
    chart = PracticeChart.objects.get(chart_no=7)
    assert (chart.withdrawn_reason, chart.withdrawn_language, ufer.withdrawn_language) == ("Nie erprobt.", "de", "en")
    assert run(folder=tmp_path / "first").changes == 0
    assert exported(tmp_path / "second") == first


def test_a_successor_that_is_not_there_is_refused(run, tmp_path):
    run()
    organisations = {name: Organisation.objects.get(name=name) for name in ("Stiftung Ufer", "Mooring Trust")}
    successor = organisations["Mooring Trust"].key
    withdraw_record(record=organisations["Stiftung Ufer"], user=None, reason="Closed.", successor=successor)
    exported(tmp_path / "out")
    edit(tmp_path / "out" / "organisations.csv", successor, "organisation:Nobody")
    empty_site()
    assert "successor: Choose another published record." in str(run(folder=tmp_path / "out").problems[0])
    assert not Organisation.objects.exists()


def test_sources_that_differ_stand_in_their_rows(run, tmp_path):
    run()
    make_organisation(name="Made Here")
    first = exported(tmp_path / "first")
    assert "source: ''" in first["package.yaml"]
    assert ",source,imported_on\n" in first["organisations.csv"].splitlines(keepends=True)[0]
    empty_site()
    assert not run(folder=tmp_path / "first").problems
    assert exported(tmp_path / "second") == first


def test_the_package_is_for_its_owner_alone(run, tmp_path):
    run()
    export_package(tmp_path / "out")
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "out").iterdir()} == {0o600}


def test_a_folder_in_use_is_refused_and_the_command_says_what_it_writes(run, tmp_path, capsys):
    run()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine")
    with pytest.raises(PackageError, match="must be empty"):
        export_package(tmp_path / "full")
    with pytest.raises(CommandError, match="no such folder"):
        call_command("export_package", tmp_path / "missing" / "out")
    call_command("export_package", tmp_path / "out")
    assert "that the public does not see" in capsys.readouterr().out
    assert not list(tmp_path.glob(".export-*"))


def test_the_address_of_a_published_record_stays_and_is_noted(run, package):
    run()
    name = Organisation.objects.get(slug="casa-lanterna").name
    path = package / "organisations.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["slug"] = "elsewhere" if row["name"] == name else row.get("slug", "")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    for _time in range(2):
        report = run()
        assert report.changes == 0
        assert ["casa-lanterna" in str(note.as_dict()) for note in report.notes] == [True]
    assert Organisation.objects.get(name=name).slug == "casa-lanterna"
