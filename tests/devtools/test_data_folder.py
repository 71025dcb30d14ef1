"""Which folder a run uses, and that --reset removes nothing that dev.py did not make."""

from __future__ import annotations

from pathlib import Path

import pytest

from devtools.datafolder import DataFolder, choose_folder
from devtools.failure import Failure
from devtools.places import DEFAULT_DATA, VAR


def test_the_demo_has_a_folder_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATA_DIR", raising=False)
    assert choose_folder(None) == DataFolder(DEFAULT_DATA)


def test_the_environment_names_another_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "here"))
    assert choose_folder(None).path == tmp_path / "here"


def test_each_package_has_a_folder_of_its_own(tmp_path: Path) -> None:
    folders = []
    for parent in ("one", "two"):
        package = tmp_path / parent / "Our Package!"
        package.mkdir(parents=True)
        (package / "organisations.csv").write_text("name\n", encoding="utf-8")
        folders.append(choose_folder(str(package)))
    assert [folder.package for folder in folders] == [tmp_path / name / "Our Package!" for name in ("one", "two")]
    assert len({folder.path for folder in folders}) == 2
    assert all(folder.path.parent == VAR and folder.path.name.startswith("our-package-") for folder in folders)
    assert choose_folder(f"{tmp_path}/one/../one/Our Package!") == folders[0]


def test_nobody_else_on_the_machine_looks_into_a_folder_of_ours(tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "site")
    data.make()
    assert data.path.stat().st_mode & 0o777 == 0o700
    data.path.chmod(0o755)
    data.make()
    assert data.path.stat().st_mode & 0o777 == 0o700
    other = tmp_path / "other"
    other.mkdir(mode=0o755)
    other.chmod(0o755)
    DataFolder(other).make()
    assert other.stat().st_mode & 0o777 == 0o755


def test_reset_removes_what_was_made_here(tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "site")
    data.make()
    (data.path / "site.sqlite3").write_text("rows", encoding="utf-8")
    assert data.reset()
    assert not data.path.exists()
    assert not data.reset()


def test_reset_leaves_a_folder_that_was_there_before(tmp_path: Path) -> None:
    data = DataFolder(tmp_path)
    (tmp_path / "letters.txt").write_text("keep", encoding="utf-8")
    data.make()
    with pytest.raises(Failure, match="was not made by dev"):
        data.reset()
    assert (tmp_path / "letters.txt").read_text(encoding="utf-8") == "keep"


def test_one_site_has_one_server(tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "site")
    data.make()
    with data.held("process 1, port 8000"):
        with pytest.raises(Failure, match=r"already running \(process 1, port 8000\)"), data.held("another"):
            pytest.fail("held twice")
        with pytest.raises(Failure, match="already running"):
            data.reset()
    assert data.reset()
