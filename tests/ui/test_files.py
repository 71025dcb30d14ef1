"""The static files: their weight, that they are whole, and that nothing in them leads outside."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

BASE = Path(settings.BASE_DIR)
STATIC = BASE / "static"
STYLES = sorted((STATIC / "css").glob("*.css"))
SITE_STYLES = [path for path in STYLES if path.name != "admin.css"]
TEMPLATES = sorted((BASE / "platform_site" / "ui" / "templates").rglob("*.html"))
LAYERS = {"tokens", "base", "layout", "components", "pages", "print"}

# Foreground and background that text really has, and the least contrast (WCAG 2.2, 1.4.3 and 1.4.11).
TEXT_PAIRS = [
    *[
        (ink, ground, 4.5)
        for ink in ("ink", "ink-2", "ink-3", "brand", "danger")
        for ground in ("paper", "sheet", "sunk")
    ],
    *[(ink, "paper", 4.5) for ink in ("plum", "ochre", "slate", "ok", "saffron-ink", "brand-strong")],
    ("on-deep", "deep", 4.5),
    ("on-deep-2", "deep", 4.5),
    ("on-saffron", "saffron", 4.5),
    ("paper", "brand", 4.5),
    ("paper", "ink", 4.5),
    ("ink", "mark", 4.5),
    ("ink", "brand-tint", 4.5),
    ("ink", "saffron-tint", 4.5),
    ("ochre", "ochre-tint", 4.5),
    ("plum", "plum-tint", 4.5),
    ("slate", "slate-tint", 4.5),
    ("line-strong", "paper", 3.0),
    ("line-strong", "sheet", 3.0),
    ("saffron", "deep", 3.0),
]


def tokens() -> dict[str, dict[str, str]]:
    """The colours of the light and of the dark theme."""
    light, dark = (STATIC / "css" / "tokens.css").read_text().split("prefers-color-scheme: dark")
    pattern = r"--([\w-]+): (#[0-9a-f]{3,6});"
    first = dict(re.findall(pattern, light))
    return {"light": first, "dark": {**first, **dict(re.findall(pattern, dark))}}


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), TEXT_PAIRS)
def test_colours_keep_their_contrast(theme: str, ink: str, ground: str, least: float) -> None:
    values = tokens()[theme]
    lighter, darker = sorted((luminance(values[ink]), luminance(values[ground])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= least


@pytest.mark.parametrize("path", SITE_STYLES, ids=lambda path: path.name)
def test_a_style_sheet_stays_in_its_layers(path: Path) -> None:
    text = path.read_text()
    used = set(re.findall(r"@layer ([\w-]+) \{", text))
    assert used
    assert used <= LAYERS


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_style_sheets_ask_for_nothing_outside_and_name_only_what_exists(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"https?:|//[a-z]|@import|data:", re.sub(r"/\*.*?\*/", "", text, flags=re.S))
    for address in re.findall(r'url\("([^"]+)"\)', text):
        assert (path.parent / address).resolve().is_file(), address
    declared = set(re.findall(r"(--[\w-]+):", (STATIC / "css" / "tokens.css").read_text() + text))
    named = set(re.findall(r"var\((--[\w-]+)", text))
    assert named <= declared
    if path.name not in {"tokens.css", "print.css"}:
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b", text), "colours are named in tokens.css"


@pytest.mark.parametrize("path", sorted((STATIC / "js").glob("*.js")), ids=lambda path: path.name)
def test_a_script_is_small_and_the_policy_lets_it_run(path: Path) -> None:
    text = path.read_text()
    assert len(gzip.compress(text.encode())) < 2_000
    assert not re.search(r"innerHTML|\beval\(|new Function|\.style\b|https?:", text)


def test_fonts_are_complete_and_light() -> None:
    fonts = {path.name: path.read_bytes() for path in (STATIC / "fonts").glob("*.woff2")}
    assert len(fonts) == 8
    assert all(content.startswith(b"wOF2") for content in fonts.values())
    first_view = sum(
        len(fonts[name]) for name in ("sans-latin.woff2", "serif-600-latin.woff2", "serif-400-latin.woff2")
    )
    assert first_view <= 67_000
    assert sum(len(content) for content in fonts.values()) <= 120_000


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    sprite = (STATIC / "icons" / "sprite.svg").read_text()
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', sprite))
    named: set[str] = set()
    for app in ("platform_site", "directory", "practices"):
        for path in (BASE / app).rglob("*.html"):
            named |= set(re.findall(r'{% icon "([\w-]+)" %}', path.read_text()))
    assert named
    assert named <= drawn
    for filled in range(6):
        ticks = sprite.split(f'id="ticks-{filled}"')[1].split("</symbol>")[0]
        assert ticks.count("<path") == 5
        assert ticks.count("currentColor") == filled
    assert len(gzip.compress(sprite.encode())) < 4_000


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(BASE)))
def test_templates_are_short_and_hold_no_inline_code(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= 120
    # What the security policy would block, and "|safe", which prints markup that nobody has sanitised.
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:|\|safe\b", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


def test_what_is_not_ours_is_named_with_its_licence() -> None:
    text = (STATIC / "LICENCES.md").read_text()
    for part in ("fonts/sans-", "fonts/serif-", "icons/sprite.svg", "map/europe.svg"):
        assert part in text
    assert {path.name for path in (STATIC / "licences").glob("*.txt")} == {
        "commissioner.txt",
        "literata.txt",
        "lucide.txt",
        "world-atlas.txt",
    }
