"""The kinds of record there are: apps register them, so that a key finds its record without knowing the app."""

from __future__ import annotations

from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils import translation

RecordType = TypeVar("RecordType", bound=type)
_models: dict[str, Any] = {}


def register_record(model: RecordType) -> RecordType:
    """Register a record class under its `record_type` (a class decorator). Raises ValueError for a second one."""
    name = model.record_type  # type: ignore[attr-defined]  # every Record class states it
    if _models.get(name, model) is not model:
        raise ValueError(f"There is a record type {name!r} already.")
    _models[name] = model
    return model


def record_models() -> dict[str, Any]:
    """Return the record classes by their type, in order of registration."""
    return dict(_models)


def record_for_key(key: str) -> Any | None:
    """Return the record that `key` (`organisation:<name>`, `practice:<chart_no>`) names, whatever its state, or None.

    The caller asks `visible_to` before showing anything of it.
    """
    kind, _, public_id = key.partition(":")
    model = _models.get(kind)
    return model.from_public_id(public_id) if model and public_id else None


def record_for_address(address: str) -> Any | None:
    """Return the record whose page stands at `address` (whole or a path, in any language), whatever its state, or None.

    The caller asks `visible_to` before showing anything of it.
    """
    try:
        path = urlsplit(address).path
    except ValueError:
        return None
    with translation.override(translation.get_language_from_path(path) or translation.get_language()):
        try:
            match = resolve(path)
        except Resolver404:
            return None
    model = next((model for model in _models.values() if model.url_name == match.view_name), None)
    return model.objects.filter(**match.kwargs).first() if model else None


def record_for_reference(reference: str) -> Any | None:
    """Return the record whose `reference` (`organisation#12`) a row has kept, whatever its state, or None.

    References stay inside, keys go out: a key holds what people call a record, and that changes. The caller asks
    `visible_to` before showing anything of it.
    """
    kind, _, pk = reference.partition("#")
    model = _models.get(kind)
    return model.objects.filter(pk=int(pk)).first() if model and pk.isascii() and pk.isdecimal() else None
