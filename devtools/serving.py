"""`dev.py run`: from a fresh clone to a site in the browser, and again in seconds."""

from __future__ import annotations

import errno
import http.client
import json
import os
import socket
import subprocess
import time
from http import HTTPStatus
from pathlib import Path

from devtools.datafolder import DataFolder, choose_folder
from devtools.environment import ensure_environment
from devtools.failure import Failure
from devtools.places import ROOT, shown
from devtools.preparing import prepare_site, site_environment

_START_SECONDS = 90
_STOP_SECONDS = 10
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def run_site(*, host: str, port: int, package: str | None, source: str = "", reset: bool) -> int:
    """Install, prepare and serve; returns when the site was stopped. Raises Failure."""
    data = choose_folder(package, source)
    note = f"http://localhost:{port}, process {os.getpid()}"
    with data.held(note):
        need_free_port(host, port)
    if reset and data.reset():
        print(f"Removed {shown(data.path)}.")
    data.make()
    python = ensure_environment("run")
    # What the site writes is for this account alone.
    os.umask(0o077)
    with data.held(note):
        prepare_site(python, data)
        return _serve(python, data, host, port)


def need_free_port(host: str, port: int) -> None:
    """Raise Failure unless a server of ours could listen there now."""
    try:
        _listen(host, port)
    except OSError as error:
        raise Failure(_port_sentence(error, host, port)) from error


def _listen(host: str, port: int) -> None:
    """Listen for a moment. Raises OSError where that cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
        probe.listen(1)


def _port_sentence(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program; choose another one, for example: --port {_near(host, port)}"
    if error.errno in {errno.EACCES, errno.EPERM}:
        return f"Port {port} may not be used by this account; choose one above 1023, for example: --port 8000"
    return f"The address {host} cannot be used on this machine: {error.strerror or error}."


def _near(host: str, port: int) -> int:
    """Return a free port near `port`; 0, which lets the system choose, where all of them are taken."""
    for candidate in (*range(port + 1, min(port + 100, 65_536)), *range(8000, 8100)):
        try:
            _listen(host, candidate)
        except OSError:
            continue
        return candidate
    return 0


def _command(python: Path, host: str, port: int) -> list[str]:
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    options = ["--worker-class", "gthread", "--workers", "1", "--threads", "8", "--timeout", "120"]
    return [str(python), "-m", "gunicorn", "platform_site.wsgi", "--bind", address, *options, "--log-level", "warning"]


def _serve(python: Path, data: DataFolder, host: str, port: int) -> int:
    address = f"http://localhost:{port}"
    env = site_environment(data.path, BASE_URL=os.environ.get("BASE_URL") or address)
    # On a line of its own: the server's log follows.
    print("Starting the site …", flush=True)
    server = subprocess.Popen(_command(python, host, port), cwd=ROOT, env=env, stdin=subprocess.DEVNULL)
    try:
        _wait_until_up(server, host, port)
        _welcome(data, host, address)
        return _ended(server.wait())
    finally:
        _stop(server)


def _ended(code: int) -> int:
    if code != 0:
        raise Failure(f"The server ended by itself with code {code}; the lines above say why.")
    return 0


def _wait_until_up(server: subprocess.Popen[bytes], host: str, port: int) -> None:
    """Return once the site answers its health check. Raises Failure if the server ends or stays silent."""
    target = "127.0.0.1" if host in {"0.0.0.0", "localhost"} else host  # noqa: S104  compared, not listened on
    limit = time.monotonic() + _START_SECONDS
    while time.monotonic() < limit:
        if server.poll() is not None:
            raise Failure(f"The server ended at its start with code {server.returncode}; the lines above say why.")
        connection = http.client.HTTPConnection(target, port, timeout=30)
        try:
            connection.request("GET", "/health/", headers={"Host": f"localhost:{port}"})
            status = connection.getresponse().status
        except OSError:
            time.sleep(0.2)
            continue
        finally:
            connection.close()
        if status != HTTPStatus.OK:
            raise Failure(f"The site started, but its health check answers {status}.")
        return
    raise Failure(f"The site did not answer within {_START_SECONDS} seconds.")


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End the server: politely, then for certain."""
    if server.poll() is None:
        server.terminate()
        try:
            server.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _welcome(data: DataFolder, host: str, address: str) -> None:
    """Print where the site is, who can sign in and where its data lies."""
    print(f"\nThe site is ready:  {address}")
    print(f"For editors:        {address}/admin/")
    print(f"Its data:           {shown(data.path)}/")
    accounts = read_accounts(data)
    if accounts:
        width = max(len(account["email"]) for account in accounts)
        print("\nAccounts to try it with (made up, for this machine only):")
        for account in accounts:
            print(f"  {account['email']:<{width}}  {account['password']}  {account['role']}")
    if host not in _LOOPBACK:
        print(f"\nCareful: {host} can be reached from other machines, and the accounts above are known to everybody.")
    print("\nStop it with Ctrl-C.", flush=True)


def read_accounts(data: DataFolder) -> list[dict[str, str]]:
    """Return the accounts that the demo or the import made: e-mail address, password and role of each."""
    if not data.accounts.is_file():
        return []
    rows = json.loads(data.accounts.read_text(encoding="utf-8"))
    return [{key: str(row[key]) for key in ("email", "password", "role")} for row in rows]
