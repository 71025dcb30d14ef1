"""The line that says what a computed page is from: what was counted, in which language it is put, how old it is."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from platform_site.ui.languages import language_name


def computed_from(counted: str, changed: dt.date | None) -> list[tuple[str, str]]:
    """Return labels and values for the dateline of a page that is computed from records.

    `counted` says which, with their number ("44 organisations"); `changed` is the day on which one of them was last
    published, None where there is none.
    """
    return [
        (_("Source"), _("computed from what is published here: %(counted)s") % {"counted": counted}),
        *stated_in_words_of_the_site(changed),
    ]


def stated_in_words_of_the_site(changed: dt.date | None) -> list[tuple[str, str]]:
    """Return the language and the date of a page whose words are the site's own, in the language of the reader."""
    items = [(_("Language"), language_name(get_language() or ""))]
    if changed is not None:
        items.append((_("Last change"), date_format(changed, "DATE_FORMAT")))
    return items
