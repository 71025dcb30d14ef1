"""What is in the way is one sentence on standard error and an exit code, never a traceback."""

from __future__ import annotations

import ast
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.devtools.conftest import RunDev


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port on which another program listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def sentence(result: subprocess.CompletedProcess[str], *, code: int = 1) -> str:
    """Return the one sentence of a failed command, after checking that it is one."""
    assert result.returncode == code, result.stdout + result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("dev.py: ")
    return lines[0]


def test_taken_port(run_dev: RunDev, taken_port: int) -> None:
    said = sentence(run_dev("run", "--port", str(taken_port)))
    assert f"Port {taken_port} is taken" in said
    assert "--port" in said


def test_address_of_another_machine(run_dev: RunDev) -> None:
    assert "192.0.2.1 cannot be used on this machine" in sentence(run_dev("run", "--host", "192.0.2.1"))


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "8000.5"])
def test_impossible_port(run_dev: RunDev, port: str) -> None:
    result = run_dev("run", f"--port={port}")
    assert result.returncode == 2
    assert "a port is a number from 1 to 65535" in result.stderr
    assert "Traceback" not in result.stderr


def test_package_that_does_not_exist(run_dev: RunDev, tmp_path: Path) -> None:
    said = sentence(run_dev("run", "--package", str(tmp_path / "nothing here")), code=2)
    assert "nothing here does not exist" in said


def test_package_that_is_a_file(run_dev: RunDev, tmp_path: Path) -> None:
    (tmp_path / "organisations.csv").write_text("name\n", encoding="utf-8")
    assert "is a file" in sentence(run_dev("run", "--package", str(tmp_path / "organisations.csv")), code=2)


def test_package_without_anything_in_it(run_dev: RunDev, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "holds no package" in sentence(run_dev("run", "--package", str(tmp_path / "empty")), code=2)


def test_data_folder_that_cannot_be_made(run_dev: RunDev, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("", encoding="utf-8")
    said = sentence(run_dev("run", "--port", "48321", DATA_DIR=str(tmp_path / "a file" / "data")))
    assert "a file" in said
    assert "cannot be used: Not a directory" in said


def test_work_tree_that_cannot_be_written(run_dev: RunDev, project_copy: Path) -> None:
    # Stands for a folder without write permission, which root does not know: `var` cannot become a folder.
    (project_copy / "var").write_text("", encoding="utf-8")
    assert "var cannot be used: File exists" in sentence(run_dev("run", "--port", "48322"))


def test_environment_folder_of_somebody_else(run_dev: RunDev, project_copy: Path) -> None:
    (project_copy / ".venv").mkdir()
    (project_copy / ".venv" / "letters.txt").write_text("keep", encoding="utf-8")
    assert ".venv exists and is no Python environment" in sentence(run_dev("test"))
    assert (project_copy / ".venv" / "letters.txt").read_text(encoding="utf-8") == "keep"


# What dev.py would see in another Python: `{setting}` is one line that says how it differs.
LAUNCHER = """
import runpy, sys
{setting}
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""

# Debian splits the venv module off: its Python says so in these words and makes no environment.
DEBIAN_PYTHON = """#!/bin/sh
if [ "$1 $2" = "-m venv" ]; then
  echo "The virtual environment was not created successfully because ensurepip is not available."
  exit 1
fi
exec "{python}" "$@"
"""


def test_python_without_its_venv_module(run_dev: RunDev, project_copy: Path, tmp_path: Path) -> None:
    python = tmp_path / "python3"
    python.write_text(DEBIAN_PYTHON.format(python=sys.executable), encoding="utf-8")
    python.chmod(0o755)
    launcher = tmp_path / "launch.py"
    launcher.write_text(LAUNCHER.format(setting=f"sys.executable = {str(python)!r}"), encoding="utf-8")
    # A path without uv, which could install in the place of the missing pip.
    result = run_dev("test", script=launcher, PATH=str(tmp_path / "no programs"))
    assert "apt install python3-venv" in sentence(result)
    assert not (project_copy / ".venv").exists()


def test_no_network(run_dev: RunDev, project_copy: Path) -> None:
    """Installers that are led to a closed port of this machine meet what a machine without a network meets."""
    nowhere = "http://127.0.0.1:9/"
    result = run_dev(
        "test",
        PIP_INDEX_URL=nowhere,
        PIP_FIND_LINKS="",
        PIP_NO_CACHE_DIR="1",
        UV_DEFAULT_INDEX=nowhere,
        UV_FIND_LINKS="",
        UV_HTTP_RETRIES="0",
        UV_CACHE_DIR=str(project_copy / "cache"),
    )
    assert "is there a network connection?" in sentence(result)
    assert (project_copy / ".venv" / "install.log").is_file()


def test_requirements_that_went_missing(run_dev: RunDev, project_copy: Path) -> None:
    shutil.rmtree(project_copy / "requirements")
    assert "requirements/dev.txt is missing" in sentence(run_dev("test"))


def test_unknown_argument(run_dev: RunDev) -> None:
    result = run_dev("run", "--prot", "8001")
    assert result.returncode == 2
    assert "unknown: --prot 8001" in result.stderr


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 10, 13)])
def test_old_python(run_dev: RunDev, tmp_path: Path, version: tuple[int, int, int]) -> None:
    launcher = tmp_path / "launch.py"
    launcher.write_text(LAUNCHER.format(setting=f"sys.version_info = {version}"), encoding="utf-8")
    said = sentence(run_dev("run", script=launcher), code=2)
    assert f"Python 3.11 or newer is needed; this is Python {version[0]}.{version[1]}" in said


def test_old_pythons_can_read_the_entry(project_copy: Path) -> None:
    """An old Python reads the whole file before it runs the first line: newer syntax would hide the sentence."""
    source = (project_copy / "dev.py").read_bytes()
    source.decode("ascii")
    tree = ast.parse(source, feature_version=(3, 7))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr | ast.NamedExpr | ast.AnnAssign)]
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "__future__"]


def test_a_source_without_a_package(run_dev: RunDev) -> None:
    result = run_dev("run", "--source", "Our handbook")
    assert result.returncode == 2
    assert "it needs --package" in result.stderr
