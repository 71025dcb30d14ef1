"""The project's own Python environment in `.venv`, made and kept in step with `requirements/`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devtools.failure import Failure, as_sentences
from devtools.locks import locked
from devtools.places import REQUIREMENTS, ROOT, VAR, VENV, shown, venv_python
from devtools.processes import environment, quiet, step, telling_line
from devtools.stamps import Stamps, digest

# The set for tests takes 0.8 GB, the set to run 0.4 GB; the installers need room for what they unpack.
_BYTES_NEEDED = {"run": 900_000_000, "dev": 1_600_000_000}
_NO_NETWORK = (
    "name resolution",
    "name or service not known",
    "failed to establish a new connection",
    "network is unreachable",
    "connection refused",
    "connect error",
    "dns error",
    "failed to lookup address",
    "timed out",
    "no route to host",
)
_NO_SPACE = ("no space left", "disk quota exceeded", "errno 28")


def ensure_environment(kind: str) -> Path:
    """Make `.venv` hold what `requirements/<kind>.txt` lists; gives its Python.

    `kind` is `run` or `dev` (which includes run). Does nothing if the stamp says that nothing changed.

    Raises Failure: no venv module, no network, no space, a folder that cannot be written.
    """
    wanted = REQUIREMENTS / f"{kind}.txt"
    if not wanted.is_file():
        raise Failure(f"The file {shown(wanted)} is missing from this copy of the project.")
    with as_sentences(), _environment_lock():
        python = venv_python()
        if not _works(python):
            _need_space(kind)
            with step(f"Making the Python environment in {shown(VENV)}"):
                _make_venv()
        stamps = Stamps(VENV / "stamps.json")
        value = digest([wanted])
        if not stamps.fresh(kind, value):
            _need_space(kind)
            with step(f"Installing what the project needs ({shown(wanted)})"):
                _install(python, wanted)
            stamps.put(kind, value)
    return python


@contextmanager
def _environment_lock() -> Iterator[None]:
    """Let one command at a time change the environment."""
    VAR.mkdir(exist_ok=True)
    with locked(VAR / "environment.lock", wait=True):
        yield


def _works(python: Path) -> bool:
    """Tell whether the environment's Python starts and is new enough; a copied or outdated one does not."""
    if not python.exists():
        return False
    return quiet([python, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]).returncode == 0


def _need_space(kind: str) -> None:
    free = shutil.disk_usage(ROOT).free
    needed = _BYTES_NEEDED[kind]
    if free < needed:
        raise Failure(
            f"There is not enough free space: {free // 1_000_000} MB are left on the disk of {ROOT}, "
            f"{needed // 1_000_000} MB are needed."
        )


def _make_venv() -> None:
    """Make `.venv`; where Python's own pip is missing, uv can do the installing in its place."""
    if VENV.exists() and not (VENV / "pyvenv.cfg").is_file():
        raise Failure(f"{shown(VENV)} exists and is no Python environment; move it away, then try again.")
    shutil.rmtree(VENV, ignore_errors=True)
    result = quiet([sys.executable, "-m", "venv", VENV])
    if result.returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    output = result.stdout.lower()
    if any(sign in output for sign in _NO_SPACE):
        raise Failure(f"There is not enough free space to make {shown(VENV)}.")
    if "ensurepip" in output or "no module named venv" in output:
        if _uv_on_path() and quiet([sys.executable, "-m", "venv", "--without-pip", VENV]).returncode == 0:
            return
        shutil.rmtree(VENV, ignore_errors=True)
        raise Failure(
            "Python's venv module is missing or incomplete; on Debian and Ubuntu install it with: "
            "apt install python3-venv"
        )
    raise Failure(f"Python could not make {shown(VENV)}: {telling_line(result.stdout)}")


def _uv_on_path() -> str | None:
    """Return uv if it is on the path and really runs (a version manager's stand-in may not)."""
    found = shutil.which("uv")
    return found if found and quiet([found, "--version"]).returncode == 0 else None


def uv_command(python: Path) -> list[str] | None:
    """Return the command of uv: from the path, from the environment, or installed into it now; None without it."""
    found = _uv_on_path()
    if found:
        return [found]
    command = [str(python), "-m", "uv"]
    if quiet([*command, "--version"]).returncode == 0:
        return command
    pip: list[str | Path] = [
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--retries",
        "1",
        "uv",
    ]
    return command if quiet(pip).returncode == 0 else None


def _install(python: Path, wanted: Path) -> None:
    """Install the list with uv, which takes a fifth of the time, or with pip where uv cannot."""
    log: list[str] = []
    uv = uv_command(python)
    if uv:
        result = _run_uv([*uv, "pip", "install", "--quiet", "--python", str(python), "-r", str(wanted)])
        if result.returncode == 0:
            return
        log.append(result.stdout)
    pip: list[str | Path] = [
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--retries",
        "2",
        "-r",
        wanted,
    ]
    result = quiet(pip)
    if result.returncode == 0:
        return
    log.append(result.stdout)
    raise _install_failure("\n".join(log))


def _run_uv(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run uv; where the home folder cannot hold its cache, the cache lies in a folder that is removed afterwards."""
    home = Path(os.environ.get("HOME") or "/nonexistent")
    if "UV_CACHE_DIR" in os.environ or (home.is_dir() and os.access(home, os.W_OK)):
        return quiet(command, environment())
    with tempfile.TemporaryDirectory(dir=VENV, prefix="cache-") as cache:
        return quiet(command, environment(UV_CACHE_DIR=cache))


def _install_failure(output: str) -> Failure:
    """Keep the installers' words in a file and say the cause in one sentence."""
    path = VENV / "install.log"
    lowered = output.lower()
    if any(sign in lowered for sign in _NO_SPACE):
        return Failure("The disk is full: the project's packages could not be installed.")
    path.write_text(output, encoding="utf-8")
    if any(sign in lowered for sign in _NO_NETWORK):
        return Failure(
            f"The project's packages could not be downloaded: is there a network connection? (Details: {shown(path)})"
        )
    return Failure(f"The project's packages could not be installed: {telling_line(output)} (Details: {shown(path)})")
