"""What is known of the business is said; what is empty is said to be unknown."""

import dataclasses
from datetime import time

import pytest

from rasa_project.clinics.business import fact_value, is_fact, load_business
from rasa_project.clinics.directory import Directory, default_directory
from rasa_project.clinics.hours import OpeningHours
from rasa_project.errors import DataError

UNKNOWN = load_business()
LATE = {17: "Mon to Sun 8:00 am to 5:00 pm", 18: "Mon to Sun 8:00 am to 6:00 pm"}


def open_all_day(until: int | None) -> OpeningHours | None:
    """Open every day from eight until that hour."""
    return OpeningHours(week=(((time(8), time(until)),),) * 7) if until else None


def directory(**hours: int) -> Directory:
    return Directory(
        tuple(
            dataclasses.replace(clinic, hours=open_all_day(hours.get(clinic.slug)))
            for clinic in default_directory()
        )
    )


def test_empty_is_unknown():
    assert fact_value("hours", UNKNOWN, directory(), None) == ""
    assert fact_value("prices", UNKNOWN, directory(), None) == ""


def test_a_clinics_own_page_gives_its_own_hours():
    known = directory(riverdale=18, mimico=17)
    assert fact_value("hours", UNKNOWN, known, known.by_slug("mimico")) == f"Mimico: {LATE[17]}"
    everywhere = f"Riverdale: {LATE[18]}\nMimico: {LATE[17]}"
    assert fact_value("hours", UNKNOWN, known, None) == everywhere
    assert fact_value("hours", UNKNOWN, known, known.by_slug("scarborough")) == everywhere


def test_a_clinic_that_has_not_opened_is_left_out():
    known = directory(markham=17)
    assert fact_value("hours", UNKNOWN, known, known.by_slug("markham")) == ""
    assert fact_value("open:markham", UNKNOWN, known, None) == ""
    assert fact_value("open:mimico", UNKNOWN, known, None) == "Mimico"


def test_only_facts_that_there_are_can_be_asked_for():
    assert is_fact("prices", directory())
    assert is_fact("open:markham", directory())
    assert not is_fact("open:ottawa", directory())
    assert not is_fact("weather", directory())


@pytest.mark.parametrize(
    ("good", "bad", "key"),
    [
        ('prices: "" ', "prices: 95 ", "prices"),
        ('prices: "" ', 'prices: "A visit costs 95 dollars." ', "confirmed_by"),
        ('confirmed_by: "" ', 'confirmed_by: "A. Owner" ', "confirmed_on"),
        ('parking: "" ', 'valet: "" ', "valet"),
    ],
)
def test_a_mistake_is_named(tmp_path, good, bad, key):
    from rasa_project.settings import DATA

    text = (DATA / "clinics" / "business.yml").read_text()
    assert good in text
    file = tmp_path / "business.yml"
    file.write_text(text.replace(good, bad, 1))
    with pytest.raises(DataError) as error:
        load_business(file)
    assert error.value.key == key
