"""Of DOCX and ODT only the parts of a text stay; what they hide is found wherever it stands."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError

from tests.safety.test_documents import RELATIONS, WORD, cleaned, docx, odt
from tests.safety.test_uploads import SECRET, picture


def field(*runs: str, result: str = "") -> str:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    words = "".join(f"<w:r><w:instrText>{run}</w:instrText></w:r>" for run in runs)
    return f"{begin}{words}{separate}<w:r><w:t>{result}</w:t></w:r>{end}"


def related(*rows: tuple[str, str]) -> dict[str, str]:
    """Relations of the text, as kind and target, numbered r0, r1 ..."""
    lines = "".join(
        f'<Relationship Id="r{number}" Type="{REFERENCE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(rows)
    )
    return {"word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">{lines}</Relationships>'}


REFERENCE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHOWN = f'<w:p><w:drawing xmlns:r="{REFERENCE}"><x r:embed="r0"/></w:drawing></w:p>'
TRACKED_WORDS = ["cellIns", "cellDel", "tcPrChange", "tblPrChange", "trPrChange", "sectPrChange", "numberingChange"]


@pytest.mark.parametrize(
    ("name", "raw", "word"),
    [
        ("a.docx", docx(field("DD", "EAUTO c:/x cmd.exe")), "elsewhere"),
        ("a.docx", docx(field("INCLUDE", "PICTURE", " x")), "elsewhere"),
        ("a.docx", docx('<w:p><w:fldSimple w:instr=" dde x"/></w:p>'), "elsewhere"),
        ("a.docx", docx(field("").replace("<w:instrText>", field("QUOTE 68 68 69") + "<w:instrText>")), "elsewhere"),
        ("a.docx", docx(**related(("aFChunk", "x.htm")), **{"word/x.htm": "<script/>"}), "macros"),
        ("a.docx", docx('<w:altChunk xmlns:r="x"/>'), "macros"),
        ("a.docx", docx(**related(("oleObject", "obj/pay.ole")), **{"word/obj/pay.ole": b"x"}), "macros"),
        ("a.docx", docx(SHOWN, **related(("chart", "charts/c.xml")), **{"word/charts/c.xml": "<a/>"}), "chart"),
        ("a.docx", docx(SHOWN, **related(("image", "media/a.emf")), **{"word/media/a.emf": b"x"}), "picture"),
        ("a.docx", docx("<w:p>" * 300 + "</w:p>" * 300), "too much"),
        ("a.odt", odt("<text:span>" * 3000 + "</text:span>" * 3000), "too much"),
        ("a.odt", odt('<draw:object xlink:href="./Object 1"/>', **{"Object 1/content.xml": "<a/>"}), "object"),
        ("a.odt", odt('<draw:image xlink:href="Pictures/a.tiff"/>', **{"Pictures/a.tiff": b"II*"}), "picture"),
        ("a.odt", odt("<draw:image><office:binary-data>AA</office:binary-data></draw:image>"), "picture"),
        *(("a.docx", docx(f'<w:p><w:{name} w:author="A. Person"/></w:p>'), "changes") for name in TRACKED_WORDS),
    ],
)
def test_what_an_office_document_hides_is_found(name: str, raw: bytes, word: str) -> None:
    with pytest.raises(ValidationError, match=word):
        cleaned(name, raw)


def kept_of(name: str, raw: bytes) -> dict[str, bytes]:
    once = cleaned(name, raw)
    with zipfile.ZipFile(io.BytesIO(once)) as archive:
        return {part: archive.read(part) for part in archive.namelist()}


def test_only_the_parts_of_a_text_stay_in_a_docx() -> None:
    rows = (
        ("image", "media/a.jpe"),
        ("styles", "styles2.xml"),
        ("header", "/word/header1.xml"),
        ("styles", "evil.dll"),
    )
    author = field(" AUTHOR ", result=SECRET) + f'<w:fldSimple w:instr="LASTSAVEDBY"><w:t>{SECRET}</w:t></w:fldSimple>'
    body = (
        f'<w:p w:rsidR="00AB12" w:author="{SECRET}">{author}<w:t>Words stay.</w:t></w:p>{SHOWN}'
        f"<!-- {SECRET} -->{field(' PAGE ', result='7')}"
    )
    picture_part = related(("image", "media/b.jfif"))["word/_rels/document.xml.rels"]
    kept = kept_of(
        "a.docx",
        docx(
            body,
            **related(*rows),
            **{
                "word/media/a.jpe": picture("JPEG"),
                "word/media/b.jfif": picture("JPEG"),
                "word/styles2.xml": f"<w:styles {WORD}/>",
                "word/header1.xml": f'<w:hdr {WORD} xmlns:r="{REFERENCE}"><x r:embed="r0"/></w:hdr>',
                "word/_rels/header1.xml.rels": picture_part,
                "package/services/metadata/core-properties/x.psmdcp": f"<a>{SECRET}</a>",
                "docProps/core0.xml": f"<a>{SECRET}</a>",
                "word/evil.dll": SECRET,
                "word/payload.hta": SECRET,
                "word/media/lost.tiff": SECRET,
            },
        ),
    )
    assert set(kept) == {
        "[Content_Types].xml",
        "_rels/.rels",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/styles2.xml",
        "word/header1.xml",
        "word/_rels/header1.xml.rels",
        "word/media/a.jpe",
        "word/media/b.jfif",
    }
    assert not [part for part, content in kept.items() if SECRET.encode() in content]
    assert b"Words stay." in kept["word/document.xml"]
    assert b">7<" in kept["word/document.xml"]
    assert b"rsidR" not in kept["word/document.xml"]
    assert b"evil" not in kept["word/_rels/document.xml.rels"]
    assert b'"image/jpeg"' in kept["[Content_Types].xml"]


def test_settings_of_a_docx_that_say_more_than_the_looks_go() -> None:
    settings = f'<w:settings {WORD}><w:docVars w:val="{SECRET}"/><w:evenAndOddHeaders/></w:settings>'
    kept = kept_of("a.docx", docx(**related(("settings", "settings.xml")), **{"word/settings.xml": settings}))
    assert SECRET.encode() not in kept["word/settings.xml"]
    assert b"evenAndOddHeaders" in kept["word/settings.xml"]


def test_a_twin_of_a_picture_in_another_kind_goes() -> None:
    twin = '<blip r:embed="r0"><extLst><ext><svgBlip r:embed="r1"/></ext></extLst></blip>'
    twin = f'<w:p xmlns:r="{REFERENCE}">{twin}</w:p>'
    rows = related(("image", "media/image1.jpeg"), ("image", "media/x.svg"))
    kept = kept_of("a.docx", docx(twin, **{"word/media/x.svg": f"<svg>{SECRET}</svg>"}, **rows))
    assert "word/media/x.svg" not in kept
    assert b"svgBlip" not in kept["word/document.xml"]
    assert b'r:embed="r0"' in kept["word/document.xml"]


def test_only_the_parts_of_a_text_stay_in_an_odt() -> None:
    body = (
        f"<text:p><text:author-name>{SECRET}</text:author-name><text:initial-creator>{SECRET}</text:initial-creator>"
        f'Words stay.<draw:image xlink:href="Pictures/one.png"/></text:p>'
    )
    more = {
        "settings.xml": f"<a>{SECRET}</a>",
        "Pictures/a.tiff": SECRET,
        "x/payload.hta": SECRET,
        "styles.xml": "<a/>",
    }
    kept = kept_of("a.odt", odt(body, **more))
    assert list(kept) == ["mimetype", "Pictures/one.png", "content.xml", "styles.xml", "META-INF/manifest.xml"]
    assert not [part for part, content in kept.items() if SECRET.encode() in content]
    assert b"Words stay." in kept["content.xml"]
