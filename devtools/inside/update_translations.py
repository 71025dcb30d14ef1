"""Bring the catalogues in step with the sources: new texts are added empty, unused ones go, translations stay."""

from __future__ import annotations

import django
import polib
from django.conf import settings

from devtools.inside.catalogs import LANGUAGES, Marked, Message, catalog_path, extract
from devtools.places import ROOT

_PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "de": "nplurals=2; plural=(n != 1);",
    "es": "nplurals=2; plural=(n != 1);",
    "it": "nplurals=2; plural=(n != 1);",
}


def _updated(entry: polib.POEntry | None, message: Message) -> polib.POEntry:
    """Return the catalogue's entry for a message, with the translation that it had."""
    # Line numbers would change with every edit of a source and fill the history; the file is enough to find a text.
    places = [(place, "") for place in dict.fromkeys(place for place, _line in message.places)]
    result = polib.POEntry(msgid=message.text, msgctxt=message.context, occurrences=places)
    if message.plural:
        result.msgid_plural = message.plural
        kept = entry.msgstr_plural if entry is not None else {}
        # A text that gained a plural keeps its translation as the singular.
        first = entry.msgstr if entry is not None and not kept else ""
        result.msgstr_plural = dict(kept) or {0: first, 1: ""}
    elif entry is not None:
        result.msgstr = entry.msgstr or entry.msgstr_plural.get(0, "")
    if "%" in message.text + message.plural:
        result.flags = ["python-format"]
    return result


def update(language: str, marked: Marked) -> polib.POFile:
    """Write the catalogue of one language; gives it."""
    path = catalog_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    old = polib.pofile(str(path), encoding="utf-8") if path.is_file() else polib.POFile()
    held = {(entry.msgctxt or None, entry.msgid): entry for entry in old if not entry.obsolete}
    new = polib.POFile(wrapwidth=100)
    new.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": _PLURALS[language],
    }
    for key in sorted(marked, key=lambda key: (marked[key].places[0][0], int(marked[key].places[0][1]), key[1])):
        new.append(_updated(held.get(key), marked[key]))
    new.save(str(path))
    return new


if __name__ == "__main__":
    settings.configure(USE_I18N=True)
    django.setup()
    texts = extract()
    for code in LANGUAGES:
        catalog = update(code, texts)
        print(
            f"{catalog_path(code).relative_to(ROOT)}: {len(catalog)} texts, {len(catalog.untranslated_entries())} open"
        )
