"""Pictures drawn anew: what a camera wrote into them (place, time, device) stays behind."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.base import ContentFile, File
from PIL import Image, ImageOps, UnidentifiedImageError

from platform_site.safety.reasons import refusal

FORMATS: dict[str, dict[str, Any]] = {"JPEG": {"quality": 90}, "PNG": {"optimize": True}, "WEBP": {"quality": 90}}
MOST_PIXELS = 40_000_000


def clean_picture(upload: File[bytes]) -> ContentFile[bytes]:
    """Return the picture drawn anew: same pixels (turned upright), no metadata, nothing appended.

    Raises ValidationError for what is no JPEG, PNG or WebP picture, is broken, or has more than 40 megapixels.
    """
    try:
        upload.seek(0)
        with Image.open(upload) as picture:
            if picture.format not in FORMATS:
                raise refusal("picture_kind")
            if picture.width * picture.height > MOST_PIXELS:
                raise refusal("picture_size")
            kind = picture.format
            upright = ImageOps.exif_transpose(picture)
            mode = (
                "RGB"
                if kind == "JPEG"
                else "RGBA"
                if "A" in upright.getbands() or "transparency" in upright.info
                else "RGB"
            )
            # A new canvas takes the pixels only: copying the picture would carry its metadata along.
            drawn = Image.new(mode, upright.size)
            drawn.paste(upright.convert(mode))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise refusal("broken_picture") from error
    buffer = io.BytesIO()
    drawn.save(buffer, format=kind, **FORMATS[kind])
    return ContentFile(buffer.getvalue(), name=upload.name)
