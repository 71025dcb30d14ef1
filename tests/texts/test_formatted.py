"""Formatted text: what comes out is safe, and lists survive the way there and back."""

from __future__ import annotations

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from platform_site.texts.formatted import ATTRIBUTES, TAGS, from_list, plain, render, to_list

HOSTILE = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "<img src=x onerror=alert(1)>",
    "![x](https://example.org/x.png)",
    '<https://example.org/" onclick=alert(1)>',
    "[x](https://example.org 'a\" onmouseover=\"alert(1)')",
    "<svg/onload=alert(1)>",
    "`<b>`",
    "&lt;script&gt;",
]


def elements(html: str):
    return html5lib.parseFragment(html, namespaceHTMLElements=False).iter()


@pytest.mark.parametrize("source", HOSTILE)
def test_hostile_text_stays_text(source) -> None:
    assert_safe(source)


@given(st.text(max_size=300))
def test_any_text_renders_to_the_allow_list(source) -> None:
    assert_safe(source)


def assert_safe(source: str) -> None:
    for element in elements(str(render(source))):
        if isinstance(element.tag, str) and element.tag != "DOCUMENT_FRAGMENT":
            assert element.tag in TAGS
            assert set(element.attrib) <= {*ATTRIBUTES.get(element.tag, ()), "rel"}
            assert not element.attrib.get("href", "").lower().lstrip().startswith(("javascript", "data", "vbscript"))


def test_headings_stand_below_those_of_the_page() -> None:
    assert str(render("# One\n\n#### Four")) == "<h3>One</h3>\n<h4>Four</h4>\n"


def test_plain_text_has_no_marks() -> None:
    assert (
        plain("**Bold** and [a link](https://example.org)\n\n- one\n- two & 3 < 4") == "Bold and a link one two & 3 < 4"
    )


PIECES = ["<script>", "</style>", "[a](javascript:x)", "[b](https://x.org)", "&lt;", "&amp;lt;", "<http://a.b>", "# h",
          "##### h", "\n\n", "- i", "1. k", "> q", "`c`", "***", "**b**", " ", "w", "<!--", "-->", "<![CDATA[", "\x08",
          "&#60;script&#62;"]  # fmt: skip


@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=12).map("".join)))
def test_plain_text_has_the_words_that_are_shown(source) -> None:
    shown = str(render(source))
    for tag in ("p", "li", "br"):
        shown = shown.replace(f"</{tag}>", f"</{tag}> ").replace(f"<{tag}", f" <{tag}")
    fragment = html5lib.parseFragment(shown, namespaceHTMLElements=False)
    assert plain(source).split() == "".join(fragment.itertext()).split()


printed = (
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=40)
    .map(str.strip)
    .filter(bool)
)


@given(st.lists(st.lists(printed, min_size=1, max_size=2).map("\n".join), max_size=6))
def test_lists_come_back_as_they_were(items) -> None:
    assert to_list(from_list(items)) == items


def test_paragraphs_count_as_items() -> None:
    assert to_list("One\nline\n\nTwo") == ["One\nline", "Two"]
    assert to_list("") == []


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (
            "See www.example.org/a_-_b/c_d.pdf www.example.org/e_-_f_g",
            "See www.example.org/a_-_b/c_d.pdf www.example.org/e_-_f_g",
        ),
        ("https://example.org/_a_ and _b_", "https://example.org/_a_ and <em>b</em>"),
        (r"https://example.org/\_a\_", "https://example.org/_a_"),
    ],
)
def test_underscores_of_bare_addresses_are_no_emphasis(source: str, shown: str) -> None:
    assert render(source) == f"<p>{shown}</p>\n"


def test_underscores_of_links_stay() -> None:
    html = render("<https://example.org/a_-_b_> [c](https://example.org/d_-_e_)")
    assert html.count('href="https://example.org/a_-_b_"') == 1
    assert html.count('href="https://example.org/d_-_e_"') == 1
