"""Dead links, against a server of this machine; the folder of files is swept."""

from __future__ import annotations

import datetime as dt
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import call_command
from django.utils import timezone

from library import links
from library.links import NotPublicError, check_address, check_documents, due_documents, public_only
from library.models import FileSection, LibraryDocument, StoredFile
from library.storage import keep, library_storage
from library.sweeping import sweep
from library.uploads import store_file
from platform_site.records.services import publish_record, save_draft
from tests.library.making import make_document, make_draft_document, text_file

SEEN: list[tuple[str, str, str]] = []


class Answers(BaseHTTPRequestHandler):
    def answer(self) -> None:
        SEEN.append((self.command, self.path, self.headers.get("User-Agent", "")))
        kind = self.path.strip("/").split("/")[0]
        if kind == "slow":
            time.sleep(1)
        if kind == "drip":
            self.drip()
            return
        if kind == "no-head":
            status = 405 if self.command == "HEAD" else 200
        elif kind in {"moved", "circle", "inward", "private"}:
            status = 302
        else:
            status = int(kind) if kind.isdecimal() else 200
        self.send_response(status)
        inside = f"http://localhost:{self.server.server_address[1]}/inside/"
        targets = {"moved": "/200/", "circle": "/circle/", "inward": "file:///etc/passwd", "private": inside}
        target = targets.get(kind)
        if target:
            self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def drip(self) -> None:
        """Send a header byte by byte, each well within the time of one read."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        try:
            for _turn in range(40):
                self.wfile.write(b"a")
                time.sleep(0.1)
            self.wfile.write(b"\r\n\r\n")
        except OSError:
            self.close_connection = True

    do_GET = do_HEAD = answer  # noqa: N815  names of the base class

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    running = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_address[1]}"
    running.shutdown()


def anywhere(host: str, port: int) -> None:
    """Allow every host: the server of the test is on this machine."""


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("/200/", "reached"),
        ("/moved/", "reached"),
        ("/no-head/", "reached"),
        ("/404/", "dead"),
        ("/410/", "dead"),
        ("/403/", "unclear"),
        ("/429/", "unclear"),
        ("/503/", "unclear"),
        ("/slow/", "unclear"),
        ("/circle/", "unclear"),
        ("/inward/", "unclear"),
    ],
)
def test_what_an_answer_means(server: str, path: str, state: str) -> None:
    assert check_address(server + path, agent="a", allowed=anywhere, seconds=0.5).state == state


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/", "http://[::1]/", "http://10.0.0.1/", "http://169.254.169.254/"]
)
def test_private_networks_are_not_asked(address: str) -> None:
    assert check_address(address, agent="a").state == "unclear"
    with pytest.raises(NotPublicError):
        public_only(address.split("/")[2].strip("[]"), 80)


def test_a_redirect_into_a_private_network_is_not_followed(server: str) -> None:
    def only_this_machine_by_number(host: str, port: int) -> None:
        if host != "127.0.0.1":
            raise NotPublicError(f"{host} is no public address")

    SEEN.clear()
    checked = check_address(f"{server}/private/", agent="a", allowed=only_this_machine_by_number)
    assert checked.state == "unclear"
    assert "localhost" in checked.reason
    assert {path for _method, path, _agent in SEEN} == {"/private/"}


@pytest.mark.parametrize(
    "addresses", [("93.184.215.14", "10.0.0.1"), ("10.0.0.1", "93.184.215.14"), ("2606:2800::1", "fe80::1%eth0")]
)
def test_one_private_address_among_several_is_enough_to_refuse_a_host(
    addresses: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in addresses]
    monkeypatch.setattr(links.socket, "getaddrinfo", lambda *_args, **_options: entries)
    with pytest.raises(NotPublicError):
        public_only("two.example.org", 80)


def test_a_server_that_sends_byte_by_byte_does_not_hold_the_check(server: str) -> None:
    started = time.monotonic()
    checked = check_address(f"{server}/drip/", agent="a", allowed=anywhere, seconds=0.5)
    assert checked.state == "unclear"
    assert time.monotonic() - started < 2


@pytest.fixture
def no_such_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every look-up of a name that ends in .invalid fail, whatever the network of this machine says."""
    look_up = socket.getaddrinfo

    def looked_up(host: str, *args: object, **options: object) -> object:
        if host.endswith(".invalid"):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return look_up(host, *args, **options)

    monkeypatch.setattr(links.socket, "getaddrinfo", looked_up)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def moved_to_a_host_that_is_not_there(host: str, port: int) -> None:
    """Find the host of the first address, and not that of the redirect."""
    if host != "127.0.0.1":
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")


def test_no_connection_is_no_answer(server: str, no_such_host: None) -> None:
    for address in ("http://gone.invalid/", f"http://127.0.0.1:{free_port()}/"):
        checked = check_address(address, agent="a", allowed=anywhere, seconds=0.5)
        assert (checked.state, checked.answered) == ("unreached", False), address
    assert check_address("http://gone.invalid/", agent="a").state == "unreached"
    moved = check_address(f"{server}/private/", agent="a", allowed=moved_to_a_host_that_is_not_there)
    assert (moved.state, moved.answered) == ("unreached", False)
    # Somebody is there, who does not speak as the address says.
    odd = check_address(server.replace("http:", "https:"), agent="a", allowed=anywhere, seconds=0.5)
    assert odd.state == "unclear"
    assert check_address(f"{server}/503/", agent="a", allowed=anywhere).answered


@pytest.mark.django_db
def test_an_address_without_connection_is_dead_on_the_second_day(server: str, no_such_host: None, client_for) -> None:
    make_document(address=f"{server}/200/", slug="good")
    gone = make_document(address="http://gone.invalid/", slug="gone")
    once_dead = make_document(address="http://dead.invalid/", slug="once-dead")
    today = timezone.localdate()
    yesterday = today - dt.timedelta(days=1)
    LibraryDocument.objects.filter(pk=once_dead.pk).update(link_state="dead", link_checked_on=yesterday)

    def run() -> tuple[str, str, dt.date | None]:
        due = due_documents(today + dt.timedelta(days=1))
        found = check_documents(due, agent="a", until=time.monotonic() + 60, pause=0, allowed=anywhere)
        told = {document.pk: checked.state for document, checked in found}
        gone.refresh_from_db()
        once_dead.refresh_from_db()
        assert told[gone.pk] == gone.link_state
        return gone.link_state, once_dead.link_state, gone.link_checked_on

    assert run() == ("unreached", "dead", today)
    assert run() == ("unreached", "dead", today), "the second time on one day says nothing new"
    assert b"not found there on" not in client_for("anonymous").get("/en/library/gone/").content
    LibraryDocument.objects.filter(pk=gone.pk).update(link_checked_on=yesterday)
    assert run() == ("dead", "dead", today)
    assert b"not found there on" in client_for("anonymous").get("/en/library/gone/").content


@pytest.mark.django_db
def test_a_machine_without_network_records_nothing_and_says_so(
    no_such_host: None, capsys: pytest.CaptureFixture[str]
) -> None:
    make_document(address="http://one.invalid/", slug="one")
    known = make_document(address="http://two.invalid/", slug="two")
    day = dt.date(2026, 1, 1)
    LibraryDocument.objects.filter(pk=known.pk).update(link_state="unreached", link_checked_on=day)
    call_command("check_links", verbosity=0)
    assert "No address answered" in capsys.readouterr().err
    assert set(LibraryDocument.objects.values_list("slug", "link_state", "link_checked_on")) == {
        ("one", "", None),
        ("two", "unreached", day),
    }


@pytest.mark.django_db
def test_what_came_before_the_first_answer_is_recorded_too(server: str, no_such_host: None) -> None:
    first = make_document(address="http://one.invalid/", slug="one")
    make_document(address=f"{server}/200/", slug="two")
    due = due_documents(dt.date(2030, 1, 1))
    found = list(check_documents(due, agent="a", until=time.monotonic() + 60, pause=0, allowed=anywhere))
    assert [document.slug for document, _checked in found] == ["one", "two"]
    first.refresh_from_db()
    assert first.link_state == "unreached"


@pytest.mark.django_db
def test_addresses_that_were_never_checked_are_asked_first() -> None:
    march = make_document(address="https://example.org/march", slug="march")
    never = make_document(address="https://example.org/never", slug="never")
    january = make_document(address="https://example.org/january", slug="january")
    for document, month in ((march, 3), (january, 1)):
        LibraryDocument.objects.filter(pk=document.pk).update(link_checked_on=dt.date(2026, month, 1))
    due = due_documents(dt.date(2026, 6, 1))
    assert list(due) == [never, january, march]
    # Only asked for in words is it the same on every database.
    assert "NULLS FIRST" in str(due.query)


@pytest.mark.django_db
def test_what_was_not_reached_is_asked_again_on_the_next_day() -> None:
    today = timezone.localdate()
    for slug, state, day in (
        ("again", "unreached", today - dt.timedelta(days=1)),
        ("today", "unreached", today),
        ("reached", "reached", today - dt.timedelta(days=1)),
    ):
        made = make_document(address=f"https://example.org/{slug}", slug=slug)
        LibraryDocument.objects.filter(pk=made.pk).update(link_state=state, link_checked_on=day)
    assert [document.slug for document in due_documents(today - dt.timedelta(days=30))] == ["again"]


def test_odd_addresses_are_unclear() -> None:
    for address in ("ftp://example.org/a", "http:///a", "javascript:alert(1)", "http://[broken/"):
        assert check_address(address, agent="a", allowed=anywhere).state == "unclear", address


@pytest.mark.django_db
def test_documents_are_checked_once_politely_and_what_was_found_is_told(server: str, client_for) -> None:
    SEEN.clear()
    good = make_document(address=f"{server}/200/a", slug="good")
    dead = make_document(address=f"{server}/404/b", slug="dead", checked_on=dt.date(2025, 5, 6))
    make_document(slug="none")
    make_draft_document(address=f"{server}/404/draft")
    today = dt.date.today() + dt.timedelta(days=1)  # noqa: DTZ011  any later day
    started = time.monotonic()
    found = list(check_documents(due_documents(today), agent="Polite", until=started + 60, pause=0.3, allowed=anywhere))
    assert time.monotonic() - started >= 0.3
    assert [(document.pk, checked.state) for document, checked in found] == [(good.pk, "reached"), (dead.pk, "dead")]
    assert {agent for _method, _path, agent in SEEN} == {"Polite"}
    assert [method for method, path, _agent in SEEN if path == "/200/a"] == ["HEAD"]
    assert not due_documents(dt.date(2020, 1, 1)).exists()
    assert b"not found there on" in client_for("anonymous").get("/en/library/dead/").content
    assert b"not found there on" not in client_for("anonymous").get("/en/library/good/").content
    assert b"/404/b" in client_for("editor").get("/admin/").content
    # A draft that was written before does not take the check back.
    kept = LibraryDocument.objects.get(pk=dead.pk).get_latest_revision_as_object()
    assert kept.link_state == "dead"


@pytest.mark.django_db
def test_the_time_limit_ends_the_check(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "PAUSE", 5)
    make_document(address=f"{server}/200/1")
    make_document(address=f"{server}/200/2")
    due = due_documents(dt.date(2030, 1, 1))
    found = list(check_documents(due, agent="a", until=time.monotonic() + 1, pause=5, allowed=anywhere))
    assert len(found) == 1


@pytest.mark.django_db
def test_only_files_that_nothing_needs_are_swept() -> None:
    make_document(files=[text_file()])
    kept = StoredFile.objects.get().sha256
    # Other tests of this process have left theirs in the folder.
    sweep(youngest=dt.timedelta(0))
    keep(f"aa/{'a' * 64}.pdf", b"left")
    keep("aa/notes.txt", b"not ours")
    assert sweep() == 0
    assert sweep(youngest=dt.timedelta(0)) == 1
    storage = library_storage()
    assert storage.exists(f"{kept[:2]}/{kept}.txt")
    assert storage.exists("aa/notes.txt")
    assert not storage.exists(f"aa/{'a' * 64}.pdf")


@pytest.mark.django_db
def test_a_file_that_no_document_has_ever_kept_goes_with_its_text_after_a_day() -> None:
    document = make_document(files=[text_file(words="The first version.")])
    first = document.files.get().stored
    document = LibraryDocument.objects.get(pk=document.pk)
    document.files = [row := document.files.get()]
    row.stored = store_file(name="new.txt", data=b"The second version.")
    publish_record(record=document)
    draft = LibraryDocument.objects.get(pk=document.pk)
    draft.files = [row := draft.files.get()]
    row.stored = in_draft = store_file(name="draft.txt", data=b"What only a draft has.")
    save_draft(record=draft, user=None)
    wrong = store_file(name="wrong.txt", data=b"Wrongly uploaded: what nobody should read.")
    path = f"{wrong.sha256[:2]}/{wrong.sha256}.txt"
    sweep()
    assert StoredFile.objects.filter(pk=wrong.pk).exists()
    sweep(youngest=dt.timedelta(0))
    assert not StoredFile.objects.filter(pk=wrong.pk).exists()
    assert not FileSection.objects.filter(stored_id=wrong.pk).exists()
    assert not library_storage().exists(path)
    for kept in (first, document.files.get().stored, in_draft):
        assert StoredFile.objects.filter(pk=kept.pk).exists()
        assert library_storage().exists(f"{kept.sha256[:2]}/{kept.sha256}.txt")


@pytest.mark.django_db
def test_a_file_that_is_given_again_is_young_again() -> None:
    """It would go else between the moment in which it is taken and that in which its document is saved."""
    stored = store_file(name="left.txt", data=b"Left by a form that nobody sent again.")
    StoredFile.objects.filter(pk=stored.pk).update(created_at=timezone.now() - dt.timedelta(days=3))
    assert store_file(name="again.txt", data=b"Left by a form that nobody sent again.") == stored
    sweep()
    assert StoredFile.objects.filter(pk=stored.pk).exists()
