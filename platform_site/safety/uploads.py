"""Uploaded pictures are cleaned (`safety.pictures`) before they are kept."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from platform_site.safety.pictures import clean_picture


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
