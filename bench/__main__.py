"""Measure all pages of the site that the environment names; one JSON file per run.

The production settings are used, with their manifest of static files; only the database is what the environment says.
"""

from __future__ import annotations

import argparse
import datetime
import json
import platform
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import django
import psutil

from bench.limits import SEED_SECONDS, exceeded


def main() -> int:
    """Measure, write the file named by `--output` and print a table; gives 0 however fast or slow the site is."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--seed-seconds", type=float)
    parser.add_argument("--scale", default="")
    options = parser.parse_args()
    django.setup()
    run = {**_about(), "scale": options.scale, "seed_seconds": options.seed_seconds}
    run["pages"], run["memory_pss_bytes"] = _figures(options.seconds)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps(run, indent=1), encoding="utf-8")
    _print(run)
    return 0


def _about() -> dict[str, Any]:
    """Return when, where and on which state of the code the run was made."""
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False).stdout.strip()
    return {
        "started": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "commit": commit,
        "python": platform.python_version(),
        "django": django.get_version(),
        "cores": psutil.cpu_count(),
        "memory_bytes": psutil.virtual_memory().total,
    }


def _figures(seconds: float) -> tuple[list[dict[str, Any]], int]:
    """Return the figures of every page, and the memory of the servers after all of it."""
    from django.test import Client

    from bench.counts import counts
    from bench.first_view import first_views
    from bench.load import measure, running_server
    from bench.pages import choose_pages
    from platform_site.vocabulary import versions

    client = Client(HTTP_HOST="localhost")
    pages = choose_pages(client)
    rows: list[dict[str, Any]] = [
        {"kind": page.kind, "name": page.name, "path": page.paths[0], **counts(client, page.paths[0])} for page in pages
    ]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with running_server(port) as server:
        for page, row in zip(pages, rows, strict=True):
            if page.changes:
                versions.bump(page.changes)
            row.update(measure(server, page.paths, seconds, once=len(page.paths) > 1))
        memory = server.memory_bytes()
        with first_views(server) as first_view:
            for row in rows:
                if row["kind"] != "data":
                    row.update(first_view(row["path"]))
    for row in rows:
        row["over_limit"] = exceeded(row["kind"], row)
    return rows, memory


_COLUMNS = (
    ("page", "name", 28),
    ("queries", "queries_warm", 8),
    ("cpu ms", "cpu_ms", 7),
    ("p50 ms", "ms_p50", 7),
    ("p95 ms", "ms_p95", 7),
    ("req/s", "requests_per_second", 7),
    ("html", "html_bytes", 7),
    ("view", "first_view_bytes", 8),
)


def _print(run: dict[str, Any]) -> None:
    print("  ".join(f"{title:<{width}}" for title, _key, width in _COLUMNS))
    for row in run["pages"]:
        cells = "  ".join(f"{row.get(key, '')!s:<{width}}" for _title, key, width in _COLUMNS)
        print(cells + (f"  OVER: {', '.join(row['over_limit'])}" if row["over_limit"] else ""))
    busiest = max(row["machine_used_by_others"] for row in run["pages"])
    print(f"\nMemory of the servers: {run['memory_pss_bytes'] / 2**20:.0f} MiB. Scale: {run['scale']}.")
    if run["seed_seconds"] is not None:
        over = "  OVER" if run["seed_seconds"] > SEED_SECONDS else ""
        print(f"Filling the site took {run['seed_seconds']:.0f} s (limit {SEED_SECONDS} s).{over}")
    if busiest > 0.1:
        print(f"Other programs used up to {busiest:.0%} of the machine: the times say little, processor time more.")


if __name__ == "__main__":
    sys.exit(main())
