"""The blocks of a page: what they refuse, how they are drawn, that nothing gets through them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks import StreamValue

from platform_site.blocks.anchors import fill_anchors
from platform_site.blocks.body import BodyBlock, BodyField, searchable_text
from platform_site.blocks.boxes import cells_of, checked_address
from platform_site.blocks.markdown import from_markdown, to_markdown

BODY = BodyBlock()
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{7*7}}"
EVIL_TEXT = EVIL.replace("{{7*7}}", "")


def body_of(*parts: tuple[str, Any]) -> StreamValue:
    return BODY.to_python([{"type": name, "value": value} for name, value in parts])


def drawn(body: StreamValue) -> str:
    return render_to_string("pages/page_body.html", {"parts": [(block, "anchor") for block in body]})


def test_every_block_is_drawn_without_letting_anything_through() -> None:
    body = body_of(
        ("text", EVIL),
        ("heading", {"text": EVIL, "level": "2"}),
        ("quote", {"text": EVIL, "source": EVIL}),
        ("definition", {"term": EVIL, "text": EVIL}),
        ("callout", {"kind": "safety", "title": EVIL, "text": EVIL}),
        ("checklist", {"title": EVIL, "items": [EVIL]}),
        ("figure", {"name": "organisations", "label": EVIL}),
        ("links", {"title": EVIL, "links": [{"label": EVIL, "address": "https://example.org/", "note": EVIL}]}),
        ("table", {"caption": EVIL, "rows": f"{EVIL}|b\n{EVIL}|d"}),
        ("notes", {"notes": [{"mark": "1", "text": EVIL}]}),
    )
    assert {block.block_type for block in body} == set(BODY.child_blocks)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("platform_site.blocks.figures.value", lambda name, user: 3)
        page = drawn(body)
    assert "<script" not in page
    assert "<img" not in page
    assert "{{7*7}}" in page  # text, not a template
    assert "49" not in page


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//example.org/", "/\\example.org", "ftp://a.b/"]
)
def test_a_link_leads_to_a_page_or_an_honest_address(address: str) -> None:
    with pytest.raises(ValidationError):
        checked_address(address)
    with pytest.raises(ValidationError):
        clean("links", {"title": "", "links": [{"label": "x", "address": address, "note": ""}]})


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/directory/", "/directory/"),
        ("https://example.org/a", "https://example.org/a"),
        ("a@example.org", "mailto:a@example.org"),
    ],
)
def test_addresses_that_a_link_may_have(address: str, kept: str) -> None:
    assert checked_address(address) == kept


def test_a_link_follows_the_language_of_the_reader() -> None:
    value = body_of(("links", {"title": "", "links": [{"label": "x", "address": "/directory/", "note": ""}]}))
    with translation.override("it"):
        assert 'href="/it/directory/"' in drawn(value)


def clean(name: str, value: Any) -> Any:
    return BODY.clean(body_of((name, value)))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text", "{{figure:wolves}}"),
        ("quote", {"text": "{{figure:wolves}}", "source": ""}),
        ("table", {"caption": "", "rows": "only heads | here"}),
        ("table", {"caption": "", "rows": "a|b\n1|2|3"}),
        ("table", {"caption": "", "rows": "a|b\n" + "1|2\n" * 201}),
        ("notes", {"notes": [{"mark": "1", "text": "a"}, {"mark": "1", "text": "b"}]}),
        ("notes", {"notes": [{"mark": "a b", "text": "a"}]}),
        ("links", {"title": "", "links": [{"label": "x", "address": "", "note": ""}]}),
        ("figure", {"name": "wolves", "label": ""}),
        ("checklist", {"title": "x", "items": []}),
    ],
)
def test_what_blocks_refuse(name: str, value: Any) -> None:
    with pytest.raises(ValidationError):
        clean(name, value)


def test_what_blocks_take() -> None:
    cleaned = clean("table", {"caption": "Ages", "rows": "| Word | Months |\n| a \\| b | 6 |"})
    table = cleaned[0].value
    assert table.head == ["Word", "Months"]
    assert table.body == [["a | b", "6"]]


def test_a_table_has_its_heads_and_a_name() -> None:
    page = drawn(body_of(("table", {"caption": "Ages", "rows": "Word|Months\nDue|12"})))
    assert '<th scope="col">Word</th>' in page
    assert '<th scope="row">Due</th>' in page
    assert 'aria-label="Ages"' in page


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("A name[^19]", 'A name<sup><a class="note-mark" href="#note-19">'),
        ("[all](/directory/)", '<td><a href="/en/directory/"'),
        ("**bold**", "<td><strong>bold</strong></td>"),
        ("4.", "<td>4.</td>"),
        ("- 3 %", "<td>- 3 %</td>"),
        ("<b>", "<td>&lt;b&gt;</td>"),
        ("*<b>*", "<td><em>&lt;b&gt;</em></td>"),
    ],
)
def test_cells_speak_the_small_markdown(cell: str, shown: str) -> None:
    assert shown in drawn(body_of(("table", {"caption": "", "rows": f"a|b\nx|{cell}"})))


def test_boxes_to_tick_are_in_no_form_and_keep_nothing() -> None:
    page = drawn(body_of(("checklist", {"title": "Before", "items": ["Papers"]})))
    assert "<form" not in page
    assert "name=" not in page


def test_words_of_a_body_can_be_searched() -> None:
    body = body_of(("heading", {"text": "Shelters", "level": "2"}), ("text", "Some **bold** words."))
    assert searchable_text(body) == "Shelters Some bold words."


def test_blocks_are_no_part_of_migrations() -> None:
    field = BodyField(blank=True)
    field.set_attributes_from_name("body")
    _name, path, arguments, keywords = field.deconstruct()
    assert path == "platform_site.blocks.body.BodyField"
    assert (arguments, keywords) == ([], {"blank": True})
    assert set(field.clone().stream_block.child_blocks) == set(BODY.child_blocks)


# --- Markdown ---------------------------------------------------------------------------------------------------
PAGE = """Opening words with a note[^1].

## First section

- one
- two

| No. | Name |
|---|---|
| 1 | A \\| B |
| 2 | C |

### Part

> A quotation.

[^1]: The note.
[^2]: Another one
    on two lines.

    1. and a list
    2. below it
[^3]: The last.
"""


def test_a_page_is_taken_apart_and_put_together_again() -> None:
    parts = from_markdown(PAGE)
    assert [name for name, _value in parts] == ["text", "heading", "text", "table", "heading", "text", "notes"]
    assert to_markdown(parts) == PAGE
    assert to_markdown(BODY.to_python([{"type": name, "value": value} for name, value in parts])) == PAGE
    assert from_markdown(to_markdown(parts)) == parts


LINES = st.lists(
    st.sampled_from(
        [
            "",
            "words",
            "## Head",
            "### Part",
            "#### deep",
            "| a | b |",
            "|---|---|",
            "- item",
            "[^1]: note",
            "    more",
            "    - more",
            "> said",
        ]
    ),
    max_size=14,
)


@given(LINES)
def test_what_was_taken_apart_once_stays_the_same(lines: list[str]) -> None:
    parts = from_markdown("\n".join(lines))
    assert from_markdown(to_markdown(parts)) == parts


BOXES: list[tuple[str, Any]] = [
    ("quote", {"text": "Said.\n\n> Twice.", "source": "Somebody"}),
    ("definition", {"term": "Term", "text": "Meaning.\n\n- one\n- two"}),
    ("callout", {"kind": "note", "title": "Care", "text": "Codes."}),
    ("callout", {"kind": "safety", "title": "Danger", "text": ""}),
    ("checklist", {"title": "Before", "items": ["Papers", "A number [to call](/safety/)"]}),
    ("figure", {"name": "organisations", "label": "of them"}),
    ("table", {"caption": "Ages", "rows": "a|b\n1|2"}),
    (
        "links",
        {"title": "", "links": [{"label": "All", "page": None, "address": "/directory/", "note": "a list"}]},
    ),
]


def test_boxes_travel_in_markdown_with_their_frames() -> None:
    text = to_markdown(BOXES)
    assert from_markdown(text) == BOXES
    assert to_markdown(body_of(*BOXES)) == text
    assert "> [!checklist] Before\n> - Papers\n" in text


WORDS = st.text(st.characters(categories=("L", "N", "Zs"), include_characters=".,:!-[]()"), max_size=20).map(
    lambda text: " ".join(text.split())
)
TITLE = WORDS.filter(bool)
ITEM = WORDS.filter(lambda text: bool(text) and text[0] not in "-*+")
BOX = st.one_of(
    st.builds(lambda kind, title, text: ("callout", {"kind": kind, "title": title, "text": text}),
              st.sampled_from(["note", "safety"]), TITLE, WORDS),
    st.builds(lambda term, text: ("definition", {"term": term, "text": text}), TITLE, TITLE),
    st.builds(lambda title, items: ("checklist", {"title": title, "items": items}),
              TITLE, st.lists(ITEM, min_size=1, max_size=3)),
    st.builds(lambda text, level: ("heading", {"text": text, "level": level, "anchor": ""}),
              TITLE.filter(lambda text: not text.endswith("#")), st.sampled_from("23")),
)  # fmt: skip


@given(st.lists(BOX, max_size=5))
def test_any_boxes_are_read_back(parts: list[tuple[str, Any]]) -> None:
    fill_anchors(parts)
    assert from_markdown(to_markdown(parts)) == parts


@pytest.mark.parametrize("line", ["> [!wolves] Title", "> [!] Title", "> [!links] Title\n> - no link"])
def test_a_quote_that_is_no_box_stays_text(line: str) -> None:
    assert from_markdown(line) == [("text", line)]
    assert to_markdown(from_markdown(line)) == f"{line}\n"


# --- anchors ----------------------------------------------------------------------------------------------------
def test_an_anchor_stays_when_the_heading_changes() -> None:
    body = body_of(("heading", {"text": "Who calls", "level": "2"}), ("heading", {"text": "Who calls", "level": "3"}))
    fill_anchors(body)
    assert [block.value["anchor"] for block in body] == ["who-calls", "who-calls-2"]
    body[0].value["text"] = "Who rings"
    fill_anchors(body)
    assert body[0].value["anchor"] == "who-calls"
    assert to_markdown(body) == "## Who rings {#who-calls}\n\n### Who calls {#who-calls-2}\n"


def test_an_anchor_in_markdown_is_kept() -> None:
    parts = from_markdown("## One {#two}\n\n## Two\n\n## Main\n")
    assert [value["anchor"] for _name, value in parts] == ["two", "two-2", "main-2"]
    assert [value["text"] for _name, value in parts] == ["One", "Two", "Main"]
    assert from_markdown(to_markdown(parts)) == parts


def test_cells_are_parted_by_bars() -> None:
    assert cells_of("| a | b |\n\na|b") == [["a", "b"], ["a", "b"]]
