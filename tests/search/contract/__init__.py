"""What every engine of the search has to do, whichever database or server it runs on.

A test module subclasses `SearchEngineContract` and gives an empty engine as the fixture `engine`. Documents are made in
the tests: no content, no Django models. Scores differ between engines, so only their order is asked for.
"""

from __future__ import annotations

from tests.search.contract.keeping import KeepingContract
from tests.search.contract.matching import MatchingContract
from tests.search.contract.narrowing import NarrowingContract
from tests.search.contract.ordering import OrderContract


class SearchEngineContract(MatchingContract, OrderContract, NarrowingContract, KeepingContract):
    """All of it."""
