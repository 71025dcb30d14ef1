"""Uploaded pictures: what a camera wrote into them (place, time, device) is taken out before they are kept."""

from __future__ import annotations

import io
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError
from wagtail.images.forms import BaseImageForm

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
                raise ValidationError(_("Only JPEG, PNG and WebP pictures can be kept."))
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(_("The picture has more than 40 megapixels. Make it smaller first."))
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
        raise ValidationError(_("This file is broken or no picture.")) from error
    buffer = io.BytesIO()
    drawn.save(buffer, format=kind, **FORMATS[kind])
    return ContentFile(buffer.getvalue(), name=upload.name)


class CleanImageForm(BaseImageForm):
    """The form of Wagtail's picture library; keeps cleaned pictures only."""

    def clean_file(self) -> Any:
        """Return the cleaned picture. Raises ValidationError beside the field."""
        upload = self.cleaned_data.get("file")
        if isinstance(upload, UploadedFile):
            cleaned = clean_picture(upload)
            # The picture as Pillow opened it, which Wagtail's own checks read on.
            vars(cleaned)["image"] = getattr(upload, "image", None)
            return cleaned
        return upload
