"""The body of a page: which blocks it may hold, and the field that keeps them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import StreamField

from platform_site.blocks.boxes import CalloutBlock, ChecklistBlock, FigureBlock, LinkListBlock, TableBlock
from platform_site.blocks.prose import DefinitionBlock, FormattedTextBlock, HeadingBlock, NotesBlock, QuoteBlock


class BodyBlock(blocks.StreamBlock):
    """The calm blocks. No raw HTML, no embeds: nothing on a page comes from a third party."""

    text = FormattedTextBlock()
    heading = HeadingBlock()
    quote = QuoteBlock()
    definition = DefinitionBlock()
    callout = CalloutBlock()
    checklist = ChecklistBlock()
    figure = FigureBlock()
    links = LinkListBlock()
    table = TableBlock()
    notes = NotesBlock()

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        """Return the blocks of a form's body. Raises BadRequest for a body without their counts, orders and types."""
        try:
            return super().value_from_datadict(data, files, prefix)
        except (KeyError, ValueError) as error:
            # The form always sends them; Wagtail reads them unchecked.
            raise BadRequest("The body of the form lacks what holds its blocks together.") from error

    class Meta:
        label = _("Content")


class BodyField(StreamField):
    """A StreamField of the blocks above that keeps their definitions out of migrations.

    A new or changed block is then no migration, and history stays readable. The price: a data migration that walks
    the blocks names them itself.
    """

    def __init__(self, block_types: Any = None, **kwargs: Any) -> None:
        kwargs.pop("block_lookup", None)
        super().__init__(block_types or BodyBlock(), **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Return name, path and arguments for a migration, without the blocks."""
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs


def searchable_text(body: Any) -> str:
    """Return the words of a body in one text, for the search and for descriptions."""
    from platform_site.texts.formatted import plain

    return plain("\n\n".join(str(part) for part in body.stream_block.get_searchable_content(body)))
