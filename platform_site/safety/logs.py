"""Log lines that say what happened and not to whom.

Every line passes `scrub`: e-mail addresses, client addresses and query strings are taken out, in traces too, whoever
wrote them. What a person searched for, and from where, is never on disk.
"""

from __future__ import annotations

import ipaddress
import json
import logging
import re
from datetime import UTC, datetime
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest

# The repetitions have limits, so that a long hostile text costs time in proportion to its length.
EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
# A question mark inside an address: after a path or a host, and with something right after it.
QUERY = re.compile(r"(?<=[\w/%~.-])\?(?![\s\"'<>()?.,;:!]|$)[^\s\"'<>]+")
NETWORK_ADDRESS = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f.]{0,15}){2,7})(?![\w:])"
)
# Parts of an address that open something for whoever has them: reset and confirmation links.
SECRET_ARGUMENTS = ("key", "token")
# Fields of the request log that stand beside the message in JSON.
REQUEST_FIELDS = ("method", "path", "status", "ms")


def scrub(text: str) -> str:
    """Return `text` without query strings, e-mail addresses and addresses of clients."""
    text = QUERY.sub("?[hidden]", text)
    text = EMAIL.sub("[e-mail]", text)
    return NETWORK_ADDRESS.sub(_hide_client, text)


def _hide_client(match: re.Match[str]) -> str:
    """Replace what really is a network address; this machine's own say nothing about anybody."""
    try:
        address = ipaddress.ip_address(match[0])
    except ValueError:
        return match[0]
    return match[0] if address.is_loopback or address.is_unspecified else "[address]"


def loggable_path(request: HttpRequest) -> str:
    """Return the path percent-encoded, on one line, with the secret parts of reset and confirmation links hidden."""
    return quote(hide_secret_arguments(request.path, request), safe="/:@[]~+")


def hide_secret_arguments(text: str, request: HttpRequest) -> str:
    """Return `text` without the secret parts of the address of `request`."""
    arguments = request.resolver_match.kwargs if request.resolver_match else {}
    for name in SECRET_ARGUMENTS:
        if arguments.get(name):
            text = text.replace(str(arguments[name]), "[hidden]")
    return text


class SiteFormatter(logging.Formatter):
    """Formats records as one JSON object per line or as plain text, by `settings.LOG_FORMAT`; both scrubbed.

    Raises ValueError when it is made for a format that it does not know.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%H:%M:%S")
        self.kind = settings.LOG_FORMAT
        if self.kind not in {"json", "plain"}:
            raise ValueError(f"LOG_FORMAT must be json or plain, not {self.kind!r}.")

    def format(self, record: logging.LogRecord) -> str:
        """Return the line (plain: with the trace below it) for `record`."""
        request = getattr(record, "request", None)
        line = self._line(record)
        # Django's own records of a crash name the whole path and carry the request.
        return hide_secret_arguments(line, request) if isinstance(request, HttpRequest) else line

    def _line(self, record: logging.LogRecord) -> str:
        if self.kind == "plain":
            return scrub(super().format(record))
        entry: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": scrub(record.getMessage()),
        }
        for name in REQUEST_FIELDS:
            if hasattr(record, name):
                value = getattr(record, name)
                entry[name] = scrub(value) if isinstance(value, str) else value
        if record.exc_info:
            entry["trace"] = scrub(self.formatException(record.exc_info))
        if record.stack_info:
            entry["stack"] = scrub(self.formatStack(record.stack_info))
        return json.dumps(entry, ensure_ascii=False)
