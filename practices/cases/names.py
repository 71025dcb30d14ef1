"""A person in a case study has a code or initials, never a name."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST_CODE = 24
# One to three letters, parted by a dot, a blank or a hyphen: "M.", "A.B.", "M K", "M. K. L." Not in a row.
_INITIALS = re.compile(r"[^\W\d_](?:(?:\. ?|[ -])[^\W\d_]){0,2}\.?")
# Without blanks and with a figure: "V-17", "2019/04", "RO12b".
_CODE = re.compile(r"(?=[^\d]*\d)[A-Za-z0-9]+(?:[-_/.][A-Za-z0-9]+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# In a code only short runs of letters are letters of a code; a longer one may be a name with a number behind it.
_LETTERS = re.compile(r"[A-Za-z]{5,}")


def looks_like_a_name(text: str) -> bool:
    """Say whether `text` as a whole reads as a person's name: two or three words, each with a capital, longer than
    initials. Shorter texts and sentences do not.
    """
    words = text.split()
    return 2 <= len(words) <= 3 and all(_WORD.fullmatch(word) and len(word) > 1 and word[0].isupper() for word in words)


def check_code(value: str) -> None:
    """Raise ValidationError unless `value` is a code (with a figure, without blanks) or up to three initials."""
    text = value.strip()
    if len(text) <= LONGEST_CODE and (
        _INITIALS.fullmatch(text) or (_CODE.fullmatch(text) and not _LETTERS.search(text))
    ):
        return
    raise ValidationError(
        _("Write a code with a figure (V-17) or initials (A. B.), never a name."), code="name_of_a_person"
    )


def check_no_name(value: str) -> None:
    """Raise ValidationError if `value` as a whole reads as a person's name."""
    if looks_like_a_name(value):
        raise ValidationError(_("This reads like a person's name. Say it without naming anybody."), code="name")
