"""A page that was decided on keeps its earlier versions readable, with their days."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import PageViewRestriction

from platform_site.home.models import EarlierVersion, PlainPage
from platform_site.records.packages.running import import_package
from tests.factories import make_page
from tests.importing.conftest import exported

pytestmark = pytest.mark.django_db


def adopt(page: PlainPage, day: str | None, text: str) -> None:
    page.adopted_on = dt.date.fromisoformat(day) if day else None
    page.body = [("text", text)]
    page.save_revision().publish()


@pytest.fixture
def charter() -> PlainPage:
    page = make_page("Charter", slug="charter", kind="charter", text="First words.", adopted_on=dt.date(2019, 3, 4))
    adopt(page, "2022-06-07", "Second words.")
    adopt(page, "2026-01-02", "Third words.")
    return page


def test_a_later_day_keeps_the_former_text(client: Client, charter) -> None:
    assert [str(version.adopted_on) for version in charter.earlier_versions.all()] == ["2022-06-07", "2019-03-04"]
    now = client.get("/en/charter/").content.decode()
    assert "Third words." in now
    assert "Adopted 7 June 2022" in now
    first = client.get("/en/charter/versions/2019-03-04/").content.decode()
    assert "First words." in first
    assert "Third words." not in first
    assert "Another one took its place on 7 June 2022." in first
    assert 'href="/en/charter/"' in first
    assert '<meta name="robots" content="noindex">' in first
    assert "2 January 2026" in client.get("/de/charter/versions/2022-06-07/").content.decode().replace(
        "2. Januar 2026", "2 January 2026"
    )


@pytest.mark.parametrize("day", ["2026-01-02", "2021-01-01", "2021-13-41", "0000-00-00"])
def test_a_day_without_a_version_is_not_found(client: Client, charter, day: str) -> None:
    assert client.get(f"/en/charter/versions/{day}/").status_code == 404
    assert client.get(f"/en/missing/versions/{day}/").status_code == 404
    assert client.get(f"/en/guides/versions/{day}/").status_code == 404


@pytest.mark.parametrize("day", ["2026-01-02", "2025-01-01", None])
def test_a_correction_is_no_new_version(charter, day: str | None) -> None:
    adopt(charter, day, "Corrected words.")
    assert charter.earlier_versions.count() == 2


def test_a_version_is_for_those_who_may_read_the_page(client: Client, client_for, charter) -> None:
    restriction = PageViewRestriction.objects.create(page=charter, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(Group.objects.get(name="Members"))
    answer = client.get("/en/charter/versions/2019-03-04/")
    assert answer.status_code == client.get("/en/charter/").status_code
    assert b"First words." not in answer.content
    assert b"First words." in client_for("member").get("/en/charter/versions/2019-03-04/").content


def test_versions_travel_in_packages(client: Client, tmp_path: Path) -> None:
    page = tmp_path / "in" / "pages" / "charter.md"
    version = tmp_path / "in" / "pages" / "versions" / "charter-2019.md"
    version.parent.mkdir(parents=True)
    page.write_text("---\ntitle: Charter\nkind: charter\nadopted_on: 2026-01-02\n---\n\nNew.\n", encoding="utf-8")
    version.write_text(
        "---\ntitle: Charter\nkey: charter\nadopted_on: 2019-03-04\n---\n\nOld.\n\n## Heading\n", encoding="utf-8"
    )
    report = import_package(tmp_path / "in")
    assert not report.problems, report.lines()
    assert b"Old." in client.get("/en/charter/versions/2019-03-04/").content
    assert import_package(tmp_path / "in").changes == 0
    first = exported(tmp_path / "first")
    assert first["pages/charter.md"] == page.read_text(encoding="utf-8")
    assert first["pages/versions/charter-2019.md"] == version.read_text(encoding="utf-8")
    version.unlink()
    version.parent.rmdir()
    page.write_text("---\ntitle: Charter\nkind: charter\nadopted_on: 2026-05-06\n---\n\nNewest.\n", encoding="utf-8")
    assert not import_package(tmp_path / "in").problems
    assert [str(kept.adopted_on) for kept in EarlierVersion.objects.all()] == ["2026-01-02", "2019-03-04"]
    assert sorted(name for name in exported(tmp_path / "second") if "versions" in name) == [
        "pages/versions/charter-2019.md",
        "pages/versions/charter-2026-01-02.md",
    ]


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        ("title: A\nkey: other\nadopted_on: 2019-03-04\n", "There is no page with this key in the package."),
        ("title: A\nkey: charter\nadopted_on: 2027-03-04\n", "An earlier version is adopted before"),
        ("title: A\nkey: charter\nadopted_on: 2019-03-04\nlanguage: fr\n", "The page has no text in this language."),
        ("title: A\nkey: charter\n", "adopted_on: The value is missing."),
    ],
)
def test_a_version_that_cannot_be_is_refused(tmp_path: Path, head: str, sentence: str) -> None:
    (tmp_path / "pages" / "versions").mkdir(parents=True)
    (tmp_path / "pages" / "charter.md").write_text(
        "---\ntitle: Charter\nkind: charter\nadopted_on: 2026-01-02\n---\n\nNew.\n", encoding="utf-8"
    )
    (tmp_path / "pages" / "versions" / "a.md").write_text(f"---\n{head}---\n\nOld.\n", encoding="utf-8")
    report = import_package(tmp_path)
    assert any(sentence in str(problem) for problem in report.problems), report.lines()
    assert not PlainPage.objects.exists()
