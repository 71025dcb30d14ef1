"""Documents leave behind who made them, and bring nothing that runs."""

from __future__ import annotations

import io
import time
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import translation
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image, ImageCms

from platform_site.safety import documents
from platform_site.safety.child import ChildLimits
from platform_site.safety.documents import clean_document
from platform_site.safety.documents_docx import clean_docx
from platform_site.safety.jpeg import without_metadata
from platform_site.safety.jpeg2000 import without_notes
from tests.safety.test_uploads import SECRET, picture

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def cleaned(name: str, data: bytes) -> bytes:
    return clean_document(ContentFile(data, name=name)).read()


def pdf_with(change: Callable[[Pdf], Any] = lambda pdf: None, **saving: Any) -> bytes:
    pdf = Pdf.new()
    pdf.add_blank_page()
    change(pdf)
    buffer = io.BytesIO()
    pdf.save(buffer, **saving)
    return buffer.getvalue()


def describe(pdf: Pdf) -> None:
    pdf.docinfo["/Author"] = SECRET
    with pdf.open_metadata() as meta:
        meta["dc:creator"] = [SECRET]
    page = pdf.pages[0]
    page.obj.PieceInfo = Dictionary(Tool=Dictionary(Private=String(SECRET)))
    page.obj.Metadata = Stream(pdf, SECRET.encode())
    remark = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), T=String(SECRET))
    page.obj.Annots = Array([pdf.make_indirect(remark)])
    photo = Stream(pdf, picture("JPEG"), Type=Name.XObject, Subtype=Name.Image, Width=8, Height=4)
    photo.ColorSpace, photo.BitsPerComponent, photo.Filter = Name.DeviceRGB, 8, Name.DCTDecode
    page.obj.Resources = Dictionary(XObject=Dictionary(Photo=photo))
    page.obj.Contents = Stream(pdf, b"/Photo Do")
    pdf.Root.OpenAction = Dictionary(S=Name.URI, URI=String(f"https://example.org/{SECRET}"))


def everything(data: bytes) -> bytes:
    """The whole of a PDF with nothing packed."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        buffer = io.BytesIO()
        pdf.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.disable, stream_decode_level=None)
    return buffer.getvalue()


def test_a_pdf_says_no_more_who_made_it() -> None:
    raw = pdf_with(describe, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert raw.count(SECRET.encode()) >= 6
    kept = everything(cleaned("guide.pdf", b"%PDF-1.4\n%" + SECRET.encode() + b"\n" + raw[9:] + SECRET.encode()))
    assert SECRET.encode() not in kept
    with pikepdf.open(io.BytesIO(kept)) as pdf:
        assert len(pdf.pages) == 1
        photo = pdf.pages[0].Resources.XObject.Photo.read_raw_bytes()
        assert photo.startswith(b"\xff\xd8")
        assert "/OpenAction" not in pdf.Root


def jpeg2000() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (32, 16), "teal").save(buffer, "JPEG2000", comment=SECRET)
    raw = buffer.getvalue()
    return raw + (24 + len(SECRET)).to_bytes(4, "big") + b"uuid" + b"JpgTiffExif->JP2" + SECRET.encode()


def drawn(data: bytes, filters: list[Name], parameters: Any = None) -> Callable[[Pdf], None]:
    """A page with a photograph in these filters."""

    def change(pdf: Pdf) -> None:
        photo = Stream(pdf, data, Type=Name.XObject, Subtype=Name.Image, Width=8, Height=4)
        photo.ColorSpace, photo.BitsPerComponent, photo.Filter = Name.DeviceRGB, 8, Array(filters)
        if parameters is not None:
            photo.DecodeParms = parameters
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Photo=photo))
        pdf.pages[0].obj.Contents = Stream(pdf, b"/Photo Do")

    return change


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (drawn(zlib.compress(picture("JPEG")), [Name.FlateDecode, Name.DCTDecode]), "JPEG"),
        (drawn(picture("JPEG").hex().encode() + b">", [Name.ASCIIHexDecode, Name.DCTDecode]), "JPEG"),
        (drawn(picture("JPEG"), [Name.DCTDecode], Dictionary(ColorTransform=1)), "JPEG"),
        (drawn(picture("JPEG"), [Name.DCTDecode], Array([Dictionary(ColorTransform=1)])), "JPEG"),
        (drawn(picture("JPEG") * 2, [Name.DCTDecode]), "JPEG"),
        (drawn(picture("JPEG") + SECRET.encode(), [Name.DCTDecode]), "JPEG"),
        (drawn(jpeg2000(), [Name.JPXDecode]), "JPEG2000"),
        (drawn(zlib.compress(jpeg2000()), [Name.FlateDecode, Name.JPXDecode]), "JPEG2000"),
    ],
)
def test_a_photograph_in_a_pdf_says_no_more_who_took_it_where(change: Callable[[Pdf], Any], kind: str) -> None:
    once = cleaned("a.pdf", pdf_with(change))
    with pikepdf.open(io.BytesIO(once)) as pdf:
        photo = pdf.pages[0].Resources.XObject.Photo
        raw = photo.read_raw_bytes()
        assert str(photo.Filter) in {"/DCTDecode", "/JPXDecode"}
    assert SECRET.encode() not in raw
    with Image.open(io.BytesIO(raw)) as again:
        assert again.format == kind
        assert again.convert("RGB").getpixel((1, 1))[2] in range(120, 137)
        assert not again.getexif()
    assert cleaned("a.pdf", once) == once


def test_a_photograph_keeps_its_points_and_colours() -> None:
    buffer = io.BytesIO()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    gradient = Image.linear_gradient("L").convert("RGB")
    gradient.save(buffer, "JPEG", progressive=True, icc_profile=profile, comment=SECRET, restart_marker_blocks=3)
    kept = without_metadata(buffer.getvalue() + b"more")
    with Image.open(io.BytesIO(kept)) as after, Image.open(buffer) as before:
        assert after.info["icc_profile"] == profile
        assert after.tobytes() == before.tobytes()
    assert SECRET.encode() not in kept
    assert without_metadata(kept) == kept


@pytest.mark.parametrize("cut", [0, 4, 11, 40, 90, 120])
def test_a_broken_jpeg_2000_is_said_to_be_broken(cut: int) -> None:
    with pytest.raises(ValueError, match="JPEG 2000"):
        without_notes(jpeg2000()[:cut])


@pytest.mark.parametrize("filters", [[Name.DCTDecode, Name.FlateDecode], [Name.LZWDecode, Name.DCTDecode]])
def test_a_photograph_that_cannot_be_unpacked_is_refused(filters: list[Name]) -> None:
    with pytest.raises(ValidationError, match="broken"):
        cleaned("a.pdf", pdf_with(drawn(b"no picture", filters)))


def name_everywhere(pdf: Pdf) -> None:
    pdf.Root.SpiderInfo = Dictionary(V=String(SECRET))
    page = pdf.pages[0].obj
    page.Thumb = Stream(pdf, SECRET.encode())
    info = pdf.make_indirect(Dictionary(Author=String(SECRET)))
    figure = Stream(pdf, b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]))
    figure["/PTEX.InfoDict"], figure["/PTEX.FileName"], figure["/PTEX.PageNumber"] = info, String(SECRET), 1
    page.Resources, page.Contents = Dictionary(XObject=Dictionary(Figure=figure)), Stream(pdf, b"/Figure Do")
    mark = Dictionary(Type=Name.Annot, Subtype=Name.Highlight, Rect=Array([0, 0, 9, 9]), Contents=String(""))
    for key in ("T", "Subj", "M", "CreationDate", "NM"):
        mark[f"/{key}"] = String(SECRET)
    page.Annots = Array([mark])


def test_names_in_parts_of_a_pdf_go() -> None:
    raw = pdf_with(name_everywhere, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert raw.count(SECRET.encode()) == 8
    assert SECRET.encode() not in everything(cleaned("a.pdf", raw))


def action(**keys: Any) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        pdf.Root.OpenAction = Dictionary(**keys)

    return change


def on_page(**keys: Any) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].obj.Annots = Array([Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **keys)])

    return change


def attach(pdf: Pdf) -> None:
    pdf.attachments["names.txt"] = b"a name"


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (action(S=Name.JavaScript, JS=String("app.alert(1)")), "script"),
        (on_page(Subtype=Name.Link, A=Dictionary(S=Name.JavaScript, JS=String("x"))), "script"),
        (on_page(Subtype=Name.Link, AA=Dictionary(E=Dictionary(S=Name.Launch, F=String("cmd.exe")))), "opens or sends"),
        (on_page(Subtype=Name.Widget, A=Dictionary(S=Name.SubmitForm, F=String("https://x"))), "opens or sends"),
        (on_page(Subtype=Name.Link, A=Dictionary(S=Name.URI, Next=Array([Dictionary(S=Name.Launch)]))), "opens or"),
        (on_page(Subtype=Name.FileAttachment), "other files"),
        (on_page(Subtype=Name.Widget, FT=Name.Sig, V=Dictionary(Type=Name.Sig, Name=String("A. Person"))), "signature"),
        (attach, "other files"),
        (on_page(Subtype=Name.Text, Contents=String("Ask her again")), "remarks"),
        (on_page(Subtype=Name.Highlight, RC=String("<p>Ask her again</p>")), "remarks"),
        (on_page(Subtype=Name.FreeText, Contents=String("Ask her again")), "remarks"),
        (lambda pdf: setattr(pdf.Root, "AcroForm", Dictionary(XFA=String("<xdp/>"))), "script"),
    ],
)
def test_a_pdf_that_does_something_is_refused(change: Callable[[Pdf], Any], word: str) -> None:
    with pytest.raises(ValidationError, match=word):
        cleaned("a.pdf", pdf_with(change))


def test_a_link_to_an_address_stays() -> None:
    # Its words are read out to people who do not see it.
    words = String("https://example.org/ in words")
    raw = pdf_with(
        on_page(Subtype=Name.Link, Contents=words, A=Dictionary(S=Name.URI, URI=String("https://example.org/")))
    )
    assert everything(cleaned("a.pdf", raw)).count(b"https://example.org/") == 2


@pytest.mark.parametrize("owner", ["", "secret"])
def test_a_locked_pdf_is_refused(owner: str) -> None:
    raw = pdf_with(encryption=pikepdf.Encryption(owner="owner", user=owner))
    with pytest.raises(ValidationError, match="locked"):
        cleaned("a.pdf", raw)


def package(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(body: str = "<w:p/>", **more: str | bytes) -> bytes:
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Override PartName="/customXml/item1.xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="t/officeDocument" '
        'Target="word/document.xml"/><Relationship Id="rId2" Type="t/thumbnail" Target="docProps/thumbnail.jpeg"/>'
        "</Relationships>",
        "word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>",
        "docProps/core.xml": f"<a>{SECRET}</a>",
        "docProps/app.xml": f"<a>{SECRET}</a>",
        "docProps/thumbnail.jpeg": picture("JPEG"),
        "customXml/item1.xml": f"<a>{SECRET}</a>",
        "word/media/image1.jpeg": picture("JPEG"),
    }
    return package(parts | {name.replace("__", "/"): content for name, content in more.items()})


def odt(body: str = "<text:p/>", **more: str | bytes) -> bytes:
    parts: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {OFFICE}><office:scripts/><office:body><office:text>{body}"
        "</office:text></office:body></office:document-content>",
        "meta.xml": f"<a>{SECRET}</a>",
        "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:x"><manifest:file-entry '
        'manifest:full-path="Thumbnails/thumbnail.png"/></manifest:manifest>',
        "Thumbnails/thumbnail.png": picture("PNG"),
        "Pictures/one.png": picture("PNG"),
        "Configurations2/accelerator/current.xml": "",
    }
    return package(parts | {name.replace("__", "/"): content for name, content in more.items()})


@pytest.mark.parametrize(("name", "raw"), [("a.docx", docx()), ("a.odt", odt())])
def test_an_office_document_says_no_more_who_made_it(name: str, raw: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(cleaned(name, raw))) as archive:
        kept = {part: archive.read(part) for part in archive.namelist()}
    assert not [part for part, content in kept.items() if SECRET.encode() in content]
    assert not [part for part in kept if "humbnail" in part or "customXml" in part]
    lists = b"".join(kept.get(part, b"") for part in ("[Content_Types].xml", "_rels/.rels", "META-INF/manifest.xml"))
    assert b"humbnail" not in lists
    assert b"customXml" not in lists
    assert {"word/document.xml", "content.xml"} & set(kept)


def relation(kind: str) -> str:
    return (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r" Type="http://x/{kind}" '
        'Target="https://example.org/x" TargetMode="External"/></Relationships>'
    )


@pytest.mark.parametrize(
    ("name", "raw", "word"),
    [
        ("a.docx", docx(word__vbaProject=b"x"), "macros"),
        ("a.docx", docx(**{"word/embeddings/sheet.xlsx": b"x"}), "macros"),
        ("a.docx", docx(**{"word/_rels/settings.xml.rels": relation("attachedTemplate")}), "elsewhere"),
        ("a.docx", docx('<w:p><w:ins w:author="A. Person"/></w:p>'), "recorded changes"),
        ("a.docx", docx("<w:p><w:instrText> DDEAUTO c:\\\\x </w:instrText></w:p>"), "elsewhere"),
        ("a.docx", docx(**{"word/document.xml": "<w:document"}), "broken"),
        ("a.docx", docx(**{"word/x.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "broken"),
        ("a.docx", docx(**{"../../x.xml": "<a/>"}), "broken"),
        ("a.docx", package({"word/x.xml": "<a/>"}), "broken"),
        ("a.odt", odt(**{"Basic/script-lb.xml": "<a/>"}), "macros"),
        ("a.odt", odt("<text:a><script:event-listener/></text:a>"), "macros"),
        ("a.odt", odt("<office:annotation/>"), "remarks"),
        ("a.odt", odt('<draw:image xlink:href="https://example.org/x.png"/>'), "elsewhere"),
        ("a.odt", docx(), "broken|not what"),
    ],
)
def test_an_office_document_that_does_something_is_refused(name: str, raw: bytes, word: str) -> None:
    with pytest.raises(ValidationError, match=word):
        cleaned(name, raw)


def test_links_that_a_person_follows_stay() -> None:
    assert cleaned("a.docx", docx(**{"word/_rels/document.xml.rels": relation("hyperlink")}))
    assert cleaned("a.odt", odt('<text:a xlink:href="https://example.org/">here</text:a>'))


def test_a_package_that_unpacks_into_everything_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform_site.safety.documents_office.MOST_BYTES", 10_000)
    with pytest.raises(ValidationError, match="broken"):
        clean_docx(docx(**{"word/big.xml": b"x" * 20_000}))


def many_parts(pdf: Pdf) -> None:
    pdf.Root.Many = pdf.make_indirect(pikepdf.Object.parse(b"[" + b"<</A 1>>" * 500_000 + b"]"))


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("a.docx", lambda: docx("<w:p/>" * 400_000)),
        ("a.docx", lambda: docx(**{"word/footnotes.xml": f"<w:footnotes {WORD}>{'<a/>' * 2_000_000}</w:footnotes>"})),
        ("a.odt", lambda: odt("<text:p/>" * 400_000)),
        ("a.pdf", lambda: pdf_with(many_parts)),
        ("a.txt", lambda: ("\u0301\u0316" * 2_000_000).encode()),
    ],
)
def test_what_costs_too_much_to_check_is_refused(name: str, made: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = made()
    monkeypatch.setattr(documents, "LIMITS", ChildLimits(memory=110 * 1024 * 1024, seconds=1, output=1024 * 1024))
    started = time.process_time()
    with pytest.raises(ValidationError, match="too much memory or time"):
        cleaned(name, raw)
    assert time.process_time() - started < 1, "this process spends nothing on it"


def test_an_answer_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "LIMITS", replace(documents.LIMITS, output=1000))
    with pytest.raises(ValidationError, match="too much memory or time"):
        cleaned("a.txt", b"words " * 1000)


def test_each_reason_comes_back_from_the_child_in_the_language_of_the_reader() -> None:
    with pytest.raises(ValidationError) as refused:
        cleaned("a.txt", b"\xff")
    with translation.override("de"):
        (sentence,) = refused.value.messages
    assert "UTF-8" in sentence
    assert not sentence.startswith("The text")


def test_plain_text_is_kept_as_utf_8() -> None:
    assert cleaned("a.txt", "\ufeffFrüh\n".encode()) == "Früh\n".encode()
    assert cleaned("a.txt", b"BMW\n") == b"BMW\n"


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.txt", "Früh".encode("latin-1")),
        ("a.txt", b"<!DOCTYPE html><script>alert(1)</script>"),
        ("a.txt", b"\x00\x01"),
        ("a.pdf", b"<html><script>alert(1)</script></html>"),
        ("a.pdf", b"%PDF-1.4 <html>"),
        ("a.pdf", pdf_with()[:200]),
        ("a.pdf", b""),
        ("a.docx", pdf_with()),
        ("a.exe", b"MZ"),
        ("a.html", b"<p>"),
        ("a", b"x"),
    ],
)
def test_anything_else_is_refused(name: str, raw: bytes) -> None:
    with pytest.raises(ValidationError):
        cleaned(name, raw)


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a", b"\xff\xd8", b"\xff\xd8\xff", b"\xff\xd8\xff\xe1\x00", b"\xff\xd8" * 9]
)
def test_a_broken_photograph_is_said_to_be_broken(data: bytes) -> None:
    with pytest.raises(ValueError, match="JPEG"):
        without_metadata(data)
