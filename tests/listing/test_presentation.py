"""What the templates of a list are given."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.utils import translation

from platform_site.listing.declared import Listing, Results
from platform_site.listing.facets import Facet, Option, term_facet
from platform_site.listing.index import FacetIndex, IndexedRecord, IndexedRow
from platform_site.listing.presentation import SHOWN_OPTIONS, chips, facet_groups, pages_of
from platform_site.listing.state import ListState

MANY = [f"v{number:02d}" for number in range(30)]


def many() -> list[Option]:
    return [Option(value, value.upper()) for value in MANY]


def few() -> list[Option]:
    return [Option("yes", "Yes"), Option("no", "No")]


LISTING = Listing(
    name="things",
    queryset=lambda: None,
    load=lambda _queryset: [],
    facets=[Facet("place", "Place", many), Facet("open", "Open", few, scope="row")],
    sorts={"name": "Name"},
    versions=(),
)


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch) -> FacetIndex:
    """Twelve records: one in each of the first twelve places, the first with an open row."""
    found = FacetIndex(
        LISTING.facets,
        [
            IndexedRecord(number, {"place": frozenset({MANY[number]})}, [IndexedRow({"open": frozenset({"yes"})})])
            if number == 0
            else IndexedRecord(number, {"place": frozenset({MANY[number]})})
            for number in range(12)
        ],
    )
    monkeypatch.setattr(Listing, "index", lambda _self: found)
    return found


def results(index: FacetIndex, visible: list[int], **state: Any) -> Results:
    """Return the answer to a state for a reader who sees the records `visible`."""
    mask = index.mask_of(visible)
    chosen = state.get("chosen", {})
    outcome = index.evaluate(chosen, mask)
    return Results(ListState(**state), outcome, index.counts(chosen, mask), [], [], scope=mask, visible=mask)


def test_a_long_facet_offers_what_the_reader_can_find(index: FacetIndex) -> None:
    """What nobody says is no filter: nothing is open among these three."""
    (place,) = facet_groups(LISTING, results(index, [1, 2, 3]))
    assert [option.value for option in place.options] == ["v01", "v02", "v03"]
    assert place.more_href == ""
    _place, is_open = facet_groups(LISTING, results(index, [0, 1]))
    assert [option.value for option in is_open.options] == ["yes"]


def test_what_would_find_nothing_stands_behind_the_link_unless_chosen(index: FacetIndex) -> None:
    answer = results(index, [0, 1, 2], chosen={"open": frozenset({"yes"})})
    place, _is_open = facet_groups(LISTING, answer)
    assert [(option.value, option.count) for option in place.options] == [("v00", 1)]
    assert (place.more_count, place.more_href) == (2, "?open=yes&more=place")
    whole = facet_groups(LISTING, answer, whole="place")[0]
    assert [(option.value, option.count) for option in whole.options] == [("v00", 1), ("v01", 0), ("v02", 0)]
    nothing = results(index, [0, 1], chosen={"place": frozenset({"v01"}), "open": frozenset({"yes"})})
    assert [option.checked for group in facet_groups(LISTING, nothing) for option in group.options if option.count == 0]


def test_chosen_values_stand_first_where_the_order_is_that_of_names(index: FacetIndex) -> None:
    chosen = {"place": frozenset({"v05"})}
    own = facet_groups(LISTING, results(index, [1, 5, 6], chosen=chosen))[0]
    assert [option.value for option in own.options] == ["v01", "v05", "v06"]
    named = replace(LISTING, facets=[replace(LISTING.facets[0], by_name=True), LISTING.facets[1]])
    listed = facet_groups(named, results(index, [1, 5, 6], chosen=chosen))[0]
    assert [option.value for option in listed.options] == ["v05", "v01", "v06"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "names"),
    [("en", ["Austria", "Cyprus", "Germany"]), ("de", ["Deutschland", "Österreich", "Zypern"])],
)
def test_countries_are_offered_by_name_in_the_readers_language(language: str, names: list[str]) -> None:
    with translation.override(language):
        options = term_facet("country", "Country", "countries").options()
    assert [option.label for option in options if option.value in {"AT", "CY", "DE"}] == names
    assert [option.value for option in term_facet("age", "Age", "ages").options()] == ["adult", "minor"]


def test_a_facet_that_is_to_be_seen_whole_has_no_link(index: FacetIndex) -> None:
    whole = replace(LISTING, facets=[replace(LISTING.facets[0], is_whole=True)])
    [place] = facet_groups(whole, results(index, list(range(12))))
    assert (len(place.options), place.more_href) == (12, "")


def test_of_many_options_some_are_shown_and_all_behind_a_link(index: FacetIndex) -> None:
    answer = results(index, list(range(12)), chosen={"place": frozenset({"v11"})})
    place = facet_groups(LISTING, answer)[0]
    assert len(place.options) == SHOWN_OPTIONS < 12
    assert [option.value for option in place.options if option.checked] == ["v11"]
    assert place.more_count == 12 - SHOWN_OPTIONS
    assert place.more_href == "?place=v11&more=place"
    assert len(facet_groups(LISTING, answer, whole="place")[0].options) == 12


def test_a_value_that_is_chosen_is_offered_though_no_record_has_it(index: FacetIndex) -> None:
    answer = results(index, [1], chosen={"place": frozenset({"v29"})})
    assert [option.value for option in facet_groups(LISTING, answer)[0].options] == ["v01", "v29"]


def test_occurring_values_of_records_and_rows(index: FacetIndex) -> None:
    assert index.occurring("place", index.mask_of([0, 3])) == {"v00", "v03"}
    assert index.occurring("open", index.mask_of([0])) == {"yes"}
    assert index.occurring("open", index.mask_of([1])) == frozenset()


def test_chips_tell_what_their_removal_gives_within_the_words(index: FacetIndex) -> None:
    chosen = {"place": frozenset({"v01"}), "open": frozenset({"yes"})}
    answer = results(index, [0, 1], chosen=chosen)
    assert [(chip.value_label, chip.total_without) for chip in chips(LISTING, answer, with_totals=True)] == [
        ("V01", 1),
        ("Yes", 1),
    ]
    assert [chip.total_without for chip in chips(LISTING, answer)] == [None, None]


@pytest.mark.parametrize(("asked", "number", "pks"), [(1, 1, [0, 1, 2]), (2, 2, [3, 4, 5]), (3, 3, [6]), (99, 3, [6])])
def test_pages(asked: int, number: int, pks: list[int]) -> None:
    page = pages_of(list(range(7)), ListState(page=asked), size=3)
    assert (page.number, page.count, page.pks) == (number, 3, pks)
    assert page.last == page.first + len(pks) - 1


def test_an_empty_list_has_one_page() -> None:
    page = pages_of([], ListState(), size=3)
    assert (page.number, page.count, page.pks, page.next_href) == (1, 1, [], "")


def test_other_options_share_the_index() -> None:
    other = LISTING.offering({"open": lambda: [Option("yes", "Wide open")]})
    assert [option.label for option in other.facets[1].options()] == ["Wide open"]
    assert [option.value for option in other.facets[0].options()] == MANY
    assert other._kept is LISTING._kept
