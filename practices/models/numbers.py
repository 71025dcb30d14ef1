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
    pk: Any

    @property
    def number(self) -> int | None:
        """The number that the content has; None before it has one."""
        found: int | None = getattr(self, self.number_field)
        return found

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
