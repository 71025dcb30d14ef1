"""Photographs inside documents: what the camera wrote is cut out, the picture itself stays as it is, byte for byte."""

from __future__ import annotations

START = b"\xff\xd8"
SCAN = 0xDA
# Kept of the segments of applications: how colours are to be read (0 JFIF, 2 colour profile, 14 Adobe).
KEPT = {0xE0, 0xE2, 0xEE}
COMMENT = 0xFE


def without_metadata(data: bytes) -> bytes:
    """Return a JPEG without comments and the segments of applications (EXIF, XMP, IPTC). Raises ValueError."""
    if not data.startswith(START):
        raise ValueError("This is no JPEG.")
    kept, position = [START], 2
    while True:
        if position + 4 > len(data) or data[position] != 0xFF:
            raise ValueError("The JPEG is broken.")
        marker = data[position + 1]
        if marker == 0xFF:  # padding
            position += 1
            continue
        end = position + 2 + int.from_bytes(data[position + 2 : position + 4], "big")
        if marker == SCAN:
            kept.append(data[position:])
            return b"".join(kept)
        if not (0xE0 <= marker <= 0xEF and marker not in KEPT) and marker != COMMENT:
            kept.append(data[position:end])
        position = end
