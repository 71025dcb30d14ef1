"""The own PostgreSQL server starts, answers and leaves nothing behind."""

from __future__ import annotations

import tempfile
from pathlib import Path

import psycopg
import pytest

from devtools import postgresql
from devtools.failure import Failure
from tests.harness.missing import skip_missing


def left_behind() -> set[Path]:
    return set(Path(tempfile.gettempdir()).glob("hub-postgresql-*"))


def test_own_server_answers_and_goes() -> None:
    if postgresql.find_programs() is None:
        skip_missing("PostgreSQL (Debian and Ubuntu: apt install postgresql)")
    before = left_behind()
    with postgresql.own_server() as url:
        server = url.rpartition("/")[0]
        with psycopg.connect(f"{server}/postgres") as connection:
            assert connection.execute("SELECT 1 + 1").fetchone() == (2,)
        assert len(left_behind() - before) == 1
    assert left_behind() == before
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(f"{server}/postgres", connect_timeout=2)


def test_a_machine_without_postgresql_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "find_programs", lambda: None)
    with pytest.raises(Failure, match="apt install postgresql"), postgresql.own_server():
        pytest.fail("there is no server")
