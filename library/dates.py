"""Which dates a document may carry: a year, a month or a day."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from platform_site.texts.partial_dates import is_partial_date


def validate_partial_date(value: str) -> None:
    """Raise ValidationError unless `value` is a year, a month or a day that exists: YYYY, YYYY-MM or YYYY-MM-DD."""
    if not is_partial_date(value):
        raise ValidationError(_("Write YYYY, YYYY-MM or YYYY-MM-DD."))
