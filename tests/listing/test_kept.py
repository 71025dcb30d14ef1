"""What is kept is forgotten when the data, the day, the language or the kind of reader change."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace

import pytest
from django.utils import translation

from platform_site.listing.kept import MOST_ROOMS, Kept, KeptRecords


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


def test_a_record_is_made_anew_when_its_stamp_changes_and_left_out_when_it_is_gone() -> None:
    stamps, made = {1: "a", 2: "a", 3: "a"}, []
    kept = KeptRecords(SimpleNamespace(ground=lambda: ("1",), stamp=stamps.get))

    def make(missing: Sequence[int]) -> list[tuple[int, str]]:
        made.append(list(missing))
        return [(pk, f"{pk}{stamps[pk]}") for pk in missing if pk != 3]

    assert kept.of([2, 1, 3], None, make) == {2: "2a", 1: "1a"}
    assert list(kept.of([1, 2], None, make)) == [1, 2]
    stamps[2] = "b"
    assert kept.of([1, 2], None, make) == {1: "1a", 2: "2b"}
    assert made == [[2, 1, 3], [2]]
