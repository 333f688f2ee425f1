"""Phone numbers: whether one can be dialled, how it reads, and how a link dials it."""

from dataclasses import dataclass

import phonenumbers

HOME = "CA"
"""A number without a country code is a Canadian one."""

LONGEST = 40
"""Characters of a number as typed; the longest there is, with extension and spaces, is shorter."""


@dataclass(frozen=True)
class Phone:
    """A number that can be dialled.

    Attributes:
        text: As people read it, with the country code: "+1 416-555-0100 ext. 12".
        link: For a link that dials it: "tel:+1-416-555-0100;ext=12".
    """

    text: str
    link: str


def read_phone(typed: str) -> Phone | None:
    """Reads a phone number.

    Args:
        typed: With area code, in any usual way of writing; abroad with + and the country code.

    Returns:
        The number, or None when no number of that kind is given out anywhere.
    """
    if len(typed) > LONGEST:
        return None
    try:
        number = phonenumbers.parse(typed, HOME)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    formats = phonenumbers.PhoneNumberFormat
    return Phone(
        phonenumbers.format_number(number, formats.INTERNATIONAL),
        phonenumbers.format_number(number, formats.RFC3966),
    )
