"""The number in the address of a chart or a case study: given once, and never another one once published."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _


class HasNumber:
    """What a record with a number says about it (mixed in before `Record`). Its field is named by `number_field`.

    Links, printed pages and keys of interfaces name the number: an address that was published leads to its record.
    """

    number_field: ClassVar[str]
    objects: ClassVar[Any]
    pk: Any

    @property
    def number(self) -> int | None:
        """The number that the content has; None before it has one."""
        found: int | None = getattr(self, self.number_field)
        return found

    @property
    def public_id(self) -> str:
        """The number, as in the documented keys `practice:<chart_no>` and `case:<case_no>`."""
        return str(self.number)

    @classmethod
    def from_public_id(cls, public_id: str) -> Any | None:
        """Return the record of this number, whatever its state, or None."""
        if not (public_id.isascii() and public_id.isdecimal()) or len(public_id) > 6:
            return None
        return cls.objects.filter(**{cls.number_field: int(public_id)}).first()

    def url_arguments(self) -> list[Any]:
        """The address is the number."""
        return [self.number]

    def clean(self) -> None:
        """Keep the number where none is given. Raises ValidationError for another one than was published."""
        if not self.number:
            self._keep_number()
        elif self.pk is not None:
            published = Q(live=True) | Q(first_published_at__isnull=False)
            rows = self._rows().filter(published, pk=self.pk).exclude(**{self.number_field: self.number})
            for kept in rows.values_list(self.number_field, flat=True):
                message = _("The number stays %(number)s: it was published, and links lead to it.")
                raise ValidationError({self.number_field: message % {"number": kept}})
        super().clean()  # type: ignore[misc]  # of the record

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; what has no number yet takes the next free one."""
        if not self.number and not self._keep_number():
            highest = self._rows().aggregate(highest=models.Max(self.number_field))["highest"]
            setattr(self, self.number_field, (highest or 0) + 1)
        super().save(*args, **kwargs)  # type: ignore[misc]  # of the record

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Return the record with the content of a revision; one without a number has that of the record."""
        if not content.get(self.number_field):
            content = {**content, self.number_field: self.number}
        return super().with_content_json(content)  # type: ignore[misc]  # of the record

    def _keep_number(self) -> bool:
        """Take the number of the row in the database; say whether there is one."""
        kept = self._rows().filter(pk=self.pk).values_list(self.number_field, flat=True).first() if self.pk else None
        if kept:
            setattr(self, self.number_field, kept)
        return bool(kept)

    @classmethod
    def _rows(cls) -> Any:
        return cls._base_manager  # type: ignore[attr-defined]  # of the record
