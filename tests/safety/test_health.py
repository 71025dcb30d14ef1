"""The two health addresses."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from platform_site import health

pytestmark = [pytest.mark.usefixtures("small_site"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(health, "_complete", frozenset())
    return settings.MEDIA_ROOT


def test_alive_asks_nothing(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        response = client.get("/health/")
    assert (response.status_code, response.json()) == (200, {"alive": True})
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies


def test_ready_names_what_it_checked(client: Client, media: Path) -> None:
    response = client.get("/health/ready/")
    assert response.status_code == 200
    assert response.json() == {"ready": True, "checks": {"database": "ok", "migrations": "ok", "media": "ok"}}
    assert list(media.iterdir()) == []


def test_ready_is_cheap_from_the_second_time(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client.get("/health/ready/")
    with django_assert_num_queries(3):
        assert client.get("/health/ready/").status_code == 200


def failing(response: object) -> list[str]:
    assert response.status_code == 503
    assert response.json()["ready"] is False
    return [name for name, state in response.json()["checks"].items() if state != "ok"]


@pytest.mark.parametrize("warm", [False, True])
def test_a_missing_migration_is_not_ready(client: Client, warm: bool) -> None:
    if warm:
        client.get("/health/ready/")
    MigrationRecorder.Migration.objects.filter(app="safety").delete()
    assert failing(client.get("/health/ready/")) == ["migrations"]


def test_a_database_that_does_not_answer_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise OperationalError("could not connect to database at db.internal with password hunter2")

    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", refuse)
    response = client.get("/health/ready/")
    assert failing(response) == ["database", "migrations"]
    assert "hunter2" not in response.content.decode()
    assert client.get("/health/").status_code == 200


def test_a_library_folder_that_cannot_be_written_is_not_ready(
    client: Client, media: Path, settings: Settings, tmp_path: Path
) -> None:
    settings.LIBRARY_ROOT = tmp_path / "library"
    settings.LIBRARY_ROOT.write_text("a file where the folder should be")
    assert failing(client.get("/health/ready/")) == ["media"]


def test_a_media_folder_that_cannot_be_written_is_not_ready(client: Client, media: Path) -> None:
    media.write_text("a file where the folder should be")
    response = client.get("/health/ready/")
    assert failing(response) == ["media"]
    assert str(media) not in response.content.decode()


@pytest.mark.parametrize("path", ["/health/", "/health/ready/"])
def test_only_reading_is_answered(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200


def test_a_health_check_over_plain_http_is_not_redirected(client: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/health/").status_code == 200
    assert client.get("/en/read/").status_code == 301
