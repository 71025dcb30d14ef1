"""Log lines: what they hold, and what never reaches them."""

from __future__ import annotations

import io
import json
import logging
import logging.config
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from platform_site.safety.logs import SiteFormatter, scrub
from platform_site.settings.logging_setup import LOGGING

Lines = Callable[[], list[dict[str, Any]]]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Mail to ana.popescu+x@ngo.example.org failed", "Mail to [e-mail] failed"),
        ("GET /en/directory/?q=shelter&country=IT HTTP/1.1", "GET /en/directory/?[hidden] HTTP/1.1"),
        ("fetch https://example.org/a?token=abc now", "fetch https://example.org/a?[hidden] now"),
        ("path /en/search/?shelter", "path /en/search/?[hidden]"),
        ("Is it closed? Yes, it is.", "Is it closed? Yes, it is."),
        ("client 203.0.113.77 asked", "client [address] asked"),
        ("client 2001:db8::7 asked", "client [address] asked"),
        ("::ffff:203.0.113.77", "[address]"),
        ("[2001:db8:0:1:2:3:4:5]:443", "[[address]]:443"),
        ("serving on 127.0.0.1:8000 and ::1", "serving on 127.0.0.1:8000 and ::1"),
        ("at 10:20:30, version 5.2.19", "at 10:20:30, version 5.2.19"),
        ("Key (email)=(b@c.de) exists", "Key (email)=([e-mail]) exists"),
        ("a module::name and 1:2", "a module::name and 1:2"),
    ],
)
def test_scrub_takes_out_people_and_queries(written: str, kept: str) -> None:
    assert scrub(written) == kept


def test_scrubbing_is_as_quick_for_hostile_text() -> None:
    """Twice the text may cost twice the time, never four times; counted in characters, so long is enough."""
    for unit in ("?=", "a?", "x.", "1.1.1.1", "a@", "a-", "1:", "/?", "@b.", ":"):
        started = time.perf_counter()
        scrub(unit * (200_000 // len(unit)))
        assert time.perf_counter() - started < 5, unit


def record(message: str, *args: object, **extra: object) -> logging.LogRecord:
    return logging.getLogger("t").makeRecord("t", logging.INFO, "f", 1, message, args, None, extra=extra)


def test_json_lines_are_objects_with_the_request_beside_the_message(settings: Settings) -> None:
    settings.LOG_FORMAT = "json"
    line = SiteFormatter().format(record("%s took long", "/x", method="GET", path="/a@b.de/", status=200, ms=3))
    assert "\n" not in line
    entry = json.loads(line)
    assert entry["message"] == "/x took long"
    assert (entry["method"], entry["path"], entry["status"], entry["ms"]) == ("GET", "/[e-mail]/", 200, 3)
    assert entry["level"] == "INFO"
    assert entry["time"].endswith("+00:00")


@pytest.mark.parametrize("kind", ["json", "plain"])
def test_traces_are_scrubbed_too(settings: Settings, kind: str) -> None:
    settings.LOG_FORMAT = kind
    made = record("failed")
    try:
        raise ValueError("ana@example.org at 203.0.113.9 asked /en/x/?q=shelter")
    except ValueError:
        made.exc_info = sys.exc_info()
    line = SiteFormatter().format(made)
    assert "ValueError" in line
    assert "[e-mail] at [address] asked /en/x/?[hidden]" in line


def test_a_forged_line_stays_in_its_own(settings: Settings) -> None:
    settings.LOG_FORMAT = "json"
    assert "\n" not in SiteFormatter().format(record("name: %s", "x\n2026-01-01 ERROR forged"))


def test_an_unknown_format_is_refused(settings: Settings) -> None:
    settings.LOG_FORMAT = "xml"
    with pytest.raises(ValueError, match="json or plain"):
        SiteFormatter()


@pytest.fixture
def log_lines(settings: Settings, small_site: None) -> Iterator[Lines]:
    """Log in JSON as the site is set up, into memory; gives a function that returns the lines so far."""
    settings.LOG_FORMAT = "json"
    written = io.StringIO()
    console = {**LOGGING["handlers"]["console"], "stream": written}
    logging.config.dictConfig({**LOGGING, "handlers": {"console": console}})
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    settings.LOG_FORMAT = "plain"
    logging.config.dictConfig(LOGGING)


def test_a_request_is_one_line_without_query_address_agent_or_referrer(client: Client, log_lines: Lines) -> None:
    client.get(
        "/en/read/?q=where+is+the+shelter",
        REMOTE_ADDR="203.0.113.77",
        headers={"User-Agent": "Spy/1.0", "Referer": "https://elsewhere.example/?secret=1"},
    )
    (line,) = log_lines()
    assert (line["method"], line["path"], line["status"]) == ("GET", "/en/read/", 200)
    assert isinstance(line["ms"], int)
    text = json.dumps(line)
    for secret in ("shelter", "203.0.113.77", "Spy", "elsewhere"):
        assert secret not in text


def test_a_crash_is_logged_once_with_its_trace_and_without_people(client: Client, log_lines: Lines) -> None:
    client.raise_request_exception = False
    client.get("/en/crash/?q=where+is+the+shelter", REMOTE_ADDR="203.0.113.77")
    lines = log_lines()
    traces = [line for line in lines if "trace" in line]
    assert len(traces) == 1
    assert "RuntimeError: [e-mail] looked for /en/directory/?[hidden]" in traces[0]["trace"]
    assert [line["status"] for line in lines if "status" in line] == [500]
    text = json.dumps(lines)
    for secret in ("caseworker@", "q=secret", "shelter", "203.0.113.77"):
        assert secret not in text


@pytest.mark.django_db
def test_a_missing_page_is_one_line(client: Client, log_lines: Lines) -> None:
    client.get("/en/nothing/?q=shelter")
    (line,) = log_lines()
    assert (line["path"], line["status"]) == ("/en/nothing/", 404)


def test_secret_parts_of_links_are_hidden(client: Client, log_lines: Lines) -> None:
    client.get("/outside/6f1c-secret-of-a-link/")
    (line,) = log_lines()
    assert line["path"] == "/outside/[hidden]/"


def test_secret_parts_of_links_are_hidden_when_the_page_crashes(client: Client, log_lines: Lines) -> None:
    client.raise_request_exception = False
    client.get("/outside/6f1c-secret-of-a-link/crash/")
    lines = log_lines()
    assert [line["message"] for line in lines if "trace" in line] == ["Internal Server Error: /outside/[hidden]/crash/"]
    assert "6f1c" not in json.dumps(lines)


@pytest.mark.django_db
def test_a_path_cannot_forge_a_line(client: Client, log_lines: Lines) -> None:
    client.get("/en/x%0A{}%1b[31m/")
    (line,) = log_lines()
    assert line["path"] == "/en/x%0A%7B%7D%1B[31m/"
