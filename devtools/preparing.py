"""What stands between an empty folder and a site: translations, tables, vocabularies, content. Each step once."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from devtools.datafolder import DataFolder
from devtools.failure import Failure
from devtools.places import REQUIREMENTS, ROOT, shown
from devtools.processes import environment, in_the_open, quiet, step, telling_line
from devtools.stamps import digest, files_below

_LEFT_ALONE = {".venv", "var", ".git", "node_modules"}


def site_environment(folder: Path, **changes: str) -> dict[str, str]:
    """Return the environment in which the development site's commands run."""
    # Nothing is collected there in development; WhiteNoise wants the folder to exist.
    static = folder / "static"
    static.mkdir(exist_ok=True)
    places = {"DATA_DIR": str(folder), "STATIC_ROOT": str(static)}
    return environment(DJANGO_SETTINGS_MODULE="platform_site.settings.dev", **places, **changes)


def _project_files(*patterns: str) -> list[Path]:
    """Return the files of our own packages that match."""
    folders = (path for path in ROOT.iterdir() if path.is_dir() and path.name not in _LEFT_ALONE)
    return [path for folder in folders for path in files_below(folder, *patterns)]


def compile_translations(python: Path) -> None:
    """Make the `.mo` of every `.po` that is newer than it (the result is not kept in the repository)."""
    stale = [path for path in _project_files("*.po") if _older(path.with_suffix(".mo"), path)]
    if stale:
        with step("Compiling the translations"):
            _must(quiet([python, "-m", "devtools.inside.compile_translations", *stale]).stdout, stale)


def _must(output: str, stale: Sequence[Path]) -> None:
    left = [path for path in stale if _older(path.with_suffix(".mo"), path)]
    if left:
        raise Failure(f"The translation {shown(left[0])} could not be compiled: {telling_line(output)}")


def _older(made: Path, source: Path) -> bool:
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def prepare_site(python: Path, data: DataFolder) -> None:
    """Bring a site's database to the code's state and fill it once.

    Raises Failure with the telling line of a command that does not succeed; what succeeded is not repeated.
    """
    compile_translations(python)
    with Commands(python, data) as commands:
        tables = [["migrate", "--noinput"], ["createcachetable"]]
        commands.once("migrations", _state_of_tables(), "Preparing the database", *tables)
        commands.once("vocabularies", state_of_code(), "Loading the vocabularies", ["load_vocabularies"])
        if data.package is None:
            demo = digest(files_below(ROOT / "platform_site" / "demo", "*"))
            commands.once("content", demo, "Loading the demo content", ["seed_demo"])
        else:
            _import_package(python, data, data.package)
            commands.once("accounts", "made", "Making accounts to try it with", ["seed_demo", "--accounts-only"])


def _state_of_tables() -> str:
    files = [*_project_files("migrations/*.py"), REQUIREMENTS / "run.txt"]
    return digest(files, os.environ.get("DATABASE_URL", ""))


def state_of_code() -> str:
    """Return a hash of all that shapes an empty site: migrations, pinned versions, vocabularies."""
    files = _project_files("migrations/*.py", "vocabulary/lists/*.csv", "vocabulary/*.py")
    return digest([*files, REQUIREMENTS / "run.txt"], os.environ.get("DATABASE_URL", ""))


class Commands:
    """Management commands of a site, each step once; one process runs them all, started when the first is needed."""

    def __init__(self, python: Path, data: DataFolder) -> None:
        self.python = python
        self.data = data
        self.log = data.path / "preparing.log"
        self.process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Commands:
        return self

    def __exit__(self, *error: object) -> None:
        if self.process is not None:
            if error[0] is not None:
                self.process.terminate()
            # Its input ends, and so does the process.
            self.process.communicate()

    def once(self, name: str, value: str, text: str, *commands: list[str]) -> None:
        """Run the commands of the step `name` unless it was done for the same `value`. Raises Failure."""
        if self.data.stamps.fresh(name, value):
            return
        with step(text):
            for command in commands:
                if not self._run(command):
                    cause = telling_line(self.log.read_text(encoding="utf-8", errors="replace"))
                    raise Failure(f"{text} did not succeed: {cause} (Details: {shown(self.log)})")
        self.data.stamps.put(name, value)

    def _run(self, command: list[str]) -> bool:
        """Run one command; tells whether it succeeded."""
        if self.process is None:
            with self.log.open("w", encoding="utf-8") as log:
                self.process = subprocess.Popen(
                    [str(self.python), "-m", "devtools.inside.run_commands"],
                    cwd=ROOT,
                    env=site_environment(self.data.path),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    text=True,
                )
        assert self.process.stdin is not None and self.process.stdout is not None  # noqa: PT018, S101  for the types
        try:
            self.process.stdin.write(json.dumps(command) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            return False
        return self.process.stdout.readline() == "done\n"


def _import_package(python: Path, data: DataFolder, package: Path) -> None:
    """Import a package in the open: it may take a while, and its report is worth reading."""
    value = digest(path for path in package.rglob("*") if path.is_file())
    if data.stamps.fresh("content", value):
        return
    print(f"Importing {package} …", flush=True)
    command: list[str | Path] = [python, ROOT / "manage.py", "import_package", package]
    if data.source:
        command += ["--source", data.source]
    if in_the_open(command, site_environment(data.path)) != 0:
        raise Failure("The package was not imported and nothing of it was kept; the lines above say why.")
    data.stamps.put("content", value)
