"""The command line of `dev.py`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from devtools import benching, checking, pinning, serving, testing
from devtools.failure import Failure
from devtools.processes import end_on_sigterm

_INTERRUPTED = 130


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65_535:
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535, not {text!r}")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py", description="Run, test and check the project.", allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="start the site; the first time, install and fill it", allow_abbrev=False)
    run.add_argument("--package", metavar="DIR", help="a separate site, filled from this package instead of the demo")
    run.add_argument("--source", metavar="TEXT", help="where the package is from, as readers see it")
    run.add_argument("--port", type=_port, default=8000, help="default: 8000")
    run.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    run.add_argument("--reset", action="store_true", help="remove the site's data first")
    test = commands.add_parser(
        "test", help="pass all tests; other arguments go to pytest", allow_abbrev=False, add_help=False
    )
    test.add_argument("--long", action="store_true", help="also the load, kill and fuzz suites")
    test.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    commands.add_parser("manage", help="Django's manage.py with the arguments that follow")
    commands.add_parser("check", help="lint, types, contracts, migrations, deployment, templates, translations")
    bench = commands.add_parser("bench", help="measure a site of thousands of records", allow_abbrev=False)
    for kind, number in benching.SCALE.items():
        bench.add_argument(f"--{kind}", type=int, default=number)
    bench.add_argument("--seconds", type=float, default=5.0, help="for each page (default: 5)")
    bench.add_argument("--fresh", action="store_true", help="fill the site anew")
    commands.add_parser("translations", help="bring the catalogues in step with the sources: new texts come in empty")
    pins = commands.add_parser("requirements", help="compile requirements/ from pyproject.toml", allow_abbrev=False)
    pins.add_argument("--upgrade", action="store_true", help="take newer versions where pyproject.toml allows them")
    return parser


def main(arguments: Sequence[str]) -> int:
    """Run one command; gives the exit code. What is in the way is one sentence on standard error, no traceback."""
    end_on_sigterm()
    try:
        return _dispatch(arguments)
    except Failure as failure:
        sys.stdout.flush()
        print(f"dev.py: {failure}", file=sys.stderr)
        return failure.code
    except KeyboardInterrupt:
        print("\nStopped.", flush=True)
        return _INTERRUPTED


def _dispatch(arguments: Sequence[str]) -> int:
    if arguments[:1] == ["manage"]:
        return testing.manage(arguments[1:])
    parser = _parser()
    options, others = parser.parse_known_args(arguments)
    if others and options.command != "test":
        parser.error(f"unknown: {' '.join(others)}")
    if options.command == "run":
        if options.source and not options.package:
            parser.error("--source says where a package is from: it needs --package")
        return serving.run_site(
            host=options.host,
            port=options.port,
            package=options.package,
            source=options.source or "",
            reset=options.reset,
        )
    if options.command == "test":
        return testing.run_tests(long=options.long, database=options.database, arguments=others)
    if options.command == "check":
        return checking.run_checks()
    if options.command == "bench":
        scale = {kind: getattr(options, kind) for kind in benching.SCALE}
        return benching.run_bench(scale=scale, seconds=options.seconds, fresh=options.fresh)
    if options.command == "translations":
        return testing.update_translations()
    return pinning.compile_requirements(upgrade=options.upgrade)
