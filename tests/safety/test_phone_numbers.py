"""Telephone numbers as links."""

import pytest

from platform_site.safety.phone_numbers import dial_address


@pytest.mark.parametrize(
    ("printed", "address"),
    [
        ("+44 1632 960123", "tel:+441632960123"),
        ("+39 (0) 6 12 34", "tel:+3961234"),
        ("0039 (0)6 12.34", "tel:003961234"),
        ("(0) 555 123", "tel:0555123"),
        ("116 006", "tel:116006"),
        ("1522", "tel:1522"),
        ("+33 825-009-907 / +33 1 99 00 00 00", "tel:+33825009907"),
        ("+33 825 009 907, +33 1 99 00 00 00", "tel:+33825009907"),
        ("0800 20 520 or 0044 1632 960123", "tel:080020520"),
        ("0800 123 456 (free)", "tel:0800123456"),
        ("no number", ""),
        ("", ""),
    ],
)
def test_the_first_number_can_be_dialled(printed: str, address: str) -> None:
    assert dial_address(printed) == address
