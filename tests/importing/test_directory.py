"""Organisations, services, hotlines, networks and programmes out of a package."""

from __future__ import annotations

import datetime as dt

import pytest

from directory.models import Location, Network, Organisation, Programme, Service
from directory.services import confirm_entry
from platform_site.accounts.models import User
from platform_site.records.audiences import field_readable
from platform_site.records.packages.package import open_package
from platform_site.records.services import publish_record, save_draft, withdraw_record
from tests.factories import make_user
from tests.importing.conftest import edit

LEAVE_OUT = ("practices.json", "pages")
ROWS = {"organisations.csv": 4, "services.csv": 4, "hotlines.csv": 1, "networks.csv": 2, "programmes.csv": 2}


def counts(report, what):
    return {file: getattr(count, what) for file, count in report.files.items() if file in ROWS}


def test_a_package_is_imported_and_a_second_run_changes_nothing(run):
    first = run(today=dt.date(2026, 1, 2))
    assert not first.problems
    assert first.done
    assert counts(first, "created") == ROWS
    second = run(today=dt.date(2026, 2, 3))
    assert counts(second, "same") == ROWS
    assert second.changes == 0
    assert set(Organisation.objects.values_list("imported_on", flat=True)) == {dt.date(2026, 1, 2)}


def test_facts_texts_and_order_arrive(run):
    run()
    lanterna = Organisation.objects.get(name="Casa Lanterna")
    assert lanterna.live
    assert lanterna.slug == "casa-lanterna"
    assert lanterna.source == "package"
    assert lanterna.country_entry.code == "IT"
    assert lanterna.text("en").description == "Advises people who worked without pay.\n\n- in offices\n- by telephone"
    services = list(lanterna.services.all())
    assert [service.type_entry.code for service in services] == [
        "legal_information",
        "legal_information",
        "pre_departure_information",
    ]
    assert services[0].codes("languages") == ["it", "ro"]
    assert services[0].codes("countries") == ["IT", "RO"]
    assert services[0].conditions == 'by appointment; "no papers asked"'
    assert services[1].capacity_note == "about 30 a year"
    trust = Organisation.objects.get(name="Mooring Trust")
    assert trust.services.get().accommodation == "yes"
    assert trust.hotlines.get().codes("target_groups") == ["victims", "family_of_victims"]
    assert [row.organisation.name for row in Network.objects.get(name="Harbour Network").memberships.all()][:2] == [
        "Casa Lanterna",
        "Mooring Trust",
    ]
    programme = Programme.objects.get(name="Two Harbours")
    assert {(row.role, str(row.organisation or ""), row.printed_name) for row in programme.partners.all()} == {
        ("coordinator", "Casa Lanterna", ""),
        ("partner", "Mooring Trust", ""),
        ("partner", "", "University of Somewhere"),
    }


def test_mapped_values_become_terms_and_are_kept_as_printed(run):
    run()
    lanterna = Organisation.objects.get(name="Casa Lanterna")
    assert lanterna.type_entry.code == "ngo"
    assert lanterna.originals["printed"]["kind"] == {
        "printed": "association",
        "as": "ngo",
        "mapped": [["kind", "association", "organisation_types", ["ngo"]]],
    }
    assert lanterna.project_role == "partner"
    assert lanterna.membership_entry.code == "founding_partner"
    assert lanterna.website == "https://www.lanterna.example.org"
    assert lanterna.originals["printed"]["website"]["printed"] == "www.lanterna.example.org"
    assert Service.objects.get(name="Return").originals["printed"]["service_type"]["printed"] == "advice on return"


def test_printed_office_contacts_come_in_unpublished(run):
    run()
    lanterna = Organisation.objects.get(name="Casa Lanterna")
    office = Location.objects.get(organisation=lanterna)
    assert lanterna.office_phone == "+39 000 1111 – 2222"
    assert not lanterna.office_public
    assert (office.shown, office.public) == (False, False)
    assert not field_readable(lanterna, "office_phone", frozenset({"public"}))
    assert not field_readable(office, "city", frozenset({"public"}))


def test_office_contacts_are_shown_where_the_operator_or_the_organisation_says_so(run, package):
    edit(package / "organisations.csv", ",description\n", ",description,public_office,office_shown\n")
    text = (package / "organisations.csv").read_text(encoding="utf-8")
    text = text.replace('- by telephone"', '- by telephone",,').replace('for minors."', 'for minors.",,')
    text = text.replace("Harbour Network,,\n", "Harbour Network,,,yes,members\n").replace(",,named,\n", ",,named,,,\n")
    (package / "organisations.csv").write_text(text, encoding="utf-8")
    assert not run().problems
    ufer = Organisation.objects.get(name="Stiftung Ufer")
    assert ufer.office_public
    assert [(office.shown, office.public) for office in ufer.locations.all()] == [(True, False)]
    report = run(publish_offices=True)
    assert report.files["organisations.csv"].changed == 3
    office = Location.objects.get(organisation__name="Casa Lanterna")
    assert (office.shown, office.public) == (True, True)


@pytest.mark.parametrize("days", [0, 24, 400])
def test_an_age_in_days_becomes_the_day_of_the_confirmation_and_is_never_set_back(run, package, days):
    edit(package / "organisations.csv", ",description\n", ",description,confirmed_days_ago\n")
    text = (package / "organisations.csv").read_text(encoding="utf-8")
    text = text.replace('- by telephone"', f'- by telephone",{days}').replace('for minors."', 'for minors.",')
    text = text.replace("Harbour Network,,\n", "Harbour Network,,,\n").replace(",,named,\n", ",,named,,\n")
    (package / "organisations.csv").write_text(text, encoding="utf-8")
    today = dt.date(2026, 3, 1)
    assert not run(today=today).problems
    lanterna = Organisation.objects.get(name="Casa Lanterna")
    assert lanterna.confirmed_on == today - dt.timedelta(days=days)
    Organisation.objects.filter(pk=lanterna.pk).update(confirmed_on=today)
    assert run(today=today).changes == 0


def test_what_the_package_changes_is_changed_and_what_it_does_not_speak_of_stays(run, package):
    run()
    lanterna = Organisation.objects.get(name="Casa Lanterna")
    kept = list(lanterna.services.values_list("pk", flat=True))
    lanterna.founded = 1999
    lanterna.save(update_fields=["founded"])
    edit(package / "services.csv", "about 30 a year", "about 40 a year")
    edit(package / "services.csv", "Casa Lanterna,advice on return,Return,,,,,,,,,,,,2023,\n", "")
    report = run()
    assert (report.files["services.csv"].changed, report.files["services.csv"].removed) == (1, 1)
    assert report.files["organisations.csv"].changed == 0
    lanterna.refresh_from_db()
    assert lanterna.founded == 1999
    assert list(lanterna.services.values_list("pk", flat=True)) == kept[:2]
    assert lanterna.services.all()[1].capacity_note == "about 40 a year"
    assert run().changes == 0


def test_the_order_of_rows_is_content(run, package):
    run()
    path = package / "services.csv"
    header, first, second, *rest = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([header, second, first, *rest]), encoding="utf-8")
    assert run().files["services.csv"].changed == 1
    lanterna = Organisation.objects.get(name="Casa Lanterna")
    assert [service.name for service in lanterna.services.all()] == ["", "Advice on wages", "Return"]


def edited_by(user: User, organisation: Organisation, **values: str) -> Organisation:
    for name, value in values.items():
        setattr(organisation, name, value)
    return publish_record(record=organisation, author=user)


def test_what_an_editor_changed_is_kept_and_named_unless_the_operator_says_otherwise(run, package):
    run()
    editor = make_user("editor")
    edited_by(editor, Organisation.objects.get(name="Casa Lanterna"), acronym="CL")
    assert run().changes == 0
    edit(package / "services.csv", "about 30 a year", "about 40 a year")
    report = run()
    assert report.changes == 0
    assert report.files["services.csv"].kept == 1
    assert "'Casa Lanterna' is kept" in str(report.kept[0])
    # The account may be gone: what the editor wrote is still the editors'.
    editor.delete()
    assert run().changes == 0
    report = run(overwrite=True)
    assert report.files["services.csv"].changed == 1
    assert Organisation.objects.get(name="Casa Lanterna").acronym == "CL"
    assert run().changes == 0


def test_what_was_confirmed_on_the_site_is_kept(run, package):
    run()
    confirm_entry(organisation=Organisation.objects.get(name="Casa Lanterna"), user=make_user("editor"))
    assert run().changes == 0
    edit(package / "services.csv", "about 30 a year", "about 40 a year")
    report = run()
    assert report.changes == 0
    assert "It was confirmed on this site." in str(report.kept[0])
    assert run(overwrite=True).changes == 1


def test_a_draft_of_an_editor_is_kept(run, package):
    run()
    draft = Organisation.objects.get(name="Casa Lanterna")
    draft.acronym = "CL"
    save_draft(record=draft, user=make_user("editor"))
    edit(package / "services.csv", "about 30 a year", "about 40 a year")
    assert run().changes == 0


def test_what_was_withdrawn_on_the_site_stays_so(run, package):
    run()
    withdraw_record(record=Organisation.objects.get(name="Casa Lanterna"), user=None, reason="It closed.")
    edit(package / "organisations.csv", "Via dei Fari 3", "Via dei Fari 4")
    report = run()
    assert report.changes == 0
    assert "withdrawn" in str(report.kept[0])
    assert not Organisation.objects.get(name="Casa Lanterna").live


def test_a_trial_run_says_what_would_happen_and_changes_nothing(run):
    report = run(dry_run=True)
    assert counts(report, "created") == ROWS
    assert not report.done
    assert not Organisation.objects.exists()


def test_the_operator_says_where_the_content_is_from(run):
    run(source="Handbook of the platform")
    assert set(Organisation.objects.values_list("source", flat=True)) == {"Handbook of the platform"}
    assert run().changes == 0


@pytest.mark.parametrize(
    ("readme", "source"),
    [
        (b"# Handbook of the platform, 2012\nWords.", "Handbook of the platform, 2012"),
        (b"\xef\xbb\xbfBefore.\r\n\r\n# Handbook (real input)\r\n# Second", "Handbook"),
        (b"# Handbook (real input)\nOf a project (Network,\n2009 to 2012).\n\nMade in 2020.", "Handbook, 2012"),
        (b"# Handbook of 2011\nPrinted in 2012.", "Handbook of 2011"),
        (b"# Handbook\n\nNumber 120123.\n\nMade in 2020.", "Handbook"),
        (b"#no heading\n## Files\n", "package"),
        (b"# " + b"long " * 30, "package"),
        (b"# Caf\xe9 list", "package"),
        (None, "package"),
    ],
)
def test_what_says_nothing_of_its_source_is_named_after_its_readme(package, readme, source):
    (package / "README.md").unlink()
    if readme is not None:
        (package / "README.md").write_bytes(readme)
    assert open_package(package).source == source
    (package / "package.yaml").write_text("format: 1\nsource: Our list\n", encoding="utf-8")
    assert open_package(package).source == "Our list"


def test_only_some_parts(run, package):
    report = run(only=["organisations"])
    assert set(report.files) == {"organisations.csv"}
    assert not Service.objects.exists()
    report = run(only=["services"])
    assert set(report.files) == {"services.csv"}
    assert Service.objects.count() == 4


def test_names_that_give_one_address_get_two(run, package):
    edit(package / "organisations.csv", "Office for Quays,", "Mooring – Trust!,")
    assert not run().problems
    assert set(Organisation.objects.filter(slug__startswith="mooring").values_list("slug", flat=True)) == {
        "mooring-trust",
        "mooring-trust-2",
    }
