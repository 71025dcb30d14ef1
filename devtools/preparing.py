"""What stands between an empty folder and a site: translations, tables, vocabularies, content. Each step once."""

from __future__ import annotations

import os
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

    Raises Failure with the command's last line if a step does not succeed; what succeeded is not repeated.
    """
    compile_translations(python)
    base = digest([*_project_files("migrations/*.py"), REQUIREMENTS / "run.txt"], os.environ.get("DATABASE_URL", ""))
    lists = state_of_code()
    _once(python, data, "migrations", base, "Preparing the database", ["migrate", "--noinput"], ["createcachetable"])
    _once(python, data, "vocabularies", lists, "Loading the vocabularies", ["load_vocabularies"])
    if data.package is None:
        value = digest(files_below(ROOT / "platform_site" / "demo", "*"))
        _once(python, data, "content", value, "Loading the demo content", ["seed_demo"])
    else:
        _import_package(python, data, data.package)
        accounts = ["seed_demo", "--accounts-only"]
        _once(python, data, "accounts", "made", "Making accounts to try it with", accounts)


def state_of_code() -> str:
    """Return a hash of all that shapes an empty site: migrations, pinned versions, vocabularies."""
    files = _project_files("migrations/*.py", "vocabulary/lists/*.csv", "vocabulary/*.py")
    return digest([*files, REQUIREMENTS / "run.txt"], os.environ.get("DATABASE_URL", ""))


def _once(python: Path, data: DataFolder, name: str, value: str, text: str, *commands: list[str]) -> None:
    if data.stamps.fresh(name, value):
        return
    env = site_environment(data.path)
    with step(text):
        for command in commands:
            result = quiet([python, ROOT / "manage.py", *command], env)
            if result.returncode != 0:
                log = data.path / "last-error.log"
                log.write_text(result.stdout, encoding="utf-8")
                raise Failure(f"{text} did not succeed: {telling_line(result.stdout)} (Details: {shown(log)})")
    data.stamps.put(name, value)


def _import_package(python: Path, data: DataFolder, package: Path) -> None:
    """Import a package in the open: it may take a while, and its report is worth reading."""
    value = digest(path for path in package.rglob("*") if path.is_file())
    if data.stamps.fresh("content", value):
        return
    print(f"Importing {package} …", flush=True)
    command: list[str | Path] = [python, ROOT / "manage.py", "import_package", package]
    if in_the_open(command, site_environment(data.path)) != 0:
        raise Failure("The package was not imported and nothing of it was kept; the lines above say why.")
    data.stamps.put("content", value)
