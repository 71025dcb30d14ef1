"""A PostgreSQL server of our own for tests: made, used and removed, beside whatever else runs on the machine."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devtools.failure import Failure

USER = "hub"
_SYSTEM_ACCOUNT = "postgres"


def find_programs() -> Path | None:
    """Return the folder of PostgreSQL's own programs (initdb, pg_ctl): newest of Debian's, else from the path."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: _version(path.parents[1].name))
    if debian:
        return debian[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def _version(name: str) -> int:
    digits = re.match(r"\d+", name)
    return int(digits.group()) if digits else 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def own_server() -> Iterator[str]:
    """Start a server on a free port of this machine; gives its DATABASE_URL. Everything of it is removed at the end.

    PostgreSQL refuses to run as root, so root starts it as the account of Debian's package.
    Raises Failure if PostgreSQL is not installed or does not start.
    """
    programs = find_programs()
    if programs is None:
        raise Failure("PostgreSQL is not installed; on Debian and Ubuntu: apt install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="hub-postgresql-"))
    prefix: list[str] = []
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _SYSTEM_ACCOUNT)
            prefix = ["runuser", "-u", _SYSTEM_ACCOUNT, "--"]
        data, port = folder / "data", _free_port()
        locale = ["--locale=C.UTF-8", "-E", "UTF8"]
        _run(folder, [*prefix, programs / "initdb", "-D", data, "-A", "trust", "-U", USER, *locale])
        # Nobody needs this data after a power cut.
        options = f"-p {port} -k {folder} -h 127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        log = folder / "server.log"
        _run(folder, [*prefix, programs / "pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "start"])
        try:
            yield f"postgresql://{USER}@127.0.0.1:{port}/hub"
        finally:
            _run(folder, [*prefix, programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"])
    except LookupError as error:
        raise Failure(f"The account {_SYSTEM_ACCOUNT} is missing, and root may not run PostgreSQL.") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(folder: Path, command: list[str | Path]) -> None:
    # Started from a folder that the other account may enter; its output goes to a file because the server that
    # pg_ctl leaves behind would hold a pipe open for ever.
    with (folder / "command.log").open("a+", encoding="utf-8") as log:
        result = subprocess.run(
            [str(part) for part in command], cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False
        )
        if result.returncode != 0:
            log.seek(0)
            lines = [line.strip() for line in log if line.strip()]
            raise Failure(f"PostgreSQL could not be started or stopped: {lines[-1] if lines else 'it said nothing.'}")
