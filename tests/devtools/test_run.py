"""`dev.py run` as a newcomer meets it: a copy in a folder with a blank, an empty home, called from elsewhere."""

from __future__ import annotations

import http.client
import os
import queue
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from devtools.datafolder import _MARK as MARK

ROOT = Path(__file__).resolve().parents[2]
READY = "Stop it with Ctrl-C."
# Seconds after which something hangs. No test of speed: on two free cores the first start takes under a minute.
FIRST_START = 500
SECOND_START = 120

pytestmark = pytest.mark.long


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `our copy` (the project without anything made by it) and `home`, which is empty."""
    folder = tmp_path_factory.mktemp("newcomer")
    made = shutil.ignore_patterns(".venv", "var", ".git", "__pycache__", "*.mo", ".*_cache", ".hypothesis")
    shutil.copytree(ROOT, folder / "our copy", ignore=made)
    (folder / "home").mkdir()
    return folder


class Site:
    """A running `dev.py run` and what it has printed."""

    def __init__(self, newcomer: Path, *arguments: str) -> None:
        env = {name: value for name, value in os.environ.items() if name not in {"DATA_DIR", "DATABASE_URL"}}
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "our copy/dev.py", "run", *arguments],
            cwd=newcomer,
            env={**env, "HOME": str(newcomer / "home")},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            # A shell starts what runs in the background deaf to Ctrl-C, and its children inherit that.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        self.lines: list[str] = []
        self._read: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._collect, daemon=True).start()

    def _collect(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._read.put(line)
        self._read.put(None)

    def wait_for(self, text: str | None, seconds: float) -> str:
        """Read until a line with `text` (None: until the end); gives all that was printed so far."""
        limit = time.monotonic() + seconds
        while True:
            line = self._read.get(timeout=max(0.1, limit - time.monotonic()))
            if line is None:
                assert text is None, f"ended early:\n{''.join(self.lines)}"
                return "".join(self.lines)
            self.lines.append(line)
            if text is not None and text in line:
                return "".join(self.lines)


@contextmanager
def running(newcomer: Path, *arguments: str) -> Iterator[Site]:
    """Start the site; end it, whatever happens."""
    site = Site(newcomer, *arguments)
    try:
        yield site
    finally:
        if site.process.poll() is None:
            site.process.terminate()
            site.process.wait(30)


def status(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Host": f"localhost:{port}"})
    return connection.getresponse().status


def test_from_nothing_to_a_site_and_again(newcomer: Path) -> None:
    port = free_port()
    with running(newcomer, "--port", str(port)) as site:
        said = site.wait_for(READY, FIRST_START)
        assert f"http://localhost:{port}\n" in said
        assert "var/demo/" in said
        assert "Accounts to try it with" in said
        assert status(port, "/en/") == 200
        assert status(port, "/static/css/tokens.css") == 200
        assert status(port, "/nothing/") == 404

        other = subprocess.run(
            [sys.executable, "our copy/dev.py", "run", "--port", str(free_port())],
            cwd=newcomer,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert other.returncode == 1
        assert f"already running (http://localhost:{port}, process {site.process.pid})" in other.stderr

        site.process.send_signal(signal.SIGINT)
        assert "Traceback" not in site.wait_for(None, 30)
        assert site.process.wait(10) == 130
    with pytest.raises(ConnectionRefusedError):
        status(port, "/en/")

    with running(newcomer, "--port", str(port)) as site:
        said = site.wait_for(READY, SECOND_START)
        assert "Installing" not in said
        assert "Preparing" not in said
        assert "Loading" not in said
        assert status(port, "/en/") == 200
        site.process.terminate()
        assert "Traceback" not in site.wait_for(None, 30)
    assert not list((newcomer / "home").glob("[!.]*"))


def test_reset_starts_over(newcomer: Path) -> None:
    """What is left of a site is removed; that a new one is filled well is shown above, perhaps by another process."""
    left = newcomer / "our copy" / "var" / "demo" / "left-from-before.txt"
    left.parent.mkdir(parents=True, exist_ok=True)
    (left.parent / MARK).touch()
    left.write_text("", encoding="utf-8")
    with running(newcomer, "--port", str(free_port()), "--reset") as site:
        said = site.wait_for("Preparing the database", FIRST_START)
        assert "Removed var/demo." in said
        assert not left.exists()
