"""Blocks of running text: formatted text, heading, quote, definition, notes."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from platform_site.blocks.figures import check_mentions
from platform_site.texts.formatted import LONGEST

HELP = _(
    "Small Markdown: blank line for a paragraph, - for a list, **bold**, *emphasis*, [words](address). "
    "A number that is counted: {{figure:organisations}}; a note: [^1], with its text in a block of notes."
)


class FormattedTextBlock(blocks.TextBlock):
    """Markdown source; mentions of figures are checked when it is saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST)
        kwargs.setdefault("rows", 8)
        super().__init__(*args, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the cleaned text. Raises ValidationError for a figure that does not exist."""
        cleaned = super().clean(value)
        check_mentions(cleaned or "")
        return cleaned

    class Meta:
        template = "blocks/formatted_text.html"
        icon = "pilcrow"
        label = _("Text")
        help_text = HELP


class HeadingBlock(blocks.StructBlock):
    """A heading inside a page: the first level under the title, or the second."""

    text = blocks.CharBlock(label=_("heading"), max_length=200)
    level = blocks.ChoiceBlock(
        label=_("level"), choices=[("2", _("Section")), ("3", _("Part of a section"))], default="2", search_index=False
    )
    anchor = blocks.RegexBlock(
        label=_("address of the section"),
        regex=r"\A[\w-]{1,80}\Z",
        required=False,
        search_index=False,
        help_text=_("Made from the heading when it is first saved. Leave it, so that links go on leading here."),
        error_messages={"invalid": _("Letters, digits and hyphens.")},
    )

    class Meta:
        template = "blocks/heading.html"
        icon = "title"
        label = _("Heading")
        form_classname = "struct-block heading-block"


class QuoteBlock(blocks.StructBlock):
    """Somebody else's words, with where they are from."""

    text = FormattedTextBlock(label=_("words"), rows=4, help_text="")
    source = blocks.CharBlock(label=_("source"), required=False, max_length=255)

    class Meta:
        template = "blocks/quote.html"
        icon = "openquote"
        label = _("Quote")


class DefinitionBlock(blocks.StructBlock):
    """A term and what it means."""

    term = blocks.CharBlock(label=_("term"), max_length=200)
    text = FormattedTextBlock(label=_("meaning"), rows=4, help_text="")

    class Meta:
        template = "blocks/definition.html"
        icon = "info-circle"
        label = _("Definition")


class NoteBlock(blocks.StructBlock):
    """One note: the mark that the text has as [^mark], and its text."""

    mark = blocks.RegexBlock(
        label=_("mark"),
        regex=r"\A[0-9A-Za-z]{1,8}\Z",
        error_messages={"invalid": _("Up to eight letters or digits.")},
    )
    text = FormattedTextBlock(label=_("text"), rows=3, help_text="")


class NotesBlock(blocks.StructBlock):
    """The notes of a page; a text points to note 3 by [^3]."""

    notes = blocks.ListBlock(NoteBlock(), label=_("notes"), min_num=1)

    def clean(self, value: Any) -> Any:
        """Return the cleaned value. Raises ValidationError if two notes have one mark."""
        cleaned = super().clean(value)
        marks = [note["mark"] for note in cleaned["notes"]]
        if len(set(marks)) != len(marks):
            raise blocks.StructBlockValidationError(
                block_errors={"notes": ValidationError(_("Two notes have the same mark."))}
            )
        return cleaned

    class Meta:
        template = "blocks/notes.html"
        icon = "list-ol"
        label = _("Notes")
