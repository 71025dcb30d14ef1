"""The interface is complete in five languages, and the code that says so sees gaps and broken placeholders."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest

from devtools.inside import catalogs
from devtools.inside.catalogs import Marked, Message, extract
from devtools.inside.update_translations import update


@pytest.fixture(scope="module")
def marked() -> Marked:
    """Every text that the sources mark for translation."""
    return extract()


@pytest.mark.parametrize("language", catalogs.LANGUAGES)
def test_the_catalogue_is_complete(language: str, marked: Marked) -> None:
    path = catalogs.catalog_path(language)
    assert path.is_file()
    assert catalogs.problems(path, marked) == []


def test_every_catalogue_of_the_project_is_checked() -> None:
    assert set(catalogs.catalogs()) == {catalogs.catalog_path(language) for language in catalogs.LANGUAGES}


def test_texts_of_modules_and_templates_are_found(marked: Marked) -> None:
    origins = {place.rpartition(".")[2] for message in marked.values() for place, _line in message.places}
    assert origins == {"py", "html"} | (origins & {"txt"})
    assert any(message.plural for message in marked.values())
    assert any(message.context for message in marked.values())


def test_a_template_gives_each_kind_of_text(tmp_path: Path) -> None:
    template = tmp_path / "page.html"
    template.write_text(
        "{% load i18n %}{% translate 'Open' as x %}\n"
        '{% translate "May" context "month" %}{{ _("Shut") }}\n'
        "{% blocktranslate trimmed count counter=n %}\n  one house\n{% plural %}\n  {{ counter }} houses\n"
        "{% endblocktranslate %}",
        encoding="utf-8",
    )
    found = [message for _line, message in catalogs._from_template(template)]
    assert [(message.context, message.text, message.plural) for message in found] == [
        (None, "Open", ""),
        ("month", "May", ""),
        (None, "Shut", ""),
        (None, "one house", "%(counter)s houses"),
    ]


def entry(msgid: str, msgstr: str, **more: object) -> polib.POEntry:
    return polib.POEntry(msgid=msgid, msgstr=msgstr, **more)


@pytest.mark.parametrize(
    ("translated", "problem"),
    [
        (entry("Open", ""), "not translated"),
        (entry("Open", "Ouvert", flags=["fuzzy"]), "fuzzy"),
        (entry("%(count)s places", "places"), "placeholders"),
        (entry("{name} is open", "{nom} est ouvert"), "placeholders"),
        (entry("Shut", "Fermé"), "no longer used"),
        (entry("a house", "", msgid_plural="%(n)s houses", msgstr_plural={0: "une maison", 1: ""}), "plural form"),
        (
            entry("a house", "", msgid_plural="%(n)s houses", msgstr_plural={0: "une maison", 1: "maisons"}),
            "placeholders",
        ),
    ],
)
def test_a_gap_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, translated: polib.POEntry, problem: str
) -> None:
    monkeypatch.setattr(catalogs, "ROOT", tmp_path)
    path = tmp_path / "django.po"
    catalog = polib.POFile()
    catalog.append(translated)
    catalog.save(str(path))
    texts = [("Open", ""), ("%(count)s places", ""), ("{name} is open", ""), ("a house", "%(n)s houses")]
    known: Marked = {(None, text): Message(text, plural, places=[("a.py", "1")]) for text, plural in texts}
    assert any(problem in found for found in catalogs.problems(path, known))
    assert any("missing" in found for found in catalogs.problems(path, known))


def test_an_update_keeps_translations_and_drops_what_is_unused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogs, "LOCALE", tmp_path)
    texts: Marked = {(None, "Open"): Message("Open", places=[("a.py", "1"), ("a.py", "9"), ("b.html", "2")])}
    first = update("fr", texts)
    first[0].msgstr = "Ouvert"
    first.append(entry("Shut", "Fermé"))
    first.save(str(catalogs.catalog_path("fr")))
    texts[(None, "a house")] = Message("a house", "%(n)s houses", places=[("c.py", "1")])
    second = update("fr", texts)
    assert [(each.msgid, each.msgstr) for each in second] == [("Open", "Ouvert"), ("a house", "")]
    assert second[0].occurrences == [("a.py", ""), ("b.html", "")]
    assert second[1].msgstr_plural == {0: "", 1: ""}
