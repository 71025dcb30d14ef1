"""Uploaded pictures: what a camera wrote into them (place, time, device) is taken out before they are kept."""

from __future__ import annotations

import io
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError
from wagtail.images.fields import WagtailImageField
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


class CleanImageField(WagtailImageField):
    """Cleans the picture before Wagtail looks at it, whose checks end in a server error at a broken one."""

    def to_python(self, data: Any) -> Any:
        """Return the cleaned picture. Raises ValidationError for what is too large, broken or no picture."""
        if isinstance(data, UploadedFile):
            self.check_image_file_size(data)
            data = clean_picture(data)
        return super().to_python(data)


class CleanImageForm(BaseImageForm):
    """The form of Wagtail's picture library; keeps cleaned pictures only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("file")
        if field is not None:
            self.fields["file"] = CleanImageField(label=field.label, required=field.required, widget=field.widget)
