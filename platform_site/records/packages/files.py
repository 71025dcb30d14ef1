"""Reading the files of a package: bytes to text, tables and JSON values. Nothing here knows what they mean."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import yaml

from platform_site.records.packages.problems import PackageError, Place, Problem, Problems
from platform_site.texts.characters import DAMAGE, damage_in

LARGEST_FILE = 50 * 1024 * 1024
MOST_ROWS = 100_000
_FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---\n(.*)\Z", re.DOTALL)


@dataclass
class Row:
    """One row of a table or one object of a list: the values by their names as in the file, and where it stands."""

    place: Place
    values: dict[str, Any]
    # What was read of the values; the importer that knows their meaning fills it.
    typed: dict[str, Any] = field(default_factory=dict)
    # By column: the values that were mapped, as (field of the mappings file, value, list, codes).
    mapped: dict[str, list[tuple[str, str, str, list[str]]]] = field(default_factory=dict)


def read_text(path: Path, name: str) -> str:
    """Return the text of a UTF-8 file (with or without mark) with `\\n` line ends. Raises PackageError."""

    def refuse(reason: str, row: str = "") -> PackageError:
        return PackageError([Problem(Place(name, row), reason)])

    try:
        if path.stat().st_size > LARGEST_FILE:
            raise refuse(f"The file is larger than {LARGEST_FILE // 1024 // 1024} MB.")
        data = path.read_bytes()
    except OSError as error:
        raise refuse(f"The file cannot be read: {error.strerror or error}.") from error
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refuse("The file is UTF-16. Save it as UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise refuse(
            f"The file is not UTF-8: byte {data[error.start]:#04x} is no part of a character.", f"line {line}"
        ) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    damage = DAMAGE.search(text)
    if damage:
        line = text.count("\n", 0, damage.start()) + 1
        raise refuse(f"There is a control character (U+{ord(damage.group()):04X}) in the text.", f"line {line}")
    return text


def read_table(
    path: Path, name: str, *, known: tuple[str, ...], required: tuple[str, ...], problems: Problems
) -> list[Row]:
    """Return the rows of a comma-separated table; cells are text without surrounding blanks.

    What is wrong with the file as a whole (encoding, header, quoting) raises PackageError; a row that is too long or
    too short is added to `problems` and left out.
    """
    text = read_text(path, name)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    header: list[str] | None = None
    begin = 1
    try:
        for cells in reader:
            line, begin = begin, reader.line_num + 1
            if not cells:
                continue
            if header is None:
                header = [cell.strip() for cell in cells]
                _check_header(name, header, known, required)
                continue
            place = Place(name, f"line {line}")
            if len(rows) >= MOST_ROWS:
                raise PackageError([Problem(place, f"A table may have {MOST_ROWS} rows at most.")])
            if len(cells) != len(header):
                problems.add(place, f"The row has {len(cells)} cells, the header has {len(header)}.")
                continue
            rows.append(Row(place, {column: cell.strip() for column, cell in zip(header, cells, strict=True)}))
    except csv.Error as error:
        raise PackageError([Problem(Place(name, f"line {begin}"), f"The table is damaged: {error}.")]) from error
    if header is None:
        raise PackageError([Problem(Place(name), "The file is empty; a table begins with the names of its columns.")])
    return rows


def _check_header(name: str, header: list[str], known: tuple[str, ...], required: tuple[str, ...]) -> None:
    place = Place(name, "line 1")
    found: list[Problem] = []
    for column in dict.fromkeys(header):
        if header.count(column) > 1:
            found.append(Problem(place.at(column), "The column stands twice in the header."))
        elif column not in known:
            found.append(Problem(place.at(column or "(no name)"), "The format has no such column."))
    found.extend(Problem(place.at(column), "The column is missing.") for column in required if column not in header)
    if found:
        raise PackageError(found)


def read_json(path: Path, name: str) -> Any:
    """Return the value of a JSON file. Raises PackageError for damage, for a key given twice and for NaN."""
    text = read_text(path, name)

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        result = dict(items)
        if len(result) < len(items):
            keys = [key for key, _value in items]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise ValueError(f"an object has the key {twice!r} twice")
        return result

    def constant(word: str) -> Any:
        raise ValueError(f"{word} is no number of JSON")

    try:
        value = json.loads(text, object_pairs_hook=pairs, parse_constant=constant)
        # Escapes can bring in what the text itself may not hold.
        damaged = damage_in(value)
    except json.JSONDecodeError as error:
        raise PackageError(
            [Problem(Place(name, f"line {error.lineno}"), f"The JSON is damaged: {error.msg}.")]
        ) from error
    except (ValueError, RecursionError) as error:
        reason = "too many levels" if isinstance(error, RecursionError) else str(error)
        raise PackageError([Problem(Place(name), f"The JSON is damaged: {reason}.")]) from error
    if damaged:
        raise PackageError([Problem(Place(name), "A text holds an escaped control character or half a character.")])
    return value


def read_front_matter(path: Path, name: str) -> tuple[dict[str, Any], str]:
    """Return front matter and body of a Markdown file that begins with a YAML block between two lines `---`.

    Raises PackageError for a file without one, and for YAML that is damaged or no table of names and values.
    """
    head, body = split_front_matter(path, name)
    return read_yaml(head, name), body


def split_front_matter(path: Path, name: str) -> tuple[str, str]:
    """Return the YAML text and the body of a Markdown file with front matter. Raises PackageError without one."""
    text = read_text(path, name)
    match = _FRONT_MATTER.match(text)
    if match is None:
        raise PackageError(
            [Problem(Place(name, "line 1"), "The file does not begin with front matter between two lines ---.")]
        )
    return match.group(1), match.group(2)


def read_yaml(text: str, name: str) -> dict[str, Any]:
    """Return the names and values of a YAML text. Raises PackageError if it is damaged or something else."""
    place = Place(name)
    try:
        value = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise PackageError([Problem(place, f"The YAML is damaged: {reason}.")]) from error
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise PackageError([Problem(place, "Expected names with values.")])
    return value


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write a table that `read_table` reads back: the header, then the cells of `columns`."""
    with _open(path) as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([row[column] for column in columns])


def write_json(path: Path, value: Any) -> None:
    """Write a JSON file that `read_json` reads back, for reading by people too."""
    with _open(path) as handle:
        handle.write(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def write_text(path: Path, text: str) -> None:
    """Write a text file that `read_text` reads back."""
    with _open(path) as handle:
        handle.write(text)


def write_yaml(path: Path, values: Mapping[str, Any]) -> None:
    """Write names and values that `read_yaml` reads back."""
    with _open(path) as handle:
        handle.write(yaml.safe_dump(dict(values), allow_unicode=True, sort_keys=False))


def write_front_matter(path: Path, head: Mapping[str, Any] | str, body: str) -> None:
    """Write a Markdown file with front matter (names and values, or their YAML) that `read_front_matter` reads back."""
    if not isinstance(head, str):
        head = yaml.safe_dump(dict(head), allow_unicode=True, sort_keys=False, width=10_000)
    with _open(path) as handle:
        handle.write(f"---\n{head}---\n{body}")


def _open(path: Path) -> IO[str]:
    """Open a file of an export for writing: it can hold unpublished contacts, so its owner alone may read it."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8", newline="")
