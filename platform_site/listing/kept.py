"""What is computed from published entries is kept as long as data, day, language and reader stay the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, TypeVar, cast

from django.utils.translation import get_language

from platform_site.accounts.principals import principals_of
from platform_site.listing.declared import Listing

MOST_ROOMS = 32
MOST_VALUES = 3000
Value = TypeVar("Value")
_NOTHING = object()


class Kept:
    """Values by key, in a room for each language and kind of reader; per process.

    `token` names the state of the data (and of the day, where the day matters): when it changes, everything is
    forgotten. It is `Listing.token` for what is
    computed from many records, `Listing.ground` for what is kept by the stamp of the one record that it is computed
    from. At most `most` values are kept in a room. What is kept must be the same for all readers with the same
    principals, and read only.
    """

    def __init__(self, token: Callable[[], tuple[str, ...]], *, most: int = MOST_VALUES) -> None:
        self._token = token
        self._most = most
        # Token and rooms change together, so that no thread sees the rooms of another state.
        self._state: tuple[tuple[str, ...], dict[Any, dict[Any, Any]]] = ((), {})

    def room(self, user: Any) -> dict[Any, Any]:
        """Return the dictionary for the active language and for readers like `user`, to read from and to fill."""
        token = self._token()
        if self._state[0] != token:
            self._state = (token, {})
        rooms = self._state[1]
        key = (get_language(), principals_of(user))
        if key not in rooms and len(rooms) >= MOST_ROOMS:
            rooms.clear()
        room = rooms.setdefault(key, {})
        if len(room) >= self._most:
            room.clear()
        return room

    def value(self, user: Any, key: Hashable, compute: Callable[[], Value]) -> Value:
        """Return what is kept for readers like `user` under `key`; where nothing is, what `compute` gives is kept."""
        room = self.room(user)
        # Another thread may empty the room at any time: what was found or computed is not looked up again.
        found = room.get(key, _NOTHING)
        if found is _NOTHING:
            found = room[key] = compute()
        return cast(Value, found)


class KeptRecords(Kept):
    """What lists show of each record of `listing`, kept as long as the record's stamp stays the same."""

    def __init__(self, listing: Listing) -> None:
        super().__init__(listing.ground)
        self._stamp = listing.stamp

    def of(
        self, pks: Iterable[int], user: Any, make: Callable[[Sequence[int]], Iterable[tuple[int, Value]]]
    ) -> dict[int, Value]:
        """Return by primary key what is kept of these records for readers like `user`; `make` gives what is not yet.

        What was asked for before costs no query. The caller took the keys from what `user` may read; `make` reads
        that alone, too, and leaves out what is gone by now.
        """
        room = self.room(user)
        keys = {pk: (pk, self._stamp(pk)) for pk in pks}
        # Another thread may empty the room at any time.
        held = {pk: room.get(key, _NOTHING) for pk, key in keys.items()}
        missing = [pk for pk, value in held.items() if value is _NOTHING]
        if missing:
            for pk, value in make(missing):
                held[pk] = room[keys[pk]] = value
        return {pk: value for pk, value in held.items() if value is not _NOTHING}
