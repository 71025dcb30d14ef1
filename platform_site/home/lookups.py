"""`in` with a number that no row of the column can have finds nothing, as `exact` does in Django.

Django keeps such numbers from the database where one is asked for (`IntegerFieldOverflow`), not where several are; a
form that chooses several rows, Wagtail's too, then ended in a server error. Imported once, at the start.
"""

from __future__ import annotations

from typing import Any

from django.db.models import ForeignObject, IntegerField
from django.db.models.fields.related_lookups import RelatedIn
from django.db.models.lookups import In


class _WithinTheColumn(In):
    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        if self.rhs_is_direct_value():
            field = self.lhs.output_field
            column = getattr(field, "target_field", field)
            if isinstance(column, IntegerField):
                least, most = connection.ops.integer_field_range(column.get_internal_type())
                self.rhs = [value for value in self.rhs if not isinstance(value, int) or _fits(value, least, most)]
        return super().process_rhs(compiler, connection)


def _fits(value: int, least: int | None, most: int | None) -> bool:
    return (least is None or value >= least) and (most is None or value <= most)


@IntegerField.register_lookup
class IntegerIn(_WithinTheColumn):
    """Whether a number is one of several."""


@ForeignObject.register_lookup
class RelatedIntegerIn(RelatedIn, _WithinTheColumn):
    """Whether a key is one of several."""
