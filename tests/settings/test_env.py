"""The environment: one typed module, an example that lists the same names, and a production that refuses defaults."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from platform_site.settings.env import BASE_DIR, ConfigurationError, database_settings, flag, number

SETTINGS = BASE_DIR / "platform_site" / "settings"
GOOD = {
    "SECRET_KEY": "k3J9w0sLq7VbXz2mN5tRy8uIoPaSdFgHjKlZxCvBnM1QwErTyUiOp4",
    "ALLOWED_HOSTS": "hub.example.org",
    "BASE_URL": "https://hub.example.org",
    "EMAIL_HOST": "mail.example.org",
}


def test_the_example_lists_every_variable() -> None:
    source = (SETTINGS / "env.py").read_text(encoding="utf-8")
    read = set(re.findall(r'(?:text|flag|number|words)\("([A-Z_]+)"', source))
    example = (BASE_DIR / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)) == read


@pytest.mark.parametrize("path", sorted(SETTINGS.glob("*.py")), ids=lambda path: path.stem)
def test_only_one_module_reads_the_environment(path: Path) -> None:
    if path.name != "env.py":
        assert "os.environ" not in path.read_text(encoding="utf-8")


def start_production(**changes: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], **GOOD, **changes}
    return subprocess.run(
        [sys.executable, "-c", "import platform_site.settings.production"],
        cwd=BASE_DIR,
        env={name: value for name, value in environment.items() if value},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_with_what_it_needs() -> None:
    result = start_production()
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "development-only-secret-key-that-production-refuses-0123456789"}, "SECRET_KEY"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"BASE_URL": "http://hub.example.org"}, "BASE_URL"),
        ({"EMAIL_HOST": ""}, "EMAIL_HOST"),
        ({"EMAIL_PORT": "many"}, "EMAIL_PORT"),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL"),
        ({"PUBLISH_FOUR_EYES": "perhaps"}, "PUBLISH_FOUR_EYES"),
    ],
)
def test_production_refuses_what_is_missing_or_default(change, names) -> None:
    result = start_production(**change)
    assert result.returncode != 0
    assert "ConfigurationError" in result.stderr
    assert names in result.stderr.splitlines()[-1]


def test_flags_and_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME", " Yes ")
    assert flag("SOME") is True
    monkeypatch.setenv("SOME", "-1")
    with pytest.raises(ConfigurationError):
        number("SOME", 3)
    monkeypatch.delenv("SOME")
    assert number("SOME", 3) == 3


def test_addresses_of_databases(tmp_path) -> None:
    assert database_settings("", password="", data_dir=tmp_path)["NAME"] == tmp_path / "site.sqlite3"
    settings = database_settings("postgresql://hub@db.example:5433/hub", password="p/w", data_dir=tmp_path)
    assert (settings["HOST"], settings["PORT"], settings["USER"], settings["PASSWORD"]) == (
        "db.example",
        "5433",
        "hub",
        "p/w",
    )
