"""Copies of the project's entry in folders of their own, so that no test touches this copy's environment."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RunDev = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def project_copy(tmp_path: Path) -> Path:
    """A folder with a blank in its name that holds dev.py, its modules and the requirements, and nothing else."""
    folder = tmp_path / "a copy"
    folder.mkdir()
    shutil.copy(ROOT / "dev.py", folder)
    shutil.copytree(ROOT / "devtools", folder / "devtools", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    return folder


@pytest.fixture
def run_dev(project_copy: Path, tmp_path: Path) -> RunDev:
    """Run the copy's dev.py from another folder with an empty home: `run_dev("run", "--port", "80", VARIABLE="…")`."""

    def run(*arguments: str, script: Path | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
        home = tmp_path / "home"
        home.mkdir(exist_ok=True)
        env = {
            name: value for name, value in os.environ.items() if name not in {"DATA_DIR", "DATABASE_URL", "PYTHONPATH"}
        }
        return subprocess.run(
            [sys.executable, *([str(script)] if script else []), str(project_copy / "dev.py"), *arguments],
            cwd=tmp_path,
            env={**env, "HOME": str(home), **variables},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run
