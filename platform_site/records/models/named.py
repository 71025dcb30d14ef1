"""What a record with a name and an address of its own says about them."""

from __future__ import annotations

from typing import Any, ClassVar


class HasName:
    """A record that is known by its field `name` and stands at the address `slug` (mixed in before `Record`).

    `id_field` is the one of the two that the record's key names.
    """

    id_field: ClassVar[str] = "name"
    objects: ClassVar[Any]
    name: Any
    slug: Any

    def __str__(self) -> str:
        return str(self.name)

    @property
    def public_id(self) -> str:
        """The name or the address, as in the documented keys `organisation:<name>` and `document:<slug>`."""
        return str(getattr(self, self.id_field))

    @classmethod
    def from_public_id(cls, public_id: str) -> Any | None:
        """Return the record with this public id, whatever its state, or None."""
        return cls.objects.filter(**{cls.id_field: public_id}).first()

    def url_arguments(self) -> list[Any]:
        """The address is the slug."""
        return [self.slug]
