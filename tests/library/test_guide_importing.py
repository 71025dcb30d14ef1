"""Guides out of a package and back: nothing is lost, and the files come out as they went in."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from library.models import ChapterPage, GuidePage
from platform_site.records.packages.report import ImportReport
from platform_site.records.packages.running import import_package
from tests.factories import make_user
from tests.importing.conftest import edit, exported, files_of

pytestmark = pytest.mark.django_db

GUIDE = """title: "Papers for a journey"
subtitle: "What to ask for, and whom"
author: Ida Blom
author_organisation: Casa Lanterna
year: 2024
language: en
licence: "as in the handbook"
source: library/handbook.txt
source_lines: "1-90"
chapters: 3
summary: >-
  A short guide to papers
  and offices.
"""
FRENCH = """title: Des papiers pour un voyage
language: fr
summary: Un petit guide.
changes:
- date: 2026-02-01
  text: Nouvelles adresses.
"""
CHAPTERS = {
    "01-beginning.md": """---
title: "Before you begin"
number: "1"
order: 1
source_lines: "2-9"
---

> Papers are what an office believes.[^1]

Some words, *with weight*, and a [link](https://example.org/a?b=c).

## Which papers

1. A birth certificate
2. A photograph
   that is new

- loose

* other marks

### In the office

| Paper | Days |
| --- | ---: |
| Pass | 20 \\| 30 |

#### Deeper down

Text under it.

[^1]: A clerk said so.
[^2]: Another note
    on two lines.
""",
    "02-asking.md": """---
title: "Asking, and asking again"
number: "1.1"
order: 2
---

> [!checklist] Before the call
> - The file number
> - A pen

> [!safety] Names
> Say a code, never a name.

> [!definition] Consulate
> The office of a state in another one.

Last words.
""",
    "02-asking.fr.md": """---
title: "Demander, et redemander"
language: fr
number: "1.1"
---

Des mots.
""",
    "03-waiting.md": """---
title: "Waiting"
number: "1.2"
order: 3
---

Nothing but words.
""",
}
FILES = {"guide.yaml": GUIDE, "guide.fr.yaml": FRENCH, **CHAPTERS}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "package" / "guides" / "papers"
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def run(package: Path) -> Callable[..., ImportReport]:
    return lambda **options: import_package(options.pop("folder", package.parents[1]), **options)


def chapter(slug: str, language: str = "en") -> ChapterPage:
    return ChapterPage.objects.get(slug=slug, locale__language_code=language)


def titles(language: str) -> list[str]:
    shown = BeautifulSoup(Client().get(f"/{language}/guides/papers/").content, "html.parser")
    return [row.get_text(strip=True) for row in shown.select(".chapter-rows h3")]


def test_a_guide_arrives_with_its_chapters_in_order(run) -> None:
    report = run()
    assert not report.problems, report.lines()
    assert report.files["guides/"].created == 6
    guide = GuidePage.objects.get(slug="papers", locale__language_code="en")
    assert (guide.title, guide.authors, guide.year) == ("Papers for a journey", "Ida Blom", "2024")
    assert guide.intro == "A short guide to papers and offices."
    assert titles("en") == ["Before you begin", "Asking, and asking again", "Waiting"]
    assert titles("fr") == ["Before you begin", "Demander, et redemander", "Waiting"]
    assert titles("de") == titles("en")
    french = GuidePage.objects.get(slug="papers", locale__language_code="fr")
    assert [str(change) for change in french.changes.all()] == ["2026-02-01: Nouvelles adresses."]
    assert [block.block_type for block in chapter("asking").body] == ["checklist", "callout", "definition", "text"]
    assert [block.block_type for block in chapter("beginning").body] == [
        "text", "heading", "text", "heading", "table", "text", "notes",
    ]  # fmt: skip


def test_a_second_run_changes_nothing_and_the_files_come_out_byte_for_byte(run, tmp_path: Path) -> None:
    run()
    again = run()
    assert (again.changes, again.files["guides/"].same) == (0, 6)
    first = exported(tmp_path / "first")
    assert {name: first[f"guides/papers/{name}"] for name in FILES} == FILES
    assert [name for name in first if name.startswith("guides/")] == [f"guides/papers/{name}" for name in sorted(FILES)]
    for page in GuidePage.objects.filter(alias_of=None):
        GuidePage.objects.get(pk=page.pk).delete()
    GuidePage.objects.all().delete()
    assert not run(folder=tmp_path / "first").problems
    assert exported(tmp_path / "second") == first


def words_of(text: str) -> list[str]:
    """Return the words of a text without marks."""
    return re.findall(r"\w+", text)


@pytest.mark.parametrize("name", [name for name in CHAPTERS if ".fr." not in name])
def test_every_word_of_a_chapter_is_on_its_page(run, name: str) -> None:
    run()
    slug = name[3:].removesuffix(".md")
    shown = BeautifulSoup(Client().get(f"/en/guides/papers/{slug}/").content, "html.parser").select_one(".read")
    for hidden in shown.select(".visually-hidden"):
        hidden.decompose()
    source = CHAPTERS[name].split("---\n", 2)[2]
    # Marks of Markdown that are no words: kinds of boxes, the numbers of a list, the address of a link.
    source = re.sub(r"\[!\w+\]|^\d\. |\]\(\S+\)", " ", source, flags=re.MULTILINE)
    assert sorted(words_of(shown.get_text(" "))) == sorted(words_of(source))


def test_a_changed_chapter_arrives_alone(run, package: Path) -> None:
    run()
    before = chapter("beginning").latest_revision_id
    edit(package / "03-waiting.md", "Nothing but words.", "Nothing but more words.")
    report = run()
    assert (report.files["guides/"].changed, report.files["guides/"].same) == (1, 5)
    assert "more" in chapter("waiting").body_text
    assert chapter("beginning").latest_revision_id == before
    assert run().changes == 0


def test_chapters_come_go_and_change_places(run, package: Path, django_capture_on_commit_callbacks) -> None:
    run()
    (package / "03-waiting.md").unlink()
    edit(package / "01-beginning.md", "order: 1", "order: 2")
    edit(package / "02-asking.md", "order: 2", "order: 1")
    edit(package / "guide.yaml", "chapters: 3", "chapters: 2")
    with django_capture_on_commit_callbacks(execute=True):
        report = run()
    assert not report.problems
    assert report.files["guides/"].removed == 1
    assert titles("en") == ["Asking, and asking again", "Before you begin"]
    assert titles("fr") == ["Demander, et redemander", "Before you begin"]
    assert run().changes == 0


def test_a_translation_that_is_given_no_more_goes(run, package: Path) -> None:
    run()
    (package / "02-asking.fr.md").unlink()
    assert run().files["guides/"].removed == 1
    assert chapter("asking", "fr").alias_of_id == chapter("asking").pk
    assert run().changes == 0


def test_what_an_editor_changed_is_kept(run, package: Path) -> None:
    run()
    page = chapter("waiting")
    page.title = "Waiting, and how"
    page.save_revision(user=make_user("editor")).publish()
    edit(package / "03-waiting.md", "Nothing but words.", "Nothing but more words.")
    report = run()
    assert (report.changes, report.files["guides/"].kept) == (0, 1)
    assert chapter("waiting").title == "Waiting, and how"
    assert run(overwrite=True).files["guides/"].changed == 1
    assert chapter("waiting").title == "Waiting"


def test_a_guide_from_elsewhere_is_not_replaced(run, package: Path) -> None:
    run()
    (package.parents[1] / "package.yaml").write_text("format: 1\nsource: Another handbook\n", encoding="utf-8")
    edit(package / "guide.yaml", "Papers for", "Paper for")
    report = run()
    assert ["guides/papers/guide.yaml" in str(problem) for problem in report.problems] == [True]
    assert not run(overwrite=True).problems
    assert GuidePage.objects.get(slug="papers", locale__language_code="en").source == "Another handbook"


def test_what_is_made_on_the_site_travels(run, tmp_path: Path) -> None:
    from tests.library.guiding import make_guide, translate

    guide = make_guide("Made here", slug="made-here", year="2025", changes=[], chapters=2)
    translate(guide, "fr", "Fait ici")
    first = exported(tmp_path / "first")
    assert [name for name in first if name.startswith("guides/")] == [
        "guides/made-here/01-chapter-1.md",
        "guides/made-here/02-chapter-2.md",
        "guides/made-here/guide.fr.yaml",
        "guides/made-here/guide.yaml",
    ]
    GuidePage.objects.all().delete()
    assert not run(folder=tmp_path / "first").problems
    assert exported(tmp_path / "second") == first


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        ("guide.yaml", "title:", "colour:", "guide.yaml, colour: The format has no such key."),
        ("guide.yaml", 'title: "Papers for a journey"', "title: ''", "guide.yaml, title: The value is missing."),
        ("guide.yaml", "chapters: 3", "chapters: 4", "guide.yaml, chapters: There are 3 chapters in the folder."),
        (
            "guide.yaml",
            "source: library/handbook.txt",
            "source: document:none",
            "guide.yaml, source: The library has no document 'none'.",
        ),
        ("guide.fr.yaml", "2026-02-01", "soon", "guide.fr.yaml, changes.1.date: "),
        ("guide.fr.yaml", "language: fr", "language: en", "There is another file of this in this language."),
        ("guide.yaml", "year: 2024", "year: [1]", "guide.yaml, year: "),
        ("01-beginning.md", "order: 1", "order: first", "01-beginning.md, order: Expected a whole number."),
        ("01-beginning.md", "| Pass | 20 \\| 30 |", "| Pass |", "The site cannot hold this table"),
        ("02-asking.md", "Last words.", "We are {{figure:nothing}}.", "The site cannot hold this text"),
        ("02-asking.md", "Last words.", "> [!documents] Read\n> - none", "The library has no document 'none'."),
        ("03-waiting.md", "title:", "kind: plain\ntitle:", "03-waiting.md, kind: The format has no such key."),
        ("03-waiting.md", 'title: "Waiting"', "title: A\nslug: print", "The site itself uses this address."),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(
    run, package: Path, name: str, old: str, new: str, sentence: str
) -> None:
    edit(package / name, old, new)
    report = run()
    assert any(sentence in str(problem) for problem in report.problems), [str(problem) for problem in report.problems]
    assert not GuidePage.objects.exists()


def test_a_folder_without_its_guide_and_a_translation_without_its_original_are_refused(run, package: Path) -> None:
    (package / "02-asking.md").unlink()
    edit(package / "guide.yaml", "chapters: 3", "chapters: 2")
    assert "A translation needs its original" in str(run().problems[0])
    (package / "guide.yaml").unlink()
    assert any("guide.yaml: The file is missing." in str(problem) for problem in run().problems)


def test_what_is_no_part_of_a_guide_is_named(run, package: Path) -> None:
    (package / "photo.jpg").write_bytes(b"")
    (package.parent / "notes.txt").write_text("x", encoding="utf-8")
    notes: Any = " ".join(str(note) for note in run().notes)
    assert "guides/papers/photo.jpg: No part of a guide" in notes
    assert "guides/notes.txt: No guide of the format" in notes
    assert files_of(package)["guide.yaml"] == GUIDE
