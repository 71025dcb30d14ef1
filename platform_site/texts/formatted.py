"""Formatted text: a small Markdown (paragraphs, lists, emphasis, links), kept as source and rendered here alone."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import lru_cache

import bleach
import nh3
from bleach.sanitizer import INVISIBLE_CHARACTERS_RE
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

TAGS = frozenset({"p", "br", "ul", "ol", "li", "strong", "em", "a", "blockquote", "h3", "h4", "hr", "code"})
ATTRIBUTES = {"a": ["href", "title"], "ol": ["start"]}
SCHEMES = frozenset({"https", "http", "mailto", "tel"})
LONGEST = 200_000

# Raw HTML and images are off: `html=False` escapes the first, the rule of the second is not enabled.
_markdown = MarkdownIt("zero", {"html": False, "linkify": False, "typographer": False}).enable(
    ["newline", "escape", "emphasis", "link", "autolink", "list", "blockquote", "heading", "hr", "backticks", "entity"]
)
# An address that stands in a text as it is: its underscores are no emphasis.
_BARE_ADDRESS = re.compile(r"(?<![<`\w/(])(?:https?://|www\.)[^\s<>`]+")
_UNDERSCORE = re.compile(r"(?<!\\)_")
_BULLET = re.compile(r"\A[-*+] ")


def _shift_headings(source: str) -> str:
    """Push headings below the page's own: `#` and `##` become h3, deeper ones h4."""

    def level(match: re.Match[str]) -> str:
        return ("### " if len(match.group(1)) <= 2 else "#### ") + match.group(2)

    return re.sub(r"^(#{1,6})[ \t]+(.*)$", level, source, flags=re.MULTILINE)


def _keep_addresses(source: str) -> str:
    """Escape the underscores of addresses that stand bare in a text."""
    return _BARE_ADDRESS.sub(lambda match: _UNDERSCORE.sub(r"\\_", match.group()), source)


@lru_cache(maxsize=8192)
def render(source: str) -> SafeString:
    """Return `source` as HTML of the allow-list, safe to put into a page.

    Two cleaners in a row: bleach with the explicit list, then nh3, because bleach gets no more repairs.
    Rendered texts are kept by their source, so that a page costs no second pass.
    """
    html = bleach.clean(_as_html(source), tags=TAGS, attributes=ATTRIBUTES, protocols=SCHEMES, strip=True)
    html = nh3.clean(
        html,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes=set(SCHEMES),
        link_rel="noopener noreferrer",
    )
    return SafeString(html)


def _as_html(source: str) -> str:
    return str(_markdown.render(_shift_headings(_keep_addresses(source[:LONGEST]))))


def plain(source: str) -> str:
    """Return the words of `source` without marks, in one line: for snippets, meta descriptions and counting."""
    # All tags go, so nothing need be chosen first: the words are those of `render`, a control character is a "?".
    marked = INVISIBLE_CHARACTERS_RE.sub("?", _as_html(source))
    text = nh3.clean(marked.replace("</p>", " ").replace("</li>", " ").replace("<br", " <br"), tags=set())
    return " ".join(html.unescape(text).split())


def word_count(source: str) -> int:
    """Return the number of words in `source`, as readers see them."""
    return len(plain(source).split())


def from_list(items: Iterable[str]) -> str:
    """Return `items` as a bullet list; lines within an item are indented under it. The empty text for no items."""
    return "\n".join("- " + item.strip().replace("\n", "\n  ") for item in items if item.strip())


def to_list(source: str) -> list[str]:
    """Return the items of a bullet list, the inverse of `from_list`; other text counts one item per paragraph."""
    items: list[str] = []
    bullets = False
    for line in source.strip().splitlines():
        if _BULLET.match(line):
            bullets = True
            items.append(line[2:])
        elif not line.strip():
            if not bullets:
                items.append("")
        elif items and (line.startswith("  ") if bullets else items[-1]):
            items[-1] += "\n" + (line[2:] if bullets else line)
        elif items and not bullets and not items[-1]:
            items[-1] = line
        else:
            items.append(line)
    return [item.strip() for item in items if item.strip()]
