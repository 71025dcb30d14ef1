"""Names for drawn parts of pages that are kept until the data, the reader's rights or the day change."""

from __future__ import annotations

import hashlib
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from platform_site.accounts.principals import principals_of
from platform_site.vocabulary import versions
from practices.cases.catalogue import case_token
from practices.catalogue import token
from search.related import kinds_of


def kept_key(name: str, *parts: Any, user: Any) -> str:
    """Return the name under which what was drawn for `user` in the active language is kept in the cache.

    Whoever gets it could read all of it when it was drawn, and neither the data nor the rights have changed since.
    """
    known = (
        parts,
        get_language(),
        token(),
        case_token(),
        # What other apps show on the page.
        [versions.current(kind) for kind in kinds_of(name)],
        sorted(principals_of(user)),
        timezone.localdate().isoformat(),
    )
    return f"{name}:{hashlib.sha256(repr(known).encode()).hexdigest()}"
