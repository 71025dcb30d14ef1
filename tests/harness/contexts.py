"""The contexts that the test client keeps: a copy for each template drawn, which walks of many pages never read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest


def _keep_nothing(store: dict[str, Any], signal: Any, sender: Any, template: Any, context: Any, **_more: Any) -> None:
    """Stand in for the client's receiver, which copies the context of every template and of every part of it."""


@contextmanager
def contexts_forgotten() -> Iterator[None]:
    """Let clients answer without `response.context` and `response.templates` for a while.

    A screen of the editors is made of some five hundred templates; copying their contexts costs a sixth of its time.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.test.client.store_rendered_templates", _keep_nothing)
        yield
