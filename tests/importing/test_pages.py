"""Plain pages out of a package and back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from wagtail.models import Page

from platform_site.home.importing import FOLDER
from platform_site.home.models import HomePage, PlainPage
from tests.factories import make_user
from tests.importing.conftest import PACKAGE, edit, exported

FILES = {path.name: path.read_text(encoding="utf-8") for path in (PACKAGE / FOLDER).glob("*.md")}


def page(slug, language="en"):
    return PlainPage.objects.get(slug=slug, locale__language_code=language)


def write(package, name, head, body="\nText.\n"):
    (package / FOLDER / name).write_text(f"---\n{head}---\n{body}", encoding="utf-8")


@pytest.fixture
def pages(run, package):
    """Import the pages of the package alone."""
    return lambda **options: run(only=["pages"], **options)


def test_pages_arrive_with_their_blocks_and_their_place(pages):
    report = pages(today=dt.date(2026, 2, 3))
    assert not report.problems
    assert report.files[FOLDER].created == 4
    overview = page("category-b")
    assert overview.live
    assert (overview.title, overview.kind, overview.category) == ("Category B: first help", "category_overview", "B")
    assert [block.block_type for block in overview.body] == [
        "text",
        "heading",
        "table",
        "text",
        "heading",
        "text",
        "notes",
    ]
    assert (overview.source, overview.imported_on, overview.checked_on) == (
        "package",
        dt.date(2026, 2, 3),
        dt.date(2026, 1, 31),
    )
    history = page("history")
    assert history.get_parent().slug == "about"
    assert history.intro == "How it began."


def test_files_with_one_key_are_one_page_in_several_languages(pages):
    pages()
    french, english = page("about", "fr"), page("about")
    assert french.translation_key == english.translation_key
    assert (french.alias_of_id, english.alias_of_id) == (None, None)
    assert french.pk < english.pk
    assert page("about", "de").alias_of_id == french.pk
    assert english.originals["source_lines"] == "3-9"
    answer = Client().get("/en/about/")
    assert answer.status_code == 200
    assert "Who we are." in answer.content.decode()


def test_a_second_run_changes_nothing_and_an_export_gives_the_files_again(pages, run, tmp_path):
    pages()
    report = pages(today=dt.date(2030, 1, 1))
    assert (report.changes, report.files[FOLDER].same) == (0, 4)
    first = exported(tmp_path / "first")
    assert {name.removeprefix(FOLDER): text for name, text in first.items() if name.startswith(FOLDER)} == FILES
    Page.objects.filter(depth__gt=2).delete()
    assert not PlainPage.objects.exists()
    assert not run(folder=tmp_path / "first").problems
    assert exported(tmp_path / "second") == first


def test_what_is_written_on_the_site_travels(run, pages, tmp_path, django_capture_on_commit_callbacks):
    pages()
    home = HomePage.objects.get(locale__language_code="en", alias_of=None)
    made = home.add_child(instance=PlainPage(title="Made here", slug="made-here", kind="plain"))
    made.body = [
        ("text", "Some words."),
        ("callout", {"kind": "safety", "title": "Take care", "text": "Look."}),
        ("links", {"title": "", "links": [{"label": "Directory", "page": None, "address": "/directory/", "note": ""}]}),
    ]
    made.save_revision().publish()
    first = exported(tmp_path / "first")
    written = first["pages/made-here.md"]
    assert "Some words.\n\n> [!safety] Take care\n> Look.\n\n> [!links]\n> - [Directory](/directory/)" in written
    with django_capture_on_commit_callbacks(execute=True):
        made.delete()
    assert not run(folder=tmp_path / "first").problems
    assert exported(tmp_path / "second") == first


def test_a_change_of_the_package_arrives_in_its_language_alone(pages, package):
    pages()
    before = page("about", "fr").latest_revision_id
    edit(package / FOLDER / "about.md", "Who we are.", "Who we are today.")
    report = pages()
    assert (report.files[FOLDER].changed, report.files[FOLDER].same) == (1, 3)
    assert "today" in page("about").body_text
    assert page("about", "fr").latest_revision_id == before
    assert pages().changes == 0


def test_what_an_editor_changed_is_kept(pages, package):
    pages()
    french = page("about", "fr")
    french.title = "Qui nous sommes"
    french.save_revision(user=make_user("editor")).publish()
    edit(package / FOLDER / "about.md", "Who we are.", "Who we are today.")
    report = pages()
    assert (report.changes, report.files[FOLDER].kept) == (0, 2), report.lines()
    assert "'about' is kept" in str(report.kept[0])
    assert page("about", "fr").title == "Qui nous sommes"
    assert pages(overwrite=True).files[FOLDER].changed == 2
    assert page("about", "fr").title == "À propos"


def test_a_page_made_on_the_site_is_not_taken_over(pages, package):
    home = HomePage.objects.get(locale__language_code="en", alias_of=None)
    home.add_child(instance=PlainPage(title="Ours", slug="category-b", kind="plain"))
    report = pages()
    assert not report.problems
    assert report.files[FOLDER].kept == 1
    assert page("category-b").title == "Ours"


def test_a_translation_that_is_given_no_more_goes_and_what_stands_below_it_stays(pages, package):
    pages()
    (package / FOLDER / "about.md").unlink()
    assert pages().files[FOLDER].removed == 1
    alias = page("about")
    assert (alias.alias_of_id, alias.title, alias.text_language) == (page("about", "fr").pk, "À propos", "fr")
    assert page("history").live
    assert pages().changes == 0


def test_a_trial_run_leaves_no_page(pages):
    assert pages(dry_run=True).files[FOLDER].created == 4
    assert not PlainPage.objects.exists()


@pytest.mark.parametrize(
    ("head", "body", "sentence"),
    [
        ("kind: plain\n", "\n", "pages/new.md, title: The value is missing."),
        ("title: A\n", "\n", "pages/new.md, kind: The value is missing."),
        ("title: A\nkind: poem\n", "\n", "pages/new.md, kind: Value 'poem' is not a valid choice."),
        ("title: A\nkind: plain\ncolour: blue\n", "\n", "pages/new.md, colour: The format has no such key."),
        ("title: 4\nkind: plain\n", "\n", "pages/new.md, title: Expected a text"),
        ("title: A\nkind: category_overview\n", "\n", "Say of which category this is the overview."),
        (
            "title: A\nkind: plain\nlanguage: ro\n",
            "\n",
            "pages/new.md, language: The site has no pages in this language.",
        ),
        ("title: A\nkind: plain\nlanguage: xx\n", "\n", "pages/new.md, language: 'xx' is no code"),
        ("title: A\nkind: plain\nparent: nowhere\n", "\n", "There is no page 'nowhere' to stand below."),
        ("title: A\nkind: plain\nslug: directory\n", "\n", "The site itself uses this address."),
        ("title: A\nkind: plain\nkey: about\n", "\n", "There is another file of 'about' in this language."),
        ("title: A\nkind: about\nkey: about\nlanguage: de\noriginal: true\n", "\n", "Another file says that it is the"),
        ("title: A\nkind: plain\noriginal: perhaps\n", "\n", "pages/new.md, original: Expected true or false."),
        ("title: A\nkind: plain\nimported_on: soon\n", "\n", "pages/new.md, imported_on: "),
        (
            "title: A\nkind: plain\n",
            "\n| a | b |\n|---|---|\n| c |\n",
            "The site cannot hold this table: Row 2 has 1 cells",
        ),
        (
            "title: A\nkind: plain\n",
            "\nWe are {{figure:nothing}}.\n",
            "pages/new.md, body: The site cannot hold this text",
        ),
        ("title: A\nkind: plain\n", f"\n## {'A' * 201}\n", "The site cannot hold this heading: "),
        ("title: [\n", "\n", "pages/new.md: The YAML is damaged"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(pages, package, head, body, sentence):
    write(package, "new.md", head, body)
    report = pages()
    assert any(sentence in str(problem) for problem in report.problems), [str(problem) for problem in report.problems]
    assert not PlainPage.objects.exists()


def test_files_that_are_no_pages_are_named(pages, package):
    (package / FOLDER / "photo.jpg").write_bytes(b"")
    (package / FOLDER / "plain.md").write_text("No front matter.")
    report = pages()
    assert [str(problem) for problem in report.problems] == [
        "pages/plain.md, line 1: The file does not begin with front matter between two lines ---."
    ]
    (package / FOLDER / "plain.md").unlink()
    assert "pages/photo.jpg: No page of the format" in str(pages().notes[0])
