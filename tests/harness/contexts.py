"""What the test client keeps of drawing a page: the context of the page, not that of each piece of it.

A screen of the editors is made of some two thousand templates, most of them of single fields. Django tells the client
of each and copies its context, which costs a fifth of the time of a screen; tests ask for what the view gave.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import ContextVar

import pytest
from django.template import Context, Template
from django.test.signals import template_rendered
from django.utils.safestring import SafeString

_inside: ContextVar[bool] = ContextVar("inside", default=False)


def _drawn(template: Template, context: Context) -> SafeString:
    """Draw a template as the site does; the client is told of the outermost one."""
    if _inside.get():
        return template.nodelist.render(context)
    token = _inside.set(True)
    try:
        template_rendered.send(sender=template, template=template, context=context)
        return template.nodelist.render(context)
    finally:
        _inside.reset(token)


@pytest.fixture(scope="session", autouse=True)
def _contexts_of_pages(django_test_environment: None) -> Iterator[None]:
    """Put our drawing in the place of Django's for tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", _drawn)
        yield
