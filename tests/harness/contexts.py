"""The contexts that the test client keeps: a copy for each template drawn, which walks of many pages never read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString


def _drawn(template: Template, context: Context) -> SafeString:
    """Draw a template as the site does, without telling the test client of it."""
    return template.nodelist.render(context)


@contextmanager
def contexts_forgotten() -> Iterator[None]:
    """Let clients answer without `response.context` and `response.templates` for a while.

    A screen of the editors is made of some five hundred templates; telling of each, and copying its context, costs a
    sixth of its time.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", _drawn)
        yield
