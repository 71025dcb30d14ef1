"""Every address pattern of the site, with a path that fits it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils.regex_helper import normalize

LANGUAGE_PREFIX = "en/"
# What stands for an argument that the seeded content has no better value for.
BY_CONVERTER = {
    "int": "999999",
    "str": "nobody",
    "slug": "nobody",
    "path": "nobody",
    "uuid": "0" * 8 + "-0000-0000-0000-" + "0" * 12,
}
_ARGUMENT = re.compile(r"<(?:(?P<converter>[^>:]+):)?(?P<name>[^>]+)>")


@dataclass(frozen=True)
class Route:
    """One pattern: its text as the resolver has it (the key of the matrix), and a path that fits it."""

    pattern: str
    path: str


def routes(values: Mapping[str, str], resolver: URLResolver | None = None) -> list[Route]:
    """Return all routes below `resolver` (default: the whole site), each pattern once.

    `values` gives arguments: by "pattern|name", else by the name alone.
    """
    found: dict[str, Route] = {}
    for pattern, parts in _walk(resolver or get_resolver(), ()):
        path = "/" + "".join(_fill(part, pattern, values) for part in parts)
        found.setdefault(pattern, Route(pattern, path))
    return [found[pattern] for pattern in sorted(found)]


def _walk(resolver: URLResolver, parts: tuple[Any, ...]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for entry in resolver.url_patterns:
        inner = (*parts, entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, inner)
        elif isinstance(entry, URLPattern):
            yield "".join(_text(part) for part in inner), inner


def _text(part: Any) -> str:
    return "<language>/" if isinstance(part, LocalePrefixPattern) else str(part)


def _fill(part: Any, pattern: str, values: Mapping[str, str]) -> str:
    if isinstance(part, LocalePrefixPattern):
        return LANGUAGE_PREFIX
    if hasattr(part, "_route"):
        return _ARGUMENT.sub(
            lambda match: _value(match["name"], match["converter"] or "str", pattern, values), str(part)
        )
    template, names = normalize(part.regex.pattern)[0]
    filled = {}
    for name in names:
        group = re.search(rf"\(\?P<{re.escape(name)}>([^)]*)\)", part.regex.pattern)
        inside = group.group(1) if group else part.regex.pattern
        filled[name] = _value(name, "int" if "d" in inside or "0-9" in inside else "str", pattern, values)
    return str(template % filled)


def _value(name: str, converter: str, pattern: str, values: Mapping[str, str]) -> str:
    return values.get(f"{pattern}|{name}") or values.get(name) or BY_CONVERTER.get(converter, "nobody")
