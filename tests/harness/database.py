"""The tests' database: one migrated template with the vocabularies, cached by a hash and copied for each process.

Migrating takes some fifteen seconds of Python; copying the result takes milliseconds. Tests with a rolled-back
transaction (`db`) start from the template by nature. Tests without one (`transactional_db`, `live_server`) get the
template put back afterwards, where Django would leave empty tables: no locale, no root page, no vocabulary.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from filelock import FileLock
from pytest_django.plugin import DjangoDbBlocker

from tests.harness.fingerprint import template_fingerprint
from tests.harness.snapshots import PostgresqlSnapshots, Snapshots, SqliteSnapshots

# Migrating on a loaded machine takes under a minute; whoever waits longer should hear of it.
_LOCK_SECONDS = 300


@dataclass
class TestDatabase:
    """The database of this test process: its snapshots, and the name of the one that tests start from now."""

    __test__ = False

    snapshots: Snapshots
    cache: Path
    start: str

    def ensure(self, name: str, make: Callable[[], None]) -> bool:
        """Bring the database to the state `name`, calling `make` if nobody has saved it yet; tells whether it did."""
        with FileLock(self.cache / f"{name}.lock", timeout=_LOCK_SECONDS):
            if self.snapshots.has(name):
                self.snapshots.restore(name)
                return False
            make()
            self.snapshots.save(name)
            return True

    def reset(self) -> None:
        """Put back what tests start from."""
        self.snapshots.restore(self.start)

    @contextmanager
    def starting_from(self, name: str, make: Callable[[], None]) -> Iterator[bool]:
        """Let tests start from another state for a while; gives whether `make` was called for it."""
        before = self.start
        made = self.ensure(name, make)
        self.start = name
        try:
            yield made
        finally:
            self.start = before
            self.reset()


def cache_folder(config: pytest.Config) -> Path:
    """Return the ignored folder in which a run keeps what the next one can use again."""
    folder = config.rootpath / "var" / "test-cache"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


_early = pytest.StashKey[subprocess.Popen[bytes]]()
# Any test that starts from the template.
_A_TEST = "tests/harness/test_database.py::test_a_rolled_back_test_leaves_nothing"


def pytest_sessionstart(session: pytest.Session) -> None:
    """Have the template made while the processes of a run are still collecting: else all wait for the first of them."""
    config = session.config
    if getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput"):
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", _A_TEST]
        quiet = subprocess.DEVNULL
        config.stash[_early] = subprocess.Popen(command, cwd=config.rootpath, stdin=quiet, stdout=quiet, stderr=quiet)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Wait for the process that made the template."""
    if (process := session.config.stash.get(_early, None)) is not None:
        process.wait(_LOCK_SECONDS)


def _snapshots(cache: Path, work: Path, worker: str) -> Snapshots:
    if connection.vendor == "postgresql":
        return PostgresqlSnapshots(connection, worker=worker)
    return SqliteSnapshots(connection, cache=cache, work=work)


@pytest.fixture(scope="session")
def test_database(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[TestDatabase]:
    """The migrated database of this process, vocabularies loaded."""
    cache = cache_folder(request.config)
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    work = tmp_path_factory.mktemp("database")
    snapshots = _snapshots(cache, work, worker)
    database = TestDatabase(snapshots, cache, f"template_{template_fingerprint()}")

    def make_template() -> None:
        snapshots.create()
        call_command("load_vocabularies", verbosity=0)
        # What the lists say is found; nothing waits for the first test that writes.
        call_command("search_sync", verbosity=0)

    with django_db_blocker.unblock():
        snapshots.open()
        database.ensure(database.start, make_template)
    yield database
    with django_db_blocker.unblock():
        snapshots.close()
    shutil.rmtree(work, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(test_database: TestDatabase) -> Iterator[None]:
    """Take the place of pytest-django's set-up: the template instead of a migration per process."""

    def restore_template(self: TransactionTestCase) -> None:
        test_database.reset()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", restore_template)
        yield
