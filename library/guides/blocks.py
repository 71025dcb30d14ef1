"""The blocks of guides: those of every page, and documents out of the library."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from platform_site.blocks.body import BodyBlock


class DocumentChooserBlock(SnippetChooserBlock):
    """A document of the library; a package names it by the last part of its address."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("library.LibraryDocument", **kwargs)

    def normalize(self, value: Any) -> Any:
        """Return the document that a slug names, None if there is none; other values as they are."""
        if isinstance(value, str):
            return self.model_class.objects.filter(slug=value).first()
        return super().normalize(value)


class DocumentsBlock(blocks.StructBlock):
    """What the library has on the subject; readers see those that they may read."""

    title = blocks.CharBlock(label=_("title"), required=False, max_length=200)
    documents = blocks.ListBlock(DocumentChooserBlock(label=_("document")), label=_("documents"), min_num=1)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the documents that the reader may read, as rows."""
        from library.guides.reading import document_links

        context: dict[str, Any] = super().get_context(value, parent_context)
        user = getattr(context.get("request"), "user", None)
        context["rows"] = document_links([document.pk for document in value["documents"] if document], user)
        return context

    def clean(self, value: Any) -> Any:
        """Return the cleaned block. Raises StructBlockValidationError if a document stands there twice."""
        cleaned = super().clean(value)
        chosen = [document.pk for document in cleaned["documents"]]
        if len(set(chosen)) != len(chosen):
            message = ValidationError(_("A document stands there twice."))
            raise blocks.StructBlockValidationError(block_errors={"documents": message})
        return cleaned

    class Meta:
        template = "library/guide_documents.html"
        icon = "doc-full"
        label = _("Documents of the library")


class GuideBodyBlock(BodyBlock):
    """What a guide and its chapters are made of."""

    documents = DocumentsBlock()
