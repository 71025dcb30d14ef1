"""What the operators' page promises: rights of files, logs without keys, answers that name no server program."""

from __future__ import annotations

import os
import re
import runpy
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import get_commands
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


def block(word: str) -> str:
    """Return the one block of commands or settings of the page that holds `word`."""
    found = [text for text in re.findall(r"^```\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE) if word in text]
    assert len(found) == 1, word
    return found[0]


def test_the_variables_as_printed_load_in_a_shell_and_are_known(tmp_path: Path) -> None:
    file = tmp_path / "hub.env"
    file.write_text(block("ALLOWED_HOSTS="), encoding="utf-8")
    loaded = subprocess.run(
        ["/bin/sh", "-euc", f"set -a; . {file}; set +a; env"], env={}, capture_output=True, text=True, check=True
    )
    assert loaded.stderr == ""
    assert "PLATFORM_NAME=Our platform" in loaded.stdout.splitlines()
    known = (BASE_DIR / ".env.example").read_text(encoding="utf-8")
    for name in re.findall(r"^(\w+)=", file.read_text(encoding="utf-8"), re.MULTILINE):
        assert name == "DJANGO_SETTINGS_MODULE" or f"\n{name}=" in known, name


@pytest.mark.skipif(not shutil.which("nginx") or not shutil.which("openssl"), reason="nginx or openssl is not here")
def test_nginx_starts_with_the_block_as_printed(tmp_path: Path) -> None:
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=hub.example.org"]
    files = ["-keyout", str(tmp_path / "privkey.pem"), "-out", str(tmp_path / "fullchain.pem")]
    subprocess.run([*make, *files], capture_output=True, check=True)
    servers = block("listen 443").replace("/etc/letsencrypt/live/hub.example.org", str(tmp_path))
    # Ports and folders that any account may use.
    servers = servers.replace("listen 443", "listen 127.0.0.1:18443").replace("listen 80", "listen 127.0.0.1:18080")
    servers = servers.replace("/var/log/nginx", str(tmp_path))
    main = tmp_path / "nginx.conf"
    main.write_text(f"pid {tmp_path}/pid; events {{}} http {{ access_log off; {servers} }}", encoding="utf-8")
    tried = subprocess.run(
        ["nginx", "-t", "-e", str(tmp_path / "log"), "-c", str(main)], capture_output=True, text=True, check=False
    )
    assert tried.returncode == 0, tried.stderr
    said = tried.stderr + (tmp_path / "log").read_text(encoding="utf-8")
    assert "[warn]" not in said.replace('[warn] the "user" directive', "")
    assert "return 301 https://" in servers


@pytest.mark.parametrize("name", sorted({*re.findall(r"manage\.py (\w+)", PAGE)}))
def test_commands_that_the_page_names_exist(name: str) -> None:
    assert name in get_commands()


def test_gunicorn_opens_no_control_socket() -> None:
    assert runpy.run_path(str(BASE_DIR / "gunicorn.conf.py"))["control_socket_disable"] is True
