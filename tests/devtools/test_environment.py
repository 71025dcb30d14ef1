"""Stamps, space and locks: what keeps the second start short and the first one honest."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from devtools import environment
from devtools.failure import Failure
from devtools.locks import TakenError, locked
from devtools.stamps import Stamps, digest, files_below


class Usage(NamedTuple):
    """What `shutil.disk_usage` returns."""

    total: int
    used: int
    free: int


def test_a_full_disk_is_said_before_anything_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10, 9, 1_000_000))
    with pytest.raises(Failure, match="not enough free space: 1 MB are left"):
        environment._need_space("run")


@pytest.mark.parametrize(
    ("output", "cause"),
    [
        ("error: failed to lookup address information: Temporary failure in name resolution", "network connection"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("No matching distribution found for nothing==1", "No matching distribution found"),
    ],
)
def test_the_installers_words_become_one_cause(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, output: str, cause: str
) -> None:
    monkeypatch.setattr(environment, "VENV", tmp_path)
    assert cause in str(environment._install_failure(output))


def test_a_stamp_is_fresh_for_the_same_input_only(tmp_path: Path) -> None:
    stamps = Stamps(tmp_path / "stamps.json")
    assert not stamps.fresh("migrations", "a")
    stamps.put("migrations", "a")
    stamps.put("content", "b")
    assert stamps.fresh("migrations", "a")
    assert not stamps.fresh("migrations", "c")
    assert Stamps(tmp_path / "stamps.json").fresh("content", "b")


def test_damaged_stamps_mean_that_nothing_was_done(tmp_path: Path) -> None:
    (tmp_path / "stamps.json").write_text('{"migrations": "a', encoding="utf-8")
    assert not Stamps(tmp_path / "stamps.json").fresh("migrations", "a")


def test_a_digest_sees_content_name_and_extra(tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text("a", encoding="utf-8")
    first = digest([one])
    assert digest([one]) == first
    assert digest([one], "other database") != first
    one.rename(two)
    assert digest([two]) != first
    two.write_text("b", encoding="utf-8")
    assert len({first, digest([two])}) == 2


def test_what_python_leaves_behind_is_no_file_of_ours(tmp_path: Path) -> None:
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "one.py").write_text("", encoding="utf-8")
    (tmp_path / "one.py").write_text("", encoding="utf-8")
    assert files_below(tmp_path, "*.py") == [tmp_path / "one.py"]


def test_a_lock_tells_who_holds_it(tmp_path: Path) -> None:
    with locked(tmp_path / "lock", wait=False, note="process 7"):
        with pytest.raises(TakenError) as taken, locked(tmp_path / "lock", wait=False):
            pytest.fail("held twice")
        assert taken.value.note == "process 7"
    with locked(tmp_path / "lock", wait=False):
        assert (tmp_path / "lock").read_text(encoding="utf-8") == ""
