"""The interface's translations: what the sources mark, what the catalogues hold, and what is wrong between the two.

Babel reads the modules and Django turns the templates into calls, so GNU gettext is not needed.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polib
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

from devtools.conventions import project_files, templates
from devtools.places import ROOT

LOCALE = ROOT / "platform_site" / "locale"
# English is the source.
LANGUAGES = ("fr", "de", "es", "it")
_NOT_TRANSLATED = {"tests", "devtools", "bench", "scripts"}
_CALL = re.compile(r"\b(_|n?p?gettext)\(")
_LITERAL = re.compile(r"\s*u?(\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')\s*,?")
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
# The positions of context, singular and plural in the calls of each function (None: it has none).
_SHAPES: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
# Babel wants the names only; which argument is what stands above.
_KEYWORDS: dict[str, None] = dict.fromkeys(_SHAPES)


@dataclass
class Message:
    """One text of the interface and the places that use it."""

    text: str
    plural: str = ""
    context: str | None = None
    places: list[tuple[str, str]] = field(default_factory=list)

    @property
    def key(self) -> tuple[str | None, str]:
        """What tells messages apart in a catalogue."""
        return self.context, self.text


Marked = dict[tuple[str | None, str], Message]


def _from_call(function: str, parts: tuple[str | None, ...]) -> Message | None:
    """Return the message of one call, or None if its texts are not written out (a variable is passed on)."""
    context_at, text_at, plural_at = _SHAPES[function]
    wanted = [position for position in (context_at, text_at, plural_at) if position is not None]
    if len(parts) <= max(wanted) or any(not parts[position] for position in wanted):
        return None
    context = parts[context_at] if context_at is not None else None
    plural = parts[plural_at] if plural_at is not None else ""
    return Message(str(parts[text_at]), str(plural or ""), context)


def _from_module(path: Path) -> Iterator[tuple[int, Message]]:
    with path.open("rb") as source:
        for line, function, found, _comments in extract_python(source, _KEYWORDS, [], {}):
            # One text alone, or one per argument, None for what is no text; Babel's own types say less.
            parts: Any = found
            message = _from_call(str(function), (parts,) if isinstance(parts, str) else tuple(parts))
            if message:
                yield line, message


def _from_template(path: Path) -> Iterator[tuple[int, Message]]:
    code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for call in _CALL.finditer(code):
        values: list[str] = []
        position = call.end()
        while literal := _LITERAL.match(code, position):
            values.append(str(ast.literal_eval(literal.group(1))))
            position = literal.end()
        message = _from_call(call.group(1), tuple(values))
        if message:
            yield code.count("\n", 0, call.start()) + 1, message


def _sources() -> Iterator[tuple[Path, Iterator[tuple[int, Message]]]]:
    for path in project_files(".py"):
        parts = path.relative_to(ROOT).parts
        if parts[0] not in _NOT_TRANSLATED and "migrations" not in parts:
            yield path, _from_module(path)
    for path in templates():
        if path.relative_to(ROOT).parts[0] not in _NOT_TRANSLATED:
            yield path, _from_template(path)


def extract() -> Marked:
    """Return every text that a module or a template of ours marks for translation."""
    found: Marked = {}
    for path, messages in _sources():
        for line, message in messages:
            known = found.setdefault(message.key, message)
            # The same text may be marked with and without a plural; the catalogue then needs both forms.
            known.plural = known.plural or message.plural
            known.places.append((path.relative_to(ROOT).as_posix(), str(line)))
    return found


def catalog_path(language: str) -> Path:
    """Return where the catalogue of a language lies."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def catalogs() -> list[Path]:
    """Return every catalogue of the project."""
    return sorted(project_files(".po"))


def _placeholders(text: str) -> Counter[str]:
    return Counter(_PLACEHOLDER.findall(text.replace("%%", "")))


def _entry_problems(entry: polib.POEntry) -> Iterator[str]:
    if entry.fuzzy:
        yield "not confirmed (fuzzy)"
    if not entry.msgid_plural:
        if not entry.msgstr:
            yield "not translated"
        elif _placeholders(entry.msgid) != _placeholders(entry.msgstr):
            yield "other placeholders than the source"
        return
    if not entry.msgstr_plural or not all(entry.msgstr_plural.values()):
        yield "not translated in every plural form"
        return
    allowed = [_placeholders(entry.msgid), _placeholders(entry.msgid_plural)]
    if any(_placeholders(form) not in allowed for form in entry.msgstr_plural.values()):
        yield "other placeholders than the source"
    if _placeholders(entry.msgstr_plural[max(entry.msgstr_plural)]) != allowed[1]:
        yield "the last plural form lacks placeholders of the source"


def problems(path: Path, marked: Marked) -> list[str]:
    """Return what is wrong with one catalogue, a sentence each: gaps, placeholders, texts missing or left over."""
    name = path.relative_to(ROOT).as_posix()
    entries = [entry for entry in polib.pofile(str(path), encoding="utf-8") if not entry.obsolete]
    held = {(entry.msgctxt or None, entry.msgid): entry for entry in entries}
    found = [f"{name}: {problem}: {entry.msgid!r}" for entry in entries for problem in _entry_problems(entry)]
    found += [f"{name}: missing: {key[1]!r} ({marked[key].places[0][0]})" for key in marked.keys() - held.keys()]
    found += [f"{name}: no longer used: {key[1]!r}" for key in held.keys() - marked.keys()]
    found += [
        f"{name}: the plural form changed: {key[1]!r}"
        for key in held.keys() & marked.keys()
        if (held[key].msgid_plural or "") != marked[key].plural
    ]
    return sorted(found)


def all_problems() -> list[str]:
    """Return what is wrong with the catalogues of all languages; a missing catalogue is a problem too."""
    marked = extract()
    absent = [
        f"{catalog_path(code).relative_to(ROOT)}: missing" for code in LANGUAGES if not catalog_path(code).is_file()
    ]
    return absent + [problem for path in catalogs() for problem in problems(path, marked)]
