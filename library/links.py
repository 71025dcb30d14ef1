"""Whether the addresses of documents on the web still lead somewhere: asked politely, with limits."""

from __future__ import annotations

import datetime as dt
import http.client
import io
import ipaddress
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.db.models import F
from django.utils import timezone

from library.models import LibraryDocument
from platform_site.vocabulary import versions

# One host is asked at most so often, and one address takes no longer, whatever its server does.
PAUSE = 2.0
SECONDS = 10.0
MOST_REDIRECTS = 5
# Somebody is there but does not let a program in, or asks to come again later.
UNCLEAR = frozenset({401, 403, 405, 406, 408, 418, 425, 429, 500, 502, 503, 504})
State = LibraryDocument.LinkState


class NotPublicError(OSError):
    """An address leads into a private network; asking there would be an attack on it."""


@dataclass(frozen=True)
class Checked:
    """The outcome for one address: the state, in words why, and whether any server answered."""

    state: str
    reason: str
    answered: bool = False


def public_only(host: str, port: int) -> None:
    """Raise NotPublicError if `host` is, or stands for, an address that the world cannot reach."""
    try:
        addresses = [ipaddress.ip_address(host)]
    except ValueError:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    if not all(address.is_global for address in addresses):
        raise NotPublicError(f"{host} is no public address")


class _Deadline:
    """The moment until which everything about one address has to be over."""

    def __init__(self, seconds: float) -> None:
        self.at = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left. Raises TimeoutError when there are none."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise TimeoutError("took too long")
        return left

    def connected(self, address: tuple[str, int], *_args: Any) -> socket.socket:
        """Return a connection to one of the machines of a host. Raises OSError if none answers in time."""
        problem = OSError("no machine has this address")
        for family, kind, protocol, _name, target in socket.getaddrinfo(*address, type=socket.SOCK_STREAM):
            found = socket.socket(family, kind, protocol)
            try:
                found.settimeout(self.left())
                found.connect(target)
            except OSError as error:
                found.close()
                problem = error
            else:
                found.settimeout(self.left())
                return found
        raise problem


class _Reader(io.RawIOBase):
    """What a server sends; a timeout of the socket holds for one read only, so it is set anew before each."""

    def __init__(self, connection: socket.socket, deadline: _Deadline) -> None:
        self.connection, self.deadline = connection, deadline
        self.sent = connection.makefile("rb", buffering=0)

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Read what is there. Raises TimeoutError after the deadline."""
        self.connection.settimeout(self.deadline.left())
        return self.sent.readinto(buffer)

    def close(self) -> None:
        """Let go of the connection, too."""
        self.sent.close()
        super().close()


class _Response(http.client.HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, deadline: _Deadline, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        self.fp.close()
        self.fp = io.BufferedReader(_Reader(sock, deadline))


def _hurried(kind: Callable[..., Any], deadline: _Deadline) -> Callable[..., Any]:
    """Return a maker of connections (`kind` is the class) that are over at the deadline."""

    def made(host: str, **options: Any) -> Any:
        connection = kind(host, **options)
        # The way that http.client itself leaves open for another way to connect.
        connection._create_connection = deadline.connected
        connection.response_class = partial(_Response, deadline=deadline)
        return connection

    return made


class _Http(urllib.request.HTTPHandler):
    def __init__(self, deadline: _Deadline) -> None:
        super().__init__()
        self.deadline = deadline

    def http_open(self, req: urllib.request.Request) -> Any:
        """Ask without encryption."""
        return self.do_open(_hurried(http.client.HTTPConnection, self.deadline), req)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, deadline: _Deadline) -> None:
        super().__init__()
        self.deadline = deadline

    def https_open(self, req: urllib.request.Request) -> Any:
        """Ask with encryption; a certificate that does not hold is refused."""
        return self.do_open(_hurried(http.client.HTTPSConnection, self.deadline), req)


class _Redirects(urllib.request.HTTPRedirectHandler):
    max_redirections = MOST_REDIRECTS

    def __init__(self, allowed: Callable[[str, int], None]) -> None:
        self.allowed = allowed

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        """Follow a redirect, if it leads to where one may ask."""
        _check(newurl, self.allowed)
        followed = super().redirect_request(req, fp, code, msg, headers, newurl)
        if followed is not None:
            followed.method = req.get_method()
        return followed


def _check(address: str, allowed: Callable[[str, int], None]) -> None:
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise NotPublicError("no address of the web")
    allowed(parts.hostname, parts.port or (443 if parts.scheme == "https" else 80))


def check_address(
    address: str, *, agent: str, allowed: Callable[[str, int], None] = public_only, seconds: float = SECONDS
) -> Checked:
    """Return whether `address` leads somewhere; asks for the head first, for the content only where that is refused.

    Takes `seconds` at the most, with all redirects. Never raises; an answer that says nothing is `unclear`, a failure
    to look up the host or to connect is `unreached`: the fault may be of this machine's own network.
    """
    deadline = _Deadline(seconds)
    try:
        _check(address, allowed)
        status = _asked(address, "HEAD", agent, allowed, deadline)
        if status in {400, 404, 405, 406, 500, 501}:
            # Many servers know no HEAD; what they say to it means nothing.
            status = _asked(address, "GET", agent, allowed, deadline)
    except NotPublicError as error:
        return Checked(State.UNCLEAR, str(error))
    except (urllib.error.URLError, TimeoutError, http.client.HTTPException, OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        state = State.UNREACHED if _no_connection(error) else State.UNCLEAR
        return Checked(state, str(reason) or type(reason).__name__)
    if status < 300:
        return Checked(State.REACHED, str(status), answered=True)
    # A redirect that was not followed leads in a circle or out of the web.
    return Checked(State.UNCLEAR if status < 400 or status in UNCLEAR else State.DEAD, str(status), answered=True)


def _no_connection(error: Exception) -> bool:
    """Say whether the host could not be looked up or refused; slowness and a bad certificate are something else."""
    reason = getattr(error, "reason", error)
    if isinstance(reason, socket.gaierror):
        return True
    # What fails before anything was asked comes wrapped.
    is_wrapped = isinstance(error, urllib.error.URLError) and isinstance(reason, OSError)
    return is_wrapped and not isinstance(reason, ssl.SSLError | TimeoutError)


def _asked(address: str, method: str, agent: str, allowed: Callable[[str, int], None], deadline: _Deadline) -> int:
    opener = urllib.request.OpenerDirector()
    handlers: list[urllib.request.BaseHandler] = [
        _Http(deadline),
        _Https(deadline),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _Redirects(allowed),
    ]
    for handler in handlers:
        opener.add_handler(handler)
    request = urllib.request.Request(address, method=method, headers={"User-Agent": agent, "Accept": "*/*"})  # noqa: S310
    try:
        with opener.open(request, timeout=deadline.left()) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def due_documents(before: dt.date) -> Any:
    """Return the published documents with an address that was last checked before a day, or not reached before today.

    Those that were never checked come first (each database puts them elsewhere by itself), then the longest ago.
    """
    due = LibraryDocument.objects.published().exclude(address="")
    unchecked = due.filter(link_checked_on__isnull=True)
    again = due.filter(link_state=State.UNREACHED, link_checked_on__lt=timezone.localdate())
    return (unchecked | again | due.filter(link_checked_on__lt=before)).order_by(
        F("link_checked_on").asc(nulls_first=True), "pk"
    )


def check_documents(
    documents: Any,
    *,
    agent: str,
    until: float,
    pause: float = PAUSE,
    allowed: Callable[[str, int], None] = public_only,
) -> Iterator[tuple[LibraryDocument, Checked]]:
    """Check the addresses of `documents` one after the other until the clock (`time.monotonic`) shows `until`.

    Yields the outcome of each and notes it on the document, but nothing before one server has answered: until then it
    may be this machine that has no network. A host is asked again only after `pause` seconds.
    """
    asked: dict[str, float] = {}
    waiting: list[tuple[LibraryDocument, Checked]] = []
    is_online = False
    for document in documents:
        host = urlsplit(document.address).netloc
        wait = asked.get(host, 0.0) + pause - time.monotonic() if host in asked else 0.0
        if time.monotonic() + max(wait, 0.0) >= until:
            return
        if wait > 0:
            time.sleep(wait)
        checked = _with_days(document, check_address(document.address, agent=agent, allowed=allowed))
        asked[host] = time.monotonic()
        waiting.append((document, checked))
        is_online = is_online or checked.answered
        if is_online:
            _note(waiting)
            waiting.clear()
        yield document, checked


def _with_days(document: LibraryDocument, checked: Checked) -> Checked:
    """Return the outcome as it is noted: without connection on a second day, or once found dead, it is dead."""
    day = document.link_checked_on
    again = document.link_state == State.UNREACHED and day is not None and day < timezone.localdate()
    if checked.state == State.UNREACHED and (again or document.link_state == State.DEAD):
        return replace(checked, state=State.DEAD)
    return checked


def _note(outcomes: list[tuple[LibraryDocument, Checked]]) -> None:
    for document, checked in outcomes:
        LibraryDocument.objects.filter(pk=document.pk).update(
            link_state=checked.state, link_checked_on=timezone.localdate()
        )
    versions.bump("document")
