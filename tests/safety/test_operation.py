"""What the operators' page promises: rights of files, logs without keys, answers that name no server program."""

from __future__ import annotations

import os
import re
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.urls import reverse
from gunicorn.http import wsgi

from platform_site.settings.env import BASE_DIR

PAGE = (BASE_DIR / "docs" / "operators.md").read_text(encoding="utf-8")


@pytest.fixture(params=[0o077, 0o022])
def _umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.mark.usefixtures("_umask")
def test_uploads_are_for_the_site_alone_and_static_files_for_the_web_server(tmp_path: Path) -> None:
    for alias, file_mode, folder_mode in (("default", 0o600, 0o700), ("staticfiles", 0o644, 0o755)):
        storage = storages.create_storage(
            {
                "BACKEND": "django.core.files.storage.FileSystemStorage",
                "OPTIONS": {**storages.backends[alias]["OPTIONS"], "location": tmp_path / alias},
            }
        )
        stored = Path(storage.path(storage.save("folder/a.txt", ContentFile(b"a"))))
        assert stored.stat().st_mode & 0o777 == file_mode
        assert stored.parent.stat().st_mode & 0o777 == folder_mode


def test_the_service_writes_for_itself_alone() -> None:
    assert "UMask=0077" in PAGE
    assert "-m 700 /srv/hub/data" in PAGE


@pytest.mark.parametrize("language", ["", "/en", "/fr"])
def test_the_log_of_nginx_holds_no_key_of_a_link(language: str) -> None:
    found = re.search(r'"~(\^.*)" "\$\{before\}\[hidden\]";', PAGE)
    assert found
    hidden = re.compile(found[1].replace("?<before>", "?P<before>"))
    link = reverse("account_reset_password_from_key", kwargs={"uidb36": "3", "key": "digjjz-0123456789"})
    path = language + link.removeprefix("/en")
    match = hidden.match(path)
    assert match
    assert "digjjz" not in match["before"]
    for harmless in ("/en/accounts/password/reset/", "/en/accounts/login/", "/en/directory/"):
        assert not hidden.match(harmless)
    assert "$quiet_uri $status" in PAGE
    assert " $uri $status" not in PAGE


def test_no_answer_names_the_server_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wsgi, "SERVER", "gunicorn")
    runpy.run_path(str(BASE_DIR / "gunicorn.conf.py"))
    assert wsgi.SERVER == ""
