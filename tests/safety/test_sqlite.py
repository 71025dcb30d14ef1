"""With no room to write, the site can still be read; what was written before a sudden end is there."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import ConnectionHandler
from django.db.backends.sqlite3 import base

from platform_site.safety.sqlite.base import DatabaseWrapper, is_whole
from platform_site.settings.env import BASE_DIR, database_settings

NOBODY = 65534
CHILD = """
import os, sys
from pathlib import Path
from django.conf import settings
from platform_site.settings.env import database_settings
settings.configure(DATABASES={{"default": database_settings("", password="", data_dir=Path(sys.argv[1]))}})
from django.db import OperationalError, connection
connection.vendor
if os.geteuid() == 0:
    # To the administrator every folder can be written.
    os.setuid({nobody})
def words():
    with connection.cursor() as cursor:
        return cursor.execute("SELECT word FROM words").fetchall()
{what}
"""


def run(folder: Path, what: str) -> subprocess.CompletedProcess[str]:
    script = CHILD.format(nobody=NOBODY, what=what)
    return subprocess.run(
        [sys.executable, "-c", script, str(folder)],
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder with a database in WAL mode, which other accounts than root may enter."""
    with tempfile.TemporaryDirectory(prefix="data-") as name:
        path = Path(name)
        path.chmod(0o777)
        connection = sqlite3.connect(path / "site.sqlite3")
        connection.executescript(
            "PRAGMA journal_mode=WAL; CREATE TABLE words (word); INSERT INTO words VALUES ('kept');"
        )
        connection.close()
        (path / "site.sqlite3").chmod(0o666)
        yield path
        path.chmod(0o777)


def test_a_folder_that_cannot_be_written_can_be_read(folder: Path) -> None:
    folder.chmod(0o555)
    done = run(
        folder,
        "print(words())\n"
        "try:\n    connection.cursor().execute(\"INSERT INTO words VALUES ('new')\")\n"
        "except OperationalError as error:\n    print('refused')\n"
        "connection.close_if_unusable_or_obsolete()\nprint(connection.connection)",
    )
    assert done.stdout.splitlines() == ["[('kept',)]", "refused", "None"], done.stderr


def test_one_open_connection_lets_others_read(folder: Path) -> None:
    """What the site does with a full disk while it runs: a folder that takes no new file is the same to SQLite."""
    settings = database_settings("", password="", data_dir=folder)
    assert settings["CONN_MAX_AGE"] is None
    kept = sqlite3.connect(folder / "site.sqlite3")
    kept.execute("INSERT INTO words VALUES ('new')")
    kept.commit()
    for path in folder.iterdir():
        path.chmod(0o666)
    folder.chmod(0o555)
    assert run(folder, "print(words())").stdout.splitlines() == ["[('kept',), ('new',)]"]
    kept.close()


def test_what_was_written_before_a_sudden_end_is_there(folder: Path) -> None:
    done = run(folder, "connection.cursor().execute(\"INSERT INTO words VALUES ('new')\")\nos.kill(os.getpid(), 9)\n")
    assert done.returncode == -9
    assert (folder / "site.sqlite3-wal").stat().st_size > 0
    assert run(folder, "print(words())").stdout.splitlines() == ["[('kept',), ('new',)]"]


def test_a_database_with_changes_beside_it_is_not_read_without_them(folder: Path) -> None:
    assert is_whole(folder / "site.sqlite3")
    (folder / "site.sqlite3-wal").write_bytes(b"")
    assert is_whole(folder / "site.sqlite3")
    (folder / "site.sqlite3-wal").write_bytes(b"changes")
    assert not is_whole(folder / "site.sqlite3")
    assert not is_whole(folder / "missing.sqlite3")


def failing(code: int) -> Callable[..., None]:
    def fail(*_arguments: object, **_named: object) -> None:
        error = sqlite3.OperationalError("no")
        error.sqlite_errorcode = code
        raise error

    return fail


@pytest.mark.parametrize("code", [sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_ERROR])
def test_what_has_another_cause_is_not_hidden(code: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base.DatabaseWrapper, "get_new_connection", failing(code))
    wrapper = ConnectionHandler({"default": database_settings("", password="", data_dir=folder)})["default"]
    assert isinstance(wrapper, DatabaseWrapper)
    with pytest.raises(sqlite3.OperationalError):
        wrapper.get_new_connection(wrapper.get_connection_params())
