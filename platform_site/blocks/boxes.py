"""Blocks that stand apart from the running text: callout, checklist, computed figure, links, table."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from platform_site.blocks import figures
from platform_site.blocks.prose import FormattedTextBlock
from platform_site.blocks.reading import local_path

CELLS = re.compile(r"(?<!\\)\|")
MOST_ROWS = 200


class CalloutBlock(blocks.StructBlock):
    """Take care here, or do this now. At most two boxes are in view at once (visual direction, principle 2)."""

    kind = blocks.ChoiceBlock(
        label=_("kind"), choices=[("note", _("Note")), ("safety", _("Safety"))], default="note", search_index=False
    )
    title = blocks.CharBlock(label=_("title"), max_length=200)
    text = FormattedTextBlock(label=_("text"), rows=4, required=False, help_text="")

    class Meta:
        template = "blocks/callout.html"
        icon = "warning"
        label = _("Box")


class ChecklistBlock(blocks.StructBlock):
    """Things to tick off, on screen or on paper. Ticks are never stored."""

    title = blocks.CharBlock(label=_("title"), max_length=200)
    items = blocks.ListBlock(blocks.CharBlock(label=_("item"), max_length=500), label=_("items"), min_num=1)

    class Meta:
        template = "blocks/checklist.html"
        icon = "tasks"
        label = _("Checklist")


class FigureBlock(blocks.StructBlock):
    """A computed number with what it counts."""

    name = blocks.ChoiceBlock(label=_("figure"), choices=figures.choices)
    label = blocks.CharBlock(
        label=_("words under the number"), required=False, max_length=200, help_text=_("Empty: the figure's own words.")
    )

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the words to show: the editor's, else those of the figure."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        name = value["name"]
        context["words"] = value["label"] or (figures.label(name) if figures.is_known(name) else name)
        return context

    class Meta:
        template = "blocks/figure.html"
        icon = "order"
        label = _("Computed number")


class LinkValue(blocks.StructValue):
    """One link of a list."""

    @property
    def href(self) -> str:
        """The address in the reader's language; empty if the page chosen is no longer public."""
        page = self.get("page")
        if page:
            return page.localized.url or "" if page.live else ""
        address: str = self.get("address") or ""
        return local_path(address) if address.startswith("/") else address


class LinkBlock(blocks.StructBlock):
    """Words that lead to a page of this site, to any address of it, or elsewhere."""

    label = blocks.CharBlock(label=_("words"), max_length=200)
    page = blocks.PageChooserBlock(label=_("page"), required=False)
    address = blocks.CharBlock(
        label=_("address"),
        required=False,
        max_length=500,
        help_text=_("Instead of a page: https://…, an e-mail address, or a path of this site such as /directory/."),
    )
    note = blocks.CharBlock(label=_("note"), required=False, max_length=255)

    def clean(self, value: Any) -> Any:
        """Return the cleaned link. Raises StructBlockValidationError unless it leads to exactly one place."""
        cleaned = super().clean(value)
        address = (cleaned.get("address") or "").strip()
        if bool(cleaned.get("page")) == bool(address):
            message = ValidationError(_("Choose a page or give an address, one of the two."))
            raise blocks.StructBlockValidationError(block_errors={"address": message})
        if address:
            try:
                cleaned["address"] = checked_address(address)
            except ValidationError as error:
                raise blocks.StructBlockValidationError(block_errors={"address": error}) from error
        return cleaned

    class Meta:
        value_class = LinkValue
        label = _("Link")
        icon = "link"


class LinkListBlock(blocks.StructBlock):
    """Where to go on."""

    title = blocks.CharBlock(label=_("title"), required=False, max_length=200)
    links = blocks.ListBlock(LinkBlock(), label=_("links"), min_num=1)

    class Meta:
        template = "blocks/link_list.html"
        icon = "link"
        label = _("Links")


class TableValue(blocks.StructValue):
    """A table as rows of cells."""

    @property
    def head(self) -> list[str]:
        """The cells of the first row."""
        rows = cells_of(self.get("rows") or "")
        return rows[0] if rows else []

    @property
    def body(self) -> list[list[str]]:
        """The rows below the head, each filled up to the head's length."""
        rows = cells_of(self.get("rows") or "")
        width = len(rows[0]) if rows else 0
        return [[*row, *[""] * (width - len(row))][:width] for row in rows[1:]]


class TableBlock(blocks.StructBlock):
    """A small table, written row by row: an editor sees what a reader gets, and a screen reader gets its heads."""

    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=255)
    rows = blocks.TextBlock(
        label=_("rows"),
        rows=8,
        help_text=_(
            "One row per line, cells parted by |. The first row holds the heads. Write \\| for the sign itself."
        ),
    )

    def clean(self, value: Any) -> Any:
        """Return the cleaned table. Raises StructBlockValidationError for rows of different lengths or too many."""
        cleaned = super().clean(value)
        rows = cells_of(cleaned["rows"])
        problem: Any = None
        if len(rows) < 2:
            problem = _("A table needs a row of heads and at least one row.")
        elif len(rows) > MOST_ROWS:
            problem = _("A table has at most %(most)d rows.") % {"most": MOST_ROWS}
        elif wrong := next((number for number, row in enumerate(rows, 1) if len(row) != len(rows[0])), 0):
            problem = _("Row %(row)d has %(cells)d cells, the first row %(heads)d.") % {
                "row": wrong,
                "cells": len(rows[wrong - 1]),
                "heads": len(rows[0]),
            }
        if problem:
            raise blocks.StructBlockValidationError(block_errors={"rows": ValidationError(problem)})
        return cleaned

    class Meta:
        template = "blocks/table.html"
        value_class = TableValue
        icon = "table"
        label = _("Table")


def cells_of(rows: str) -> list[list[str]]:
    """Return the cells of a table written as lines; a bar at either end of a line parts nothing."""
    table = []
    for line in rows.splitlines():
        text = line.strip()
        if not text:
            continue
        if text.startswith("|"):
            text = text[1:]
        if text.endswith("|") and not text.endswith("\\|"):
            text = text[:-1]
        table.append([cell.strip().replace("\\|", "|") for cell in CELLS.split(text)])
    return table


def checked_address(address: str) -> str:
    """Return an address that a link may have: a path of this site, http(s), mailto. Raises ValidationError."""
    if address.startswith("/"):
        if address.startswith("//") or "\\" in address:
            raise ValidationError(_("A path of this site begins with one slash."))
        return address
    if "@" in address and "://" not in address:
        validate_email(address.removeprefix("mailto:"))
        return "mailto:" + address.removeprefix("mailto:")
    URLValidator(schemes=["http", "https"])(address)
    return address
