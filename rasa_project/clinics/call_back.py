"""What a visitor is told, and agrees to, before the clinic may call them."""

from datetime import date
from typing import Any

from rasa_project.clinics.directory import Clinic
from rasa_project.clinics.texts import texts

KEPT_DAYS = 30
"""Days until a name and number are erased, called or not: time to reach someone, no longer."""

KEPT_DAYS_WHEN_DONE = 7
"""Days that are left once the clinic has called, should the line break off."""


def call_back_offer(clinic: Clinic) -> dict[str, Any] | None:
    """The key ``call_back`` of a clinic event: the words that the visitor is to agree to.

    Returns:
        None for a clinic that is not open: it is never offered.
    """
    if not clinic.is_open:
        return None
    return {"consent": texts()["call_back_consent"].format(name=clinic.name, days=KEPT_DAYS)}


def asked_text(clinic_name: str) -> str:
    """The line in the chat after a request: neither name nor number is in it."""
    return texts()["call_back_asked"].format(name=clinic_name)


def withdrawn_text() -> str:
    """The line in the chat after a request was taken back."""
    return texts()["call_back_withdrawn"]


def receipt_text(clinic_name: str, reference: str, kept_until: date) -> str:
    """What the visitor keeps: who will call, the code to quote, and when the number is erased.

    Args:
        clinic_name: The clinic's name.
        reference: The chat's reference code.
        kept_until: The day by which name and number are erased.
    """
    return texts()["call_back_receipt"].format(
        name=clinic_name, reference=reference, day=kept_until.isoformat()
    )
