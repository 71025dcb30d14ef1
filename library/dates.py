"""Which dates a document may carry: a year, a month or a day."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from platform_site.texts.partial_dates import first_day

_FORM = re.compile(r"\A\d{4}(?:-\d{2}(?:-\d{2})?)?\Z", re.ASCII)


def validate_partial_date(value: str) -> None:
    """Raise ValidationError unless `value` is a year, a month or a day that exists: YYYY, YYYY-MM or YYYY-MM-DD."""
    try:
        if not _FORM.match(value):
            raise ValueError(value)
        first_day(value)
    except ValueError as error:
        raise ValidationError(_("Write YYYY, YYYY-MM or YYYY-MM-DD.")) from error
