"""Reads a document in a process of its own: whatever a hostile file does to the reading library ends with it.

Run inside its limits by `extraction.child`: the kind of file and the most pages and characters as arguments, the file
on standard input, one JSON object on standard output. Knows nothing of the site; it must not import Django.
"""

from __future__ import annotations

import base64
import io
import itertools
import json
import re
import sys
import time
import unicodedata
import zipfile
from typing import Any

from library.extraction.plain import blocks_of

# Letters as they are printed, joined or in the form that their neighbours ask for (Latin, Armenian, Hebrew, Arabic):
# nobody types them in a search.
_PRINTED = {code: unicodedata.normalize("NFKC", chr(code)) for code in (*range(0xFB00, 0xFE00), *range(0xFE70, 0xFEFD))}
# Soft hyphens and what cannot be stored.
_CLEAN = str.maketrans({**_PRINTED, "\u00ad": "", "\ufffe": "-", "\r": "\n"})
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
PREVIEW_WIDTH = 320
# A page of which pictures cover so much is the picture of a page; fewer characters on it are a page number or a stamp,
# and no stamp is longer than that.
COVERED, SHORTEST_TEXT, LONGEST_STAMP = 0.5, 16, 60
# Seconds of this process after which no page is read a second time: the whole has 20.
SECOND_READING = 8
_TURNED = re.compile("(?<![\u0620-\u064a])[\u0629\u0649][\u0620-\u064a]")
# So many things on a page are looked at for pictures.
MOST_OBJECTS = 500
# A word, as against numbers and single letters; what is no letter.
_WORD = re.compile(r"[^\W\d_]{2}")
# What paints in the language of pages, but text.
_PAINTED = re.compile(rb"(?<![\w/])(?:[fFBbSs]\*?|sh|Do)(?!\w)")
_NO_LETTERS = re.compile(r"[\W\d_]+")
MOST_XML = 60 * 1024 * 1024
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def clean(text: str) -> str:
    """Return `text` without ligatures, soft hyphens and control characters."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").translate(_CLEAN))


def read_pdf(data: bytes, most_pages: int, most_characters: int) -> dict[str, Any]:
    """Return state, number of pages, a block for each page, and a picture of the first."""
    try:
        return _with_pdfium(data, most_pages, most_characters)
    except ImportError:
        return _with_pypdf(data, most_pages, most_characters)


def _with_pdfium(data: bytes, most_pages: int, most_characters: int) -> dict[str, Any]:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            return {"state": "encrypted"}
        return _with_pypdf(data, most_pages, most_characters)
    pages, second = len(pdf), _SecondReader(data)

    def texts() -> Any:
        for number in range(min(pages, most_pages)):
            page = pdf[number]
            text_page = page.get_textpage()
            text = second.better(number, text_page.get_text_bounded())
            # A page with more words than a stamp has is a text, whatever else it shows.
            yield text, _shown(page) if len(text) < LONGEST_STAMP else 0.0
            text_page.close()
            page.close()

    result = _pages(texts(), pages, most_characters)
    result["preview"] = _preview(pdf)
    return result


class _SecondReader:
    """Reads Arabic pages again whose words came out backwards, as pdfium reads those of some programs."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._reader: Any = None

    def better(self, number: int, text: str) -> str:
        """Return the text of page `number` (from 0) with fewer words read backwards: `text`, or as pypdf reads it."""
        turned = _turned(text)
        if not turned or time.process_time() > SECOND_READING:
            return text
        try:
            if self._reader is None:
                import pypdf

                self._reader = pypdf.PdfReader(io.BytesIO(self._data))
            found = clean(self._reader.pages[number].extract_text())
        except Exception as error:  # noqa: BLE001  pypdf has many errors for odd files; the first reading stands
            print(type(error).__name__, file=sys.stderr)  # noqa: T201
            return text
        return found if _turned(found) < turned else text


def _turned(text: str) -> int:
    """Return how many words begin with a letter that only ends Arabic words: they were read backwards."""
    return len(_TURNED.findall(text))


def _shown(page: Any) -> float | None:
    """Return which part of a page its pictures cover (1.0 is all of it); None for a page that shows nothing at all."""
    import pypdfium2.raw

    width, height = page.get_size()
    covered, is_drawn = 0.0, False
    for found in itertools.islice(page.get_objects(max_depth=3), MOST_OBJECTS):
        is_drawn = is_drawn or found.type != pypdfium2.raw.FPDF_PAGEOBJ_TEXT
        if found.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = found.get_bounds() if found.level == 0 else (0, 0, width, height)
            wide, high = min(right, width) - max(left, 0), min(top, height) - max(bottom, 0)
            covered += max(wide, 0) * max(high, 0) / max(width * height, 1)
    return min(covered, 1.0) if is_drawn else None


def _shown_by_pypdf(page: Any) -> float | None:
    """Return 1.0 for a page with a picture, whatever its size, 0.0 for one with other marks, None for an empty one."""

    def part(holder: Any, name: str) -> Any:
        found = holder.get(name)
        return {} if found is None else found.get_object()

    pictures = part(part(page, "/Resources"), "/XObject").values()
    if any(one.get_object().get("/Subtype") == "/Image" for one in pictures):
        return 1.0
    contents = page.get_contents()
    return 0.0 if contents is not None and _PAINTED.search(contents.get_data()) else None


def _preview(pdf: Any) -> str:
    page = pdf[0]
    width, height = page.get_size()
    # A page of absurd shape gets no picture: drawing it would take all the memory.
    if not (width > 0 and height > 0 and 0.1 < height / width < 6):
        return ""
    picture = page.render(scale=PREVIEW_WIDTH / width).to_pil().convert("RGB")
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    return base64.b64encode(buffer.getvalue()).decode()


def _with_pypdf(data: bytes, most_pages: int, most_characters: int) -> dict[str, Any]:
    import pypdf

    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            return {"state": "encrypted"}
        pages = len(reader.pages)
        first = (reader.pages[number] for number in range(min(pages, most_pages)))
        return _pages(((page.extract_text(), _shown_by_pypdf(page)) for page in first), pages, most_characters)
    except (pypdf.errors.PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return {"state": "broken"}


def _pages(texts: Any, pages: int, most_characters: int) -> dict[str, Any]:
    """Return state and blocks of a PDF; `texts` are those of its pages, each with what pictures cover of it."""
    blocks: list[dict[str, Any]] = []
    covers: list[float | None] = []
    total = 0
    for number, (text, cover) in enumerate(texts, start=1):
        words = clean(text).strip()
        total += len(words)
        if total > most_characters:
            break
        blocks.append({"text": words, "page": number})
        covers.append(cover)
    if blocks and (state := _without_text([block["text"] for block in blocks], covers)):
        return {"state": state, "pages": pages, "blocks": []}
    return {"state": "read" if len(blocks) == pages else "too_long", "pages": pages, "blocks": blocks}


def _without_text(texts: list[str], covers: list[float | None]) -> str:
    """Return why pages with these texts are no text: "no_text", "empty"; "" where they are one, however short.

    A page number or a stamp on a picture of a page is no text, nor is the same line on all such pictures.
    """
    scans = [text for text, cover in zip(texts, covers, strict=True) if cover is not None and cover >= COVERED]
    stamps = {_NO_LETTERS.sub("", text) for text in scans}
    is_stamped = len(scans) > 1 and len(stamps) == 1
    held = 0
    for text, cover in zip(texts, covers, strict=True):
        is_scan = cover is not None and cover >= COVERED
        held += bool(_WORD.search(text)) and not (is_scan and (is_stamped or len(text) < SHORTEST_TEXT))
    if not held:
        return "no_text" if any(cover is not None for cover in covers) else "empty"
    # A cover sheet before the pictures of the pages: what is to be read is in the pictures.
    length = sum(len(text) for text in texts)
    is_scanned = len(scans) > len(texts) / 2
    return "no_text" if is_scanned and length < SHORTEST_TEXT * min(len(texts), 8) else ""


def read_office(data: bytes, kind: str, most_characters: int) -> dict[str, Any]:
    """Return the paragraphs of a DOCX or ODT as blocks under their headings."""
    from defusedxml.ElementTree import fromstring

    name = "word/document.xml" if kind == "docx" else "content.xml"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package, package.open(name) as part:
            xml = part.read(MOST_XML + 1)
        if len(xml) > MOST_XML:
            return {"state": "too_long", "blocks": []}
        root = fromstring(xml, forbid_dtd=True)
    except Exception as error:  # noqa: BLE001  every way of being broken has one answer; the process ends here
        print(type(error).__name__, file=sys.stderr)  # noqa: T201
        return {"state": "broken"}
    blocks: list[dict[str, Any]] = []
    heading, level, kept, total, state = "", 0, list[str](), 0, "read"

    def close() -> None:
        if heading or kept:
            blocks.append({"text": "\n\n".join(kept), "heading": heading, "level": level})
        kept.clear()

    for found_level, text in _word_paragraphs(root) if kind == "docx" else _odt_paragraphs(root):
        words = clean(text).strip()
        total += len(words)
        if total > most_characters:
            state = "too_long"
            break
        if not words:
            continue
        if found_level and len(words) <= 300:
            close()
            heading, level = " ".join(words.split()), found_level
        else:
            kept.append(words)
    close()
    return {"state": state if total else "empty", "blocks": blocks if total else []}


def _word_paragraphs(root: Any) -> Any:
    for paragraph in root.iter(f"{WORD}p"):
        style = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
        name = style.get(f"{WORD}val", "") if style is not None else ""
        outline = paragraph.find(f"{WORD}pPr/{WORD}outlineLvl")
        level = 0
        match = re.match(r"(?i)(?:heading|berschrift|titre|titolo|t[ií]tulo)\s*([1-6])\Z", name.lstrip("Üü"))
        if match:
            level = int(match.group(1))
        elif name.lower() == "title":
            level = 1
        elif outline is not None and outline.get(f"{WORD}val", "9").isdecimal():
            found = int(outline.get(f"{WORD}val", "9"))
            level = found + 1 if found < 6 else 0
        words = []
        for node in paragraph.iter():
            if node.tag == f"{WORD}t":
                words.append(node.text or "")
            elif node.tag in {f"{WORD}tab", f"{WORD}br"}:
                words.append(" " if node.tag.endswith("tab") else "\n")
        yield level, "".join(words)


def _odt_paragraphs(root: Any) -> Any:
    for node in root.iter():
        if node.tag == f"{TEXT}h":
            level = node.get(f"{TEXT}outline-level", "1")
            yield (min(6, int(level)) if level.isdecimal() else 1), _odt_text(node)
        elif node.tag == f"{TEXT}p":
            yield 0, _odt_text(node)


def _odt_text(node: Any) -> str:
    words = [node.text or ""]
    for child in node:
        if child.tag == f"{TEXT}s":
            count = child.get(f"{TEXT}c", "1")
            words.append(" " * (min(int(count), 80) if count.isdecimal() else 1))
        elif child.tag in {f"{TEXT}tab", f"{TEXT}line-break"}:
            words.append(" " if child.tag.endswith("tab") else "\n")
        elif child.tag not in {f"{TEXT}p", f"{TEXT}h", f"{TEXT}note"}:
            words.append(_odt_text(child))
        words.append(child.tail or "")
    return "".join(words)


def read_text(data: bytes, most_characters: int) -> dict[str, Any]:
    """Return the blocks of a plain text."""
    text = data.decode("utf-8-sig", errors="replace").replace("\x00", "")
    if not text.strip():
        return {"state": "empty", "blocks": []}
    kept = text[:most_characters]
    blocks = [{"text": block.text, "heading": block.heading, "level": block.level} for block in blocks_of(kept)]
    return {"state": "read" if kept == text else "too_long", "blocks": blocks}


def main() -> None:
    """Read standard input, and write what was found."""
    kind, most_pages, most_characters = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    data = sys.stdin.buffer.read()
    if kind == "pdf":
        result = read_pdf(data, most_pages, most_characters)
    elif kind == "txt":
        result = read_text(data, most_characters)
    else:
        result = read_office(data, kind, most_characters)
    sys.stdout.write(json.dumps(result))


if __name__ == "__main__":
    main()
