"""What a test needs from the machine: found, or said loudly at the end; in CI a missing thing is a failure."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

REASON_PREFIX = "missing on this machine: "
# The first is Chromium without a desktop: the same pages for two thirds of the work.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

# How to start Java for something short: its second compiler would work longer on a checker than the checker works.
SHORT_RUN = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


def in_ci() -> bool:
    """Tell whether this is the run that must leave nothing out (CI is set to anything but no)."""
    return os.environ.get("CI", "").lower() not in {"", "0", "false", "no"}


def skip_missing(what: str) -> None:
    """Skip the test because the machine lacks `what`; fail it in CI, where everything is installed."""
    if in_ci():
        pytest.fail(f"{REASON_PREFIX}{what}", pytrace=False)
    # The one place that skips for the machine's sake; what it lacks is printed in red at the end of the run.
    pytest.skip(f"{REASON_PREFIX}{what}")


def chromium_path() -> str | None:
    """Return the path of the system's Chromium, or None."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def java_path() -> str | None:
    """Return the path of Java, or None."""
    return shutil.which("java")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the system's Chromium; tests are skipped (in CI: fail) without it."""
    path = chromium_path()
    if path is None:
        skip_missing("Chromium (Debian: apt install chromium-headless-shell)")
    return str(path)


@pytest.fixture(scope="session")
def java() -> str:
    """The path of Java; tests are skipped (in CI: fail) without it."""
    path = java_path()
    if path is None:
        skip_missing("Java (Debian and Ubuntu: apt install default-jre-headless)")
    return str(path)


def _skip_reason(report: pytest.TestReport) -> str:
    """Return why a skipped test was skipped, without pytest's own prefix."""
    if isinstance(report.longrepr, tuple):
        return str(report.longrepr[2]).removeprefix("Skipped: ")
    return str(report.longrepr)


def _left_out(terminalreporter: pytest.TerminalReporter) -> Iterator[tuple[str, int]]:
    """Yield each missing thing with the number of tests that it cost."""
    counts: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = _skip_reason(report)
        if reason.startswith(REASON_PREFIX):
            thing = reason.removeprefix(REASON_PREFIX)
            counts[thing] = counts.get(thing, 0) + 1
    yield from sorted(counts.items())


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print at the end, in red, what was left out because the machine lacks something."""
    rows = list(_left_out(terminalreporter))
    if not rows:
        return
    terminalreporter.write_sep("!", "LEFT OUT ON THIS MACHINE", red=True, bold=True)
    for thing, number in rows:
        noun = "test" if number == 1 else "tests"
        terminalreporter.write_line(f"{number} {noun} did not run, missing: {thing}", red=True, bold=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give every test that uses the browser the marker `browser`, so that a run without one can leave it out."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
