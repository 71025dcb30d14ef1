"""What a machine lacks is said loudly at the end; in CI it is a failure."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SUITE = """
def test_with_browser(chromium): assert chromium
def test_with_java(java): assert java
def test_without(): assert True
"""


def run_suite(folder: Path, *, ci: str) -> subprocess.CompletedProcess[str]:
    """Run a small suite on a machine (a path) without any program."""
    (folder / "test_small.py").write_text(SUITE, encoding="utf-8")
    env = {"PATH": str(folder / "nothing"), "PYTHONPATH": str(ROOT), "CI": ci, "HOME": str(folder)}
    options = ["-p", "no:django", "-p", "no:cacheprovider", "-p", "tests.harness.missing", "--rootdir", str(folder)]
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-c", os.devnull, *options, str(folder)],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("ci", ["", "false", "0"])
def test_a_developer_is_told_at_the_end(tmp_path: Path, ci: str) -> None:
    result = run_suite(tmp_path, ci=ci)
    assert result.returncode == 0, result.stdout
    assert "LEFT OUT ON THIS MACHINE" in result.stdout
    assert "1 test did not run, missing: Chromium" in result.stdout
    assert "1 test did not run, missing: Java" in result.stdout
    assert "1 passed, 2 skipped" in result.stdout


def test_ci_leaves_nothing_out(tmp_path: Path) -> None:
    result = run_suite(tmp_path, ci="true")
    assert result.returncode == 1
    assert "missing on this machine: Chromium" in result.stdout
    assert "1 passed, 2 errors" in result.stdout or "2 failed" in result.stdout
