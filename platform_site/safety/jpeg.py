"""Photographs inside documents: what the camera wrote is cut out, the picture itself stays as it is, byte for byte."""

from __future__ import annotations

import re

START = b"\xff\xd8"
END = b"\xff\xd9"
SCAN = 0xDA
COMMENT = 0xFE
# Kept of the segments of applications, by how they begin: how colours are to be read. Others in the same places hold
# further pictures and notes (JFXX, MPF, FPXR).
KEPT = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
# JFIF without the small picture that may follow these bytes.
JFIF_BYTES = 14
# The first byte pair after the points of a scan that is neither part of them nor a mark to start anew.
_AFTER_SCAN = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")


def without_metadata(data: bytes) -> bytes:
    """Return a JPEG without comments, the segments of applications (EXIF, XMP, IPTC) and what follows its end.

    Raises ValueError for what is no JPEG or is broken.
    """
    if not data.startswith(START):
        raise ValueError("This is no JPEG.")
    kept, position, drawn = [START], 2, False
    while True:
        if drawn and (position >= len(data) or data.startswith(END, position)):
            return b"".join([*kept, END])
        if position + 4 > len(data) or data[position] != 0xFF:
            raise ValueError("The JPEG is broken.")
        marker = data[position + 1]
        if marker == 0xFF:  # padding
            position += 1
            continue
        end = position + 2 + int.from_bytes(data[position + 2 : position + 4], "big")
        kept.append(_segment(marker, data[position:end]))
        position = end
        if marker == SCAN:
            drawn = True
            after = _AFTER_SCAN.search(data, position)
            # A picture that was cut off ends with its last point.
            end = after.start() if after else len(data)
            kept.append(data[position:end])
            position = end


def _segment(marker: int, segment: bytes) -> bytes:
    """Return what is kept of a segment, its mark and length included."""
    content = segment[4:]
    if marker == COMMENT:
        return b""
    if not 0xE0 <= marker <= 0xEF:
        return segment
    if marker not in KEPT or not content.startswith(KEPT[marker]):
        return b""
    if marker != 0xE0:
        return segment
    # Width and height of the small picture are the last two bytes.
    return b"\xff\xe0\x00\x10" + content[: JFIF_BYTES - 2].ljust(JFIF_BYTES, b"\0")
