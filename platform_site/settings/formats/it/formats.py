"""Italian dates without a leading zero, which Django's own format writes."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
