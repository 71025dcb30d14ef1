"""Steps of a site's preparation: once each, in one process, and a failure is one sentence."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from devtools.datafolder import DataFolder
from devtools.failure import Failure
from devtools.preparing import Commands


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    """The folder of a new site."""
    folder = DataFolder(tmp_path / "site")
    folder.make()
    return folder


def test_a_step_runs_once_and_a_failed_one_is_named(data: DataFolder, capsys: pytest.CaptureFixture[str]) -> None:
    with Commands(Path(sys.executable), data) as commands:
        commands.once("tables", "1", "Making tables", ["diffsettings"], ["diffsettings"])
        assert commands.process is not None
        started = commands.process.pid
        commands.once("tables", "1", "Making tables", ["there_is_no_such_command"])
        commands.once("tables", "2", "Making tables", ["diffsettings"])
        assert commands.process.pid == started
    assert capsys.readouterr().out.count("Making tables …") == 2
    assert data.stamps.fresh("tables", "2")

    with (
        pytest.raises(Failure, match=r"Loading did not succeed: .*CommandError: Unknown command: 'there_is_no_such'"),
        Commands(Path(sys.executable), data) as commands,
    ):
        commands.once("content", "1", "Loading", ["there_is_no_such"])
    assert not data.stamps.known("content")
    assert "Traceback" in (data.path / "preparing.log").read_text(encoding="utf-8")


def test_nothing_is_started_for_nothing(data: DataFolder) -> None:
    data.stamps.put("tables", "1")
    with Commands(Path(sys.executable), data) as commands:
        commands.once("tables", "1", "Making tables", ["there_is_no_such_command"])
    assert commands.process is None
