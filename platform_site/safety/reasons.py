"""Why a file is refused: one sentence for each reason, known by a short name that a child process can hand on."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

REASONS = {
    "broken_pdf": _("This file is broken or no PDF."),
    "broken_office": _("This file is broken or no document of a writing program."),
    "broken_picture": _("This file is broken or no picture."),
    "picture_kind": _("Only JPEG, PNG and WebP pictures can be kept."),
    "picture_size": _("The picture has more than 40 megapixels. Make it smaller first."),
    "no_utf8": _("The text is not written in UTF-8. Save it in that encoding."),
    "no_text": _("This file is no plain text."),
    "too_much": _("This file takes too much memory or time to check; it may be damaged. Print it into a new PDF."),
    "pdf_locked": _("The PDF is locked. Save it without a password and without limits."),
    "pdf_script": _("The PDF holds a script. Print it into a new PDF and take that one."),
    "pdf_files": _("The PDF holds other files. Take them out: print it into a new PDF."),
    "pdf_reaches_out": _("The PDF opens or sends something by itself. Print it into a new PDF and take that one."),
    "pdf_signed": _(
        "The PDF carries a signature with a person's name, which would break. "
        "Print it into a new PDF and take that one."
    ),
    "pdf_remarks": _("The PDF holds remarks, with names and words that were not meant for readers. Delete them first."),
    "office_locked": _("The document is locked. Save it without a password."),
    "office_active": _("The document holds macros or other files. Save it as PDF and take that one."),
    "office_loads": _("The document loads a template, a picture or data from elsewhere. Save it as PDF."),
    "office_part": _(
        "The document shows a chart, an object or a picture of a kind that cannot be checked. Save it as PDF and take "
        "that one, or put the picture in as PNG or JPEG."
    ),
    "office_tracked": _(
        "The document holds remarks or recorded changes, with names and with words that were taken out. "
        "Accept the changes, delete the remarks, and save it again."
    ),
}


def refusal(reason: str) -> ValidationError:
    """Return the error with the sentence for `reason`, one of `REASONS`; its code is the reason."""
    return ValidationError(REASONS[reason], code=reason)
