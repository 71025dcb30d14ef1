"""Pictures leave what the camera wrote behind."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

from platform_site.safety.pictures import clean_picture
from platform_site.safety.uploads import CleanImageForm

SECRET = "51.5N 17.0E"


def picture(kind: str, size: tuple[int, int] = (8, 4)) -> bytes:
    buffer = io.BytesIO()
    drawn = Image.new("RGB", size, "teal")
    options = {}
    if kind in {"JPEG", "WEBP"}:
        exif = Image.Exif()
        exif[0x010E] = SECRET
        exif[0x0112] = 6
        options["exif"] = exif
    else:
        text = PngImagePlugin.PngInfo()
        text.add_text("Comment", SECRET)
        options["pnginfo"] = text
    drawn.save(buffer, format=kind, **options)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_metadata_goes(kind) -> None:
    raw = picture(kind) + SECRET.encode()
    assert raw.count(SECRET.encode()) == 2
    cleaned = clean_picture(SimpleUploadedFile(f"a.{kind.lower()}", raw)).read()
    assert SECRET.encode() not in cleaned
    with Image.open(io.BytesIO(cleaned)) as again:
        assert again.format == kind
        assert not again.getexif()
        assert again.size == ((4, 8) if kind != "PNG" else (8, 4)), "turned upright before the mark is lost"


@pytest.mark.parametrize(
    "raw", [b"", b"%PDF-1.4", b"<svg xmlns='http://www.w3.org/2000/svg'/>", picture("PNG")[:40], b"GIF89a" + b"\0" * 60]
)
def test_what_is_no_picture_is_refused(raw) -> None:
    with pytest.raises(ValidationError):
        clean_picture(SimpleUploadedFile("a.png", raw))


def declared(width: int, height: int) -> bytes:
    """A picture of few bytes that says it is large."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    raw = picture("PNG")
    return raw[:12] + head + struct.pack(">I", zlib.crc32(head)) + raw[33:]


def bomb() -> bytes:
    text = b"zTXt" + b"Comment\0\0" + zlib.compress(b"x" * 200_000_000, 9)
    raw = picture("PNG")
    return raw[:33] + struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text)) + raw[33:]


@pytest.mark.django_db
@pytest.mark.parametrize("screen", ["/admin/images/add/", "/admin/images/multiple/add/"])
@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("cut.jpg", lambda: picture("JPEG", (300, 300))[:600]),
        ("short.png", lambda: picture("PNG", (300, 300))[:-40]),
        ("huge.png", lambda: declared(30_000, 30_000)),
        ("large.png", lambda: declared(7_000, 7_000)),
        ("bomb.png", bomb),
        ("text.png", lambda: b"no picture"),
        ("other.png", lambda: picture("JPEG")),
    ],
)
def test_a_broken_picture_gets_a_sentence_at_the_field(screen, name, made, client_for) -> None:
    raw = made()
    several = "multiple" in screen
    sent = {"title": "Logo", "collection": 1, "files[]" if several else "file": SimpleUploadedFile(name, raw)}
    answer = client_for("editor").post(screen, sent)
    assert answer.status_code == 200
    if several:
        assert answer.json()["error_message"]
    else:
        assert answer.context["form"].errors["file"]


@pytest.mark.django_db
def test_wagtail_keeps_the_cleaned_picture(settings) -> None:
    from wagtail.images.forms import get_image_form
    from wagtail.images.models import Image as StoredImage

    form_class = get_image_form(StoredImage)
    assert issubclass(form_class, CleanImageForm)
    form = form_class(
        {"title": "Logo", "collection": 1}, {"file": SimpleUploadedFile("logo.jpg", picture("JPEG"), "image/jpeg")}
    )
    assert form.is_valid(), form.errors
    stored = form.save()
    with stored.file.open("rb") as handle:
        assert SECRET.encode() not in handle.read()
