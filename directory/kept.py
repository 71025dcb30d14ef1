"""What is computed from published entries is kept as long as data, day, language and reader stay the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import get_language

from platform_site.accounts.principals import principals_of

MOST_ROOMS = 32
MOST_VALUES = 3000


class Kept:
    """Values by key, in a room for each language and kind of reader; per process.

    `token` names the state of the data: when it changes, everything is forgotten. It is `Listing.token` for what is
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
