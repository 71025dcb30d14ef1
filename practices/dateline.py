"""The line of a chart or case study that says what it is from."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from platform_site.ui.languages import language_name


def dateline(record: Any, text: Any) -> list[tuple[str, Any]]:
    """Return source, language (that of `text`, the row that is shown, or None) and dates. Nothing of a consent.

    Where nobody said what the record is from, the line claims no source. Charts say of which year their data is, where
    it is not plainly this one.
    """
    source = record.source or record.source_url or _("not stated")
    if record.source_url:
        source = format_html('<a href="{}" rel="noopener noreferrer">{}</a>', record.source_url, source)
    items: list[tuple[str, Any]] = [(_("Source"), source)]
    if text:
        words = _("original") if text.is_original or text.language == record.original_language else _("translation")
        items.append((_("Language"), f"{language_name(text.language)}, {words}"))
    if record.imported_on:
        items.append((_("Imported"), date_format(record.imported_on, "DATE_FORMAT")))
    if (year := getattr(record, "data_year", None)) and (record.as_of or year != timezone.localdate().year):
        items.append((_("Year of the data"), str(year)))
    changed = record.last_published_at
    if changed and timezone.localdate(changed) != record.imported_on:
        items.append((_("Last changed"), date_format(timezone.localtime(changed), "DATE_FORMAT")))
    return items
