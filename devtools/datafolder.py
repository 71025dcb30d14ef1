"""The folder of one site: its database, its files, and what was already done to fill it."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from devtools.failure import Failure, as_sentences
from devtools.locks import TakenError, locked
from devtools.places import DEFAULT_DATA, VAR, shown
from devtools.stamps import Stamps

_MARK = ".made-by-dev"


@dataclass(frozen=True)
class DataFolder:
    """Where a site's data lies, the package that it is filled from (None: the demo), and where that is from."""

    path: Path
    package: Path | None = None
    source: str = ""

    @property
    def stamps(self) -> Stamps:
        """The steps already done for this site."""
        return Stamps(self.path / "stamps.json")

    @property
    def accounts(self) -> Path:
        """Where `seed_demo` writes the accounts that it made."""
        return self.path / "demo-accounts.json"

    def make(self) -> None:
        """Make the folder if it is not there, with a mark that it is ours to remove, for this account alone.

        A folder that was there and is not ours keeps its rights. Raises Failure.
        """
        with as_sentences():
            if not self.path.exists():
                self.path.mkdir(parents=True)
                (self.path / _MARK).write_text("Made by dev.py; `dev.py run --reset` removes this folder.\n", "utf-8")
            if not self.path.is_dir():
                raise Failure(f"{shown(self.path)} is not a folder.")
            if (self.path / _MARK).is_file():
                # Accounts, sessions and drafts lie in it: no other account of the machine may look inside.
                self.path.chmod(0o700)
            probe = self.path / ".write-probe"
            probe.write_bytes(b"")
            probe.unlink()

    def reset(self) -> bool:
        """Remove the folder, if it exists and was made here; tells whether there was one. Raises Failure."""
        if not self.path.exists():
            return False
        if not (self.path / _MARK).is_file():
            raise Failure(f"{shown(self.path)} was not made by dev.py, so --reset leaves it alone; remove it yourself.")
        with self.held("being removed"), as_sentences():
            shutil.rmtree(self.path)
        return True

    @contextmanager
    def held(self, note: str) -> Iterator[None]:
        """Hold the folder for this process: one site has one server. Raises Failure if another has it."""
        with as_sentences():
            VAR.mkdir(exist_ok=True)
        try:
            with locked(self._lock_file(), wait=False, note=note):
                yield
        except TakenError as error:
            where = f" ({error.note})" if error.note else ""
            raise Failure(f"The site in {shown(self.path)} is already running{where}; stop it first.") from error

    def _lock_file(self) -> Path:
        # Beside the folder and not inside, so that --reset can hold it while the folder goes.
        return VAR / f"{_short_hash(self.path)}.lock"


def _short_hash(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:8]


def choose_folder(package: str | None, source: str = "") -> DataFolder:
    """Return the data folder of a run: of the package (from `source`), else of DATA_DIR, else the demo's.

    Raises Failure for a package that is no folder or holds nothing to import.
    """
    if package is None:
        chosen = os.environ.get("DATA_DIR", "").strip()
        return DataFolder(Path(chosen).expanduser().resolve() if chosen else DEFAULT_DATA)
    folder = Path(package).expanduser().resolve()
    if not folder.exists():
        raise Failure(f"The package folder {package} does not exist.", code=2)
    if not folder.is_dir():
        raise Failure(f"The package {package} is a file; name the folder that holds its files.", code=2)
    if not any(folder.glob("*.csv")) and not any(folder.glob("*.json")):
        raise Failure(f"The folder {package} holds no package: there is no .csv or .json file in it.", code=2)
    name = re.sub(r"[^A-Za-z0-9-]+", "-", folder.name).strip("-").lower() or "package"
    return DataFolder(VAR / f"{name}-{_short_hash(folder)}", folder, source)
