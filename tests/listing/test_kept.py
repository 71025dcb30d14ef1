"""What is kept is forgotten when the data, the day, the language or the kind of reader change."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.utils import translation

from platform_site.listing.kept import MOST_ROOMS, Kept


def test_rooms_by_language_and_reader_are_emptied_with_the_token() -> None:
    token = ["1"]
    kept = Kept(lambda: tuple(token))
    with translation.override("en"):
        kept.room(None)["a"] = 1
        assert kept.room(None) == {"a": 1}
    with translation.override("fr"):
        assert kept.room(None) == {}
    token[0] = "2"
    with translation.override("en"):
        assert kept.room(None) == {}


def test_readers_with_other_principals_have_another_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform_site.listing.kept.principals_of", lambda user: user.held)
    kept = Kept(lambda: ("1",))
    public = SimpleNamespace(held=frozenset({"public"}))
    member = SimpleNamespace(held=frozenset({"public", "member"}))
    kept.room(member)["secret"] = 1
    assert kept.room(public) == {}
    for number in range(MOST_ROOMS + 5):
        kept.room(SimpleNamespace(held=frozenset({str(number)})))["x"] = number
    assert len(kept._state[1]) <= MOST_ROOMS


def test_a_value_is_computed_once_for_readers_who_may_read_the_same() -> None:
    token, asked = ["1"], []
    kept = Kept(lambda: tuple(token))

    def nothing() -> None:
        asked.append(token[0])

    for _time in range(2):
        assert kept.value(None, "a", nothing) is None
    token[0] = "2"
    kept.value(None, "a", nothing)
    assert asked == ["1", "2"]


def test_a_full_room_is_emptied() -> None:
    kept = Kept(lambda: ("1",), most=3)
    for number in range(7):
        kept.room(None)[number] = number
    assert len(kept.room(None)) <= 3
