"""The clinics' clock."""

from zoneinfo import ZoneInfo

TORONTO = ZoneInfo("America/Toronto")
"""All clinics are in and around Toronto; dates and hours are said in its time."""
