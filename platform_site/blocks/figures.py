"""Computed figures: numbers that are counted when a page is read, never typed.

Apps register what they can count when they are ready. Editors write `{{figure:organisations}}` inside a text, or put a
figure block on a page. A figure is counted for the reader: it says no more than the reader may see one by one.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

Counter = Callable[[Any], int]
NAME = re.compile(r"\A[a-z][a-z0-9_]*\Z")
# What stands in double braces, and the one form of it that means something.
BRACES = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
MENTION = re.compile(r"\A\s*figure:\s*([a-z][a-z0-9_]*)\s*\Z")
UNKNOWN = "–"


@dataclass(frozen=True)
class Figure:
    """A figure: its name in texts, what it counts (lazy label) and the function from a reader to the number."""

    name: str
    label: str | Promise
    function: Counter


_figures: dict[str, Figure] = {}


def register(name: str, label: str | Promise, function: Counter) -> None:
    """Add a figure.

    `function` gets the reader (None and anonymous: the public) and counts what that reader may see. Raises ValueError
    for a name that is no lower-case word and for a name that another figure has.
    """
    if not NAME.match(name):
        raise ValueError(f"A figure cannot be named {name!r}: use lower-case letters, digits and underscores.")
    known = _figures.get(name)
    if known is not None and known.function is not function:
        raise ValueError(f"There is a figure named {name!r} already.")
    _figures[name] = Figure(name, label, function)


def is_known(name: str) -> bool:
    """Say whether a figure has this name."""
    return name in _figures


def choices() -> list[tuple[str, str | Promise]]:
    """Return names and labels of all figures, for a form."""
    return [(figure.name, figure.label) for figure in _figures.values()]


def label(name: str) -> str | Promise:
    """Return what the figure counts. Raises KeyError for an unknown name."""
    return _figures[name].label


def value(name: str, user: Any) -> int:
    """Return the figure as `user` may know it. Raises KeyError for an unknown name."""
    return _figures[name].function(user)


def shown(name: str, user: Any) -> str:
    """Return the figure written in the reader's language, digits grouped.

    A dash for a name that no app registers any more: texts outlive apps, and a page must not break over a number.
    """
    if name not in _figures:
        logger.warning("A text mentions the figure %r, which does not exist", name)
        return UNKNOWN
    return number_format(value(name, user), force_grouping=True)


def check_mentions(text: str) -> None:
    """Refuse double braces that name no figure. Raises ValidationError with a sentence for the editor."""
    wrong = [inside.strip() for inside in BRACES.findall(text) if not _is_mention(inside)]
    if wrong:
        raise ValidationError(
            _("There is no figure “%(wrong)s”. Figures are written as {{figure:name}}; the names are: %(names)s.")
            % {"wrong": wrong[0], "names": ", ".join(sorted(_figures)) or "–"},
            code="unknown_figure",
        )


def with_figures(html: SafeString, user: Any) -> SafeString:
    """Return safe HTML with the figures that it mentions filled in; other braces stay as they are."""

    def number(match: re.Match[str]) -> str:
        mention = MENTION.match(match[1])
        return escape(shown(mention[1], user)) if mention else match[0]

    if "{{" not in html:
        return html
    # Safe stays safe: what is put in is escaped.
    return SafeString(BRACES.sub(number, html))


def _is_mention(inside: str) -> bool:
    match = MENTION.match(inside)
    return match is not None and is_known(match[1])
