"""Computed figures: registered, counted for the reader, refused when unknown."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import SafeString

from platform_site.blocks import figures
from platform_site.blocks.reading import local_path, reading_text


@pytest.fixture(autouse=True)
def sheep(monkeypatch: pytest.MonkeyPatch) -> None:
    """A figure that counts more for people who signed in."""
    monkeypatch.setattr(figures, "_figures", dict(figures._figures))
    figures.register("sheep", "Sheep", lambda user: 1234 if getattr(user, "is_authenticated", False) else 7)


class Signed:
    is_authenticated = True


def test_a_figure_is_counted_for_its_reader() -> None:
    assert figures.value("sheep", None) == 7
    assert figures.value("sheep", AnonymousUser()) == 7
    assert figures.value("sheep", Signed()) == 1234


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "1,234"), ("de", "1.234"), ("fr", "1\u202f234"), ("it", "1.234")]
)
def test_digits_are_grouped_as_the_language_does(language: str, shown: str) -> None:
    with translation.override(language):
        assert figures.shown("sheep", Signed()).replace("\xa0", "\u202f") == shown


def test_names_are_words_and_belong_to_one_app() -> None:
    for wrong in ("Sheep", "1sheep", "", "two words", "é"):
        with pytest.raises(ValueError, match="cannot be named"):
            figures.register(wrong, "x", lambda user: 1)
    with pytest.raises(ValueError, match="already"):
        figures.register("sheep", "x", lambda user: 1)


@pytest.mark.parametrize(
    "text", ["There are {{figure:sheep}}.", "{{ figure: sheep }} and {{figure:sheep}}", "a { b } c"]
)
def test_known_mentions_pass(text: str) -> None:
    figures.check_mentions(text)


# "|safe" is one of the texts that must be refused: a mention takes no filter.
@pytest.mark.parametrize(
    "text", ["{{figure:wolves}}", "{{sheep}}", "{{ figure sheep }}", "{{figure:sheep|safe}}", "{{}}"]
)
def test_unknown_mentions_are_refused_with_the_names_there_are(text: str) -> None:
    with pytest.raises(ValidationError, match="sheep"):
        figures.check_mentions(text)


def test_a_text_shows_the_number() -> None:
    assert reading_text("There are **{{figure:sheep}}** sheep.", None) == "<p>There are <strong>7</strong> sheep.</p>\n"


def test_a_figure_that_no_app_has_any_more_is_a_dash(monkeypatch: pytest.MonkeyPatch) -> None:
    noted: list[str] = []
    monkeypatch.setattr(figures.logger, "warning", lambda message, *values: noted.append(message % values))
    assert reading_text("{{figure:wolves}}", None) == f"<p>{figures.UNKNOWN}</p>\n"
    assert noted == ["A text mentions the figure 'wolves', which does not exist"]


def test_a_text_is_never_a_template() -> None:
    source = "{% load static %}{% now 'Y' %}{{ settings.SECRET_KEY }}"
    html = reading_text(source, None)
    assert "{% now" in html
    assert "{{ settings.SECRET_KEY }}" in html


def test_figures_are_escaped_into_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "shown", lambda name, user: "<script>")
    assert figures.with_figures(SafeString("{{figure:sheep}}"), None) == "&lt;script&gt;"


def test_the_template_tags_ask_for_the_reader_of_the_page() -> None:
    request = RequestFactory().get("/en/")
    request.user = Signed()  # type: ignore[assignment]  # as much of a user as a figure asks for
    template = Template("{% load blocks %}{% figure 'sheep' %} {% reading_text '{{figure:sheep}}' %}")
    assert template.render(Context({"request": request})).split() == ["1,234", "<p>1,234</p>"]
    assert template.render(Context({})).split() == ["7", "<p>7</p>"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("/directory/", "/de/directory/"),
        ("/en/directory/?country=IT", "/de/directory/?country=IT"),
        ("/fr/", "/de/"),
        ("/fr", "/de/"),
        ("/", "/de/"),
        ("/france/", "/de/france/"),
        ("/documents/1/a.pdf", "/documents/1/a.pdf"),
    ],
)
def test_links_within_the_site_stay_in_the_language_of_the_reader(written: str, read: str) -> None:
    with translation.override("de"):
        assert local_path(written) == read
        assert f'href="{read}"' in reading_text(f"[words]({written})", None)


def test_links_elsewhere_stay_as_they_are() -> None:
    with translation.override("de"):
        html = reading_text("[a](https://example.org/en/) [b](//example.org/x) [c](mailto:a@example.org)", None)
    assert 'href="https://example.org/en/"' in html
    assert "/de/" not in html


def test_notes_are_linked() -> None:
    html = reading_text("A claim[^12].", None)
    assert '<a class="note-mark" href="#note-12">' in html
    assert "[^" not in html


def test_every_registered_figure_of_the_site_counts(db: None) -> None:
    counted: dict[str, Any] = {name: figures.value(name, AnonymousUser()) for name, _label in figures.choices()}
    assert {"organisations", "countries", "services", "hotlines", "practices"} <= set(counted)
    assert all(isinstance(number, int) for number in counted.values())
