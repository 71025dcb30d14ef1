"""Pictures in JPEG 2000 inside documents: notes and what follows the end are cut out, the points stay as they are.

ISO/IEC 15444-1, annex A (the code stream) and annex I (the boxes around it).
"""

from __future__ import annotations

from collections.abc import Iterator

SIGNATURE = b"jP  "
HEADER = b"jp2h"
STREAM = b"jp2c"
# What a reader needs: the marks of the format, size and colours, the points. Others hold notes, places and keys.
NEEDED = {SIGNATURE, b"ftyp", HEADER, STREAM}
NEEDED_IN_HEADER = {b"ihdr", b"bpcc", b"colr", b"pclr", b"cmap", b"cdef"}
START, TILE, DATA, COMMENT, END = b"\xff\x4f", b"\xff\x90", b"\xff\x93", b"\xff\x64", b"\xff\xd9"


def without_notes(data: bytes) -> bytes:
    """Return the picture, in boxes or bare, with nothing but what draws it. Raises ValueError if it is broken."""
    if data.startswith(START):
        return _stream(data)
    if data[4:8] != SIGNATURE:
        raise ValueError("This is no JPEG 2000.")
    kept = []
    for kind, content in _boxes(data):
        if kind == HEADER:
            inner = [_box(name, part) for name, part in _boxes(content) if name in NEEDED_IN_HEADER]
            kept.append(_box(kind, b"".join(inner)))
        elif kind == STREAM:
            kept.append(_box(kind, _stream(content)))
        elif kind in NEEDED:
            kept.append(_box(kind, content))
    return b"".join(kept)


def _box(kind: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + kind + content


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and content of each box."""
    position = 0
    while position + 8 <= len(data):
        length, kind, head = int.from_bytes(data[position : position + 4], "big"), data[position + 4 : position + 8], 8
        if length == 1:
            length, head = int.from_bytes(data[position + 8 : position + 16], "big"), 16
        elif length == 0:  # up to the end
            length = len(data) - position
        if length < head or position + length > len(data):
            raise ValueError("The JPEG 2000 is broken.")
        yield kind, data[position + head : position + length]
        position += length


def _stream(data: bytes) -> bytes:
    """Return a code stream without remarks and what follows its end."""
    kept, position = [START], 2
    if not data.startswith(START):
        raise ValueError("The JPEG 2000 is broken.")
    while not data.startswith(TILE, position):
        segment = _segment(data, position)
        if not segment.startswith(COMMENT):
            kept.append(segment)
        position += len(segment)
    while data.startswith(TILE, position):
        length = int.from_bytes(data[position + 6 : position + 10], "big")
        if length == 0:  # the last one, up to the end of the stream
            length = (len(data) - 2 if data.endswith(END) else len(data)) - position
        end = position + length
        inside = position
        while not data.startswith(DATA, inside):
            segment = _segment(data, inside)
            # Without it the lengths before would be wrong; no program is known to write one here.
            if segment.startswith(COMMENT):
                raise ValueError("The JPEG 2000 holds remarks where they cannot be taken out.")
            inside += len(segment)
        if end > len(data) or inside > end:
            raise ValueError("The JPEG 2000 is broken.")
        kept.append(data[position:end])
        position = end
    return b"".join([*kept, END])


def _segment(data: bytes, position: int) -> bytes:
    length = int.from_bytes(data[position + 2 : position + 4], "big")
    if length < 2 or data[position : position + 1] != b"\xff" or position + 2 + length > len(data):
        raise ValueError("The JPEG 2000 is broken.")
    return data[position : position + 2 + length]
