"""`dev.py bench`: a site of thousands of records, filled once, then measured; one JSON file per run."""

from __future__ import annotations

import datetime
import json
import os
import time
from pathlib import Path

from devtools.datafolder import DataFolder
from devtools.environment import ensure_environment
from devtools.failure import Failure
from devtools.places import ROOT, VAR, shown
from devtools.preparing import compile_translations, state_of_code
from devtools.processes import environment, in_the_open, quiet, step, telling_line
from devtools.stamps import digest, files_below

_FOLDER = VAR / "bench"
# What `seed_scale` makes, and how much of it the site of the bench has unless the caller says otherwise.
SCALE = {"organisations": 2000, "charts": 2000, "cases": 500, "documents": 5000, "pages": 20}


def run_bench(*, scale: dict[str, int], seconds: float, fresh: bool) -> int:
    """Fill `var/bench/site` if needed and measure it into `var/bench-runs/`; gives the exit code. Raises Failure.

    `scale` says how many there are of each kind of `SCALE`.
    """
    words = ", ".join(f"{number} {kind}" for kind, number in scale.items())
    python = ensure_environment("dev")
    compile_translations(python)
    data = DataFolder(_FOLDER / "site")
    with data.held("dev.py bench"):
        pass
    value = digest(files_below(ROOT, "seed_scale.py", "scale*.py"), state_of_code(), words)
    if fresh or not data.stamps.fresh("scale", value):
        data.reset()
        data.make()
        _fill(python, data, scale, words)
        data.stamps.put("scale", value)
    with data.held("dev.py bench"):
        return _measure(python, data, words, seconds)


def _site_environment(data: DataFolder) -> dict[str, str]:
    """Return the environment of a production site in the data folder, reachable on this machine only."""
    # A secret for each run: nothing of a bench is ever signed for longer.
    return environment(
        DJANGO_SETTINGS_MODULE="platform_site.settings.production",
        SECRET_KEY=os.urandom(40).hex(),
        ALLOWED_HOSTS="localhost",
        BASE_URL="https://localhost",
        EMAIL_HOST="localhost",
        TRUSTED_PROXIES="1",
        DATABASE_URL=os.environ.get("BENCH_DATABASE_URL", ""),
        DATA_DIR=str(data.path),
        STATIC_ROOT=str(data.path / "static"),
        LOG_LEVEL="WARNING",
    )


def _fill(python: Path, data: DataFolder, scale: dict[str, int], words: str) -> None:
    """Make the site's tables and rows; the seconds that the rows took are kept beside them."""
    seed = ["seed_scale", *(part for kind, number in scale.items() for part in (f"--{kind}", str(number)))]
    env = _site_environment(data)
    for text, commands in (
        ("Preparing the database", [["migrate", "--noinput"], ["createcachetable"], ["load_vocabularies"]]),
        (f"Making {words}", [seed]),
    ):
        start = time.monotonic()
        with step(text):
            for command in commands:
                result = quiet([python, "manage.py", *command], env)
                if result.returncode != 0:
                    raise Failure(f"{text} did not succeed: {telling_line(result.stdout)}")
        taken = time.monotonic() - start
    (data.path / "seed-seconds.json").write_text(json.dumps(taken), encoding="utf-8")


def _measure(python: Path, data: DataFolder, scale: str, seconds: float) -> int:
    env = _site_environment(data)
    with step("Collecting the static files"):
        result = quiet([python, "manage.py", "collectstatic", "--noinput", "--clear"], env)
    if result.returncode != 0:
        raise Failure(f"The static files could not be collected: {telling_line(result.stdout)}")
    now = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H%M%SZ")
    output = VAR / "bench-runs" / f"{now}.json"
    taken = json.loads((data.path / "seed-seconds.json").read_text(encoding="utf-8"))
    command = [str(python), "-m", "bench", "--output", str(output), "--seconds", str(seconds), "--scale", scale]
    code = in_the_open([*command, "--seed-seconds", f"{taken:.1f}"], env)
    if code == 0:
        print(f"Written: {shown(output)}")
    return code
