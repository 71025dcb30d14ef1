"""Storage of one-time messages that leaves no cookie with visitors."""

from __future__ import annotations

from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.session import SessionStorage
from django.http.response import HttpResponseBase


class SessionOnlyMessageStorage(SessionStorage):
    """Keeps messages in a session that is there already: of people who signed in or are about to.

    No session is begun for a message. Those of visitors live for the one response that they are made in; what a
    visitor must know after a redirect has a page of its own.
    """

    def session_in_use(self) -> bool:
        """Tell whether the browser has a session; a visitor's answer costs no query and leaves no trace."""
        session = self.request.session
        if settings.SESSION_COOKIE_NAME not in self.request.COOKIES and session.is_empty():
            return False
        return bool(session.keys())

    def _get(self, *args: object, **kwargs: object) -> tuple[list[Message], bool]:
        if not self.session_in_use():
            return [], True
        return super()._get(*args, **kwargs)  # type: ignore[misc]  # missing in the stubs

    def _store(
        self, messages: list[Message], response: HttpResponseBase, *args: object, **kwargs: object
    ) -> list[Message]:
        if not self.session_in_use():
            return []
        return super()._store(messages, response, *args, **kwargs)  # type: ignore[misc]  # missing in the stubs
