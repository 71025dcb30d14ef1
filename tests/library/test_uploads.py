"""What may come into the library, what is refused with which reason, what is left of metadata."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from PIL import Image

from library import uploads
from library.models import FileSection, StoredFile
from library.storage import library_storage, path_of
from library.uploads import clean_upload, plain_name, read_again, store_file
from tests.library.making import make_document, make_docx, make_odt, make_pdf, text_file


def with_script() -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(make_pdf(["Script."]))) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.save(buffer)
    return buffer.getvalue()


def picture(kind: str = "JPEG") -> bytes:
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    Image.new("RGB", (20, 10), "red").save(buffer, kind, exif=exif.tobytes())
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("closed.pdf", make_pdf(["Closed."], password="word"), "locked"),
        ("script.pdf", with_script(), "script"),
        ("page.html", b"<html><script>alert(1)</script>", "Only PDF"),
        ("page.txt", b"<!doctype html><script>alert(1)</script>", "no plain text"),
        ("really.pdf", b"MZ\x90\x00 a program", "not what the ending"),
        ("really.docx", make_pdf(["A PDF."]), "not what the ending"),
        ("really.jpg", picture("PNG"), "not what the ending"),
        ("vector.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Only PDF"),
        ("program.exe", b"MZ", "Only PDF"),
        ("macro.docx", make_docx([("", "x")], **{"word/vbaProject.bin": "x"}), "macros"),
        ("broken.png", b"\x89PNG\r\n\x1a\nxx", "broken"),
        ("half.pdf", make_pdf(["Half."])[:200], "broken"),
        ("latin.txt", "é".encode("latin-1"), "UTF-8"),
    ],
)
def test_what_is_refused_with_which_reason(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(ValidationError) as refused:
        clean_upload(name, data)
    assert reason in " ".join(refused.value.messages)


def test_what_is_too_large_is_refused_before_anything_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LARGEST", 10)
    with pytest.raises(ValidationError, match="larger than"):
        clean_upload("a.txt", b"x" * 11)


def test_no_metadata_is_left() -> None:
    cleaned = clean_upload("a.pdf", make_pdf(["Words."], title="Secret title"))
    assert b"Secret" not in cleaned
    with pikepdf.open(io.BytesIO(cleaned)) as pdf:
        assert "/Info" not in pdf.trailer
        assert "/Metadata" not in pdf.Root
    jpeg = clean_upload("a.jpg", picture())
    assert b"SecretCamera" not in jpeg
    assert not dict(Image.open(io.BytesIO(jpeg)).getexif())


def test_cleaning_a_clean_file_changes_nothing() -> None:
    for name, data in (
        ("a.pdf", make_pdf(["Words."])),
        ("a.docx", make_docx([("", "Words.")])),
        ("a.odt", make_odt("<text:p>Words.</text:p>")),
        ("a.txt", b"\n\n  Words.\n"),
    ):
        once = clean_upload(name, data)
        assert clean_upload(name, once) == once, name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\Secret\\Mein Bericht.PDF", "Mein Bericht.pdf"),
        (".htaccess", "htaccess"),
        ('a"b\r\nX: y.pdf', "a-b-X- y.pdf"),
        ("x" * 300 + ".pdf", "x" * 140 + ".pdf"),
    ],
)
def test_names_of_files(given: str, kept: str) -> None:
    assert plain_name(given) == kept


@pytest.mark.django_db
def test_the_same_content_is_kept_once_and_read_again_with_the_same_anchors() -> None:
    data = clean_upload("a.txt", b"# One\n\nWords.\n\n# Two\n\nMore words.\n")
    stored = store_file(name="a.txt", data=data)
    assert store_file(name="b.txt", data=data) == stored
    assert StoredFile.objects.count() == 1
    assert (stored.state, stored.words, stored.parts, stored.can_be_read) == ("read", 3, 1, True)
    with library_storage().open(path_of(stored.sha256, "txt")) as kept:
        assert kept.read() == data
    before = list(FileSection.objects.values_list("number", "anchor", "heading", "text"))
    read_again(stored)
    assert list(FileSection.objects.values_list("number", "anchor", "heading", "text")) == before
    assert [anchor for _number, anchor, _heading, _text in before] == ["one", "two"]


@pytest.mark.django_db
def test_files_lie_where_no_address_leads() -> None:
    stored = store_file(name="a.txt", data=b"Words.")
    with pytest.raises(ValueError, match="no address"):
        library_storage().url(path_of(stored.sha256, "txt"))


@pytest.mark.django_db
def test_a_folder_that_cannot_be_used_is_said_to_editors_and_readers(
    settings: Any, client: Client, tmp_path: Path
) -> None:
    settings.LIBRARY_ROOT = tmp_path / "library"
    make_document(slug="paper", files=[text_file()])
    address = "/en/library/paper/files/en/"
    assert client.get(address).status_code == 200
    settings.LIBRARY_ROOT = tmp_path / "file"
    settings.LIBRARY_ROOT.write_text("a file where the folder should be")
    answer = client.get(address)
    assert (answer.status_code, answer["Retry-After"]) == (503, "600")
    assert "not here at the moment" in answer.content.decode()
    assert str(tmp_path) not in answer.content.decode()
    with pytest.raises(ValidationError, match="cannot be kept at the moment"):
        store_file(name="b.txt", data=b"Other words.")
    assert StoredFile.objects.count() == 1
