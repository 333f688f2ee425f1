"""A summary in the media type that was asked for."""

from rasa_project.summary.content import Summary
from rasa_project.summary.page import to_html
from rasa_project.summary.plain import to_text

CALENDAR = "text/calendar"
MEDIA_TYPES = ("text/plain", "text/html", "application/pdf", "application/fhir+json", CALENDAR)
"""What a summary can be had as; the calendar file only where the outcome has a check date."""


def render(summary: Summary, media_type: str) -> bytes:
    """The summary as bytes; texts are UTF-8.

    Args:
        summary: What to show.
        media_type: One of :data:`MEDIA_TYPES`.

    Raises:
        NoCheckDate: A calendar file was asked for, and there is no date to put into it.
        ValueError: Another media type.
    """
    # These two bring in large libraries, which a start without a summary must not wait for.
    if media_type == "application/pdf":
        from rasa_project.summary.pdf import to_pdf

        return to_pdf(summary)
    if media_type == "application/fhir+json":
        from rasa_project.summary.fhir import to_fhir

        return to_fhir(summary).encode()
    if media_type == CALENDAR:
        from rasa_project.summary.calendar import to_calendar

        return to_calendar(summary)
    if media_type == "text/html":
        return to_html(summary).encode()
    if media_type == "text/plain":
        return to_text(summary).encode()
    raise ValueError(f"{media_type} is not one of {', '.join(MEDIA_TYPES)}")
