"""Reading records: named after the reader, closed by default."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

from platform_site.accounts.principals import principals_of
from platform_site.records.audiences import audiences_for

ModelT = TypeVar("ModelT", bound=models.Model)


class RecordQuerySet(models.QuerySet[ModelT]):
    """What every record's queryset can do. Lists, counts, facets, exports and pages all start at `visible_to`."""

    def published(self) -> RecordQuerySet[ModelT]:
        """Return what is live, whatever its audience. For computations only; readers get `visible_to`."""
        return self.filter(live=True)

    def visible_to(self, user: Any) -> RecordQuerySet[ModelT]:
        """Return the live records that `user` (None and anonymous: the public) may read."""
        return self.published().filter(audience__in=audiences_for(principals_of(user)))

    def withdrawn_from(self, user: Any) -> RecordQuerySet[ModelT]:
        """Return the withdrawn records that `user` could read before: these may answer "gone", all else "not found"."""
        return self.filter(live=False, withdrawn_on__isnull=False, audience__in=audiences_for(principals_of(user)))
