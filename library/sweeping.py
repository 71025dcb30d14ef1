"""Library files that no document needs: left by trial imports, failed transactions, and uploads that were not kept."""

from __future__ import annotations

import datetime as dt

from django.core.files.storage import Storage
from django.utils import timezone

from library.models import StoredFile
from library.storage import library_storage
from library.versions import named_files

# Younger files may belong to a transaction that is still open.
YOUNGEST = dt.timedelta(hours=24)


def sweep(*, youngest: dt.timedelta = YOUNGEST) -> int:
    """Delete the files that nothing needs, with their texts and previews, and return how many lay in the folder.

    That is what no document, version or revision of a document names, and what belongs to no `StoredFile`. Names that
    are not ours are left alone.
    """
    old = StoredFile.objects.filter(created_at__lte=timezone.now() - youngest)
    named = named_files()
    StoredFile.objects.filter(pk__in=[pk for pk in old.values_list("pk", flat=True) if pk not in named]).delete()
    storage, count = library_storage(), 0
    known = set(StoredFile.objects.values_list("sha256", flat=True))
    for path in _paths(storage):
        sha256 = path.rpartition("/")[2].partition(".")[0]
        if len(sha256) == 64 and sha256 not in known and _age(storage, path) >= youngest:
            storage.delete(path)
            count += 1
    return count


def _paths(storage: Storage) -> list[str]:
    if not storage.exists(""):
        return []
    folders, _files = storage.listdir("")
    return [f"{folder}/{name}" for folder in folders if len(folder) == 2 for name in storage.listdir(folder)[1]]


def _age(storage: Storage, path: str) -> dt.timedelta:
    return timezone.now() - storage.get_modified_time(path)
