"""A command without the variables of its site ends with a sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from platform_site.settings.env import BASE_DIR


def run_manage(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py with the development settings and `data` as the folder of the site's data."""
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env |= {"DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "platform_site.settings.dev"}
    command = [sys.executable, str(BASE_DIR / "manage.py"), *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("folder", ["not-there", "."])
def test_a_database_that_is_not_there_is_a_sentence(tmp_path: Path, folder: str) -> None:
    ended = run_manage(tmp_path / folder, "clearsessions")
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert "DATA_DIR" in ended.stderr.splitlines()[-1]


def test_who_asks_for_the_traceback_gets_it(tmp_path: Path) -> None:
    assert "Traceback" in run_manage(tmp_path / "not-there", "clearsessions", "--traceback").stderr
