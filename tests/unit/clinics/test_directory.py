"""The clinic file: what is known is loaded, what is wrong is named, what is empty is reported."""

from pathlib import Path

import pytest
import yaml

from rasa_project.clinics.directory import default_directory, load_directory
from rasa_project.clinics.hours import DAYS
from rasa_project.errors import DataError
from rasa_project.settings import DATA

FILE = DATA / "clinics" / "clinics.yml"


def changed(tmp_path: Path, clinic: str, /, **values: object) -> Path:
    """A copy of the clinic file with one record changed."""
    records = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    next(record for record in records if record["slug"] == clinic).update(values)
    copy = tmp_path / "clinics.yml"
    copy.write_text(yaml.safe_dump(records), encoding="utf-8")
    return copy


def test_the_six_clinics_of_the_article_are_there():
    assert [clinic.name for clinic in default_directory()] == [
        "Scarborough", "Riverdale", "Downtown Toronto", "Mimico", "Mississauga", "Markham",
    ]  # fmt: skip


def test_markham_is_not_among_the_open_clinics():
    slugs = [clinic.slug for clinic in default_directory().open_clinics()]
    assert len(slugs) == 5
    assert "markham" not in slugs


def test_a_clinic_is_found_by_slug_open_or_not():
    directory = default_directory()
    assert directory.by_slug("mimico").name == "Mimico"
    assert directory.by_slug("markham").is_open is False
    assert directory.by_slug("port-credit") is None
    assert directory.by_slug(None) is None


def test_details_that_nobody_gave_stay_empty():
    for clinic in default_directory():
        assert (clinic.address, clinic.phone, clinic.booking_url, clinic.tel) == ("",) * 4
        assert clinic.hours is None
        assert clinic.services == ()


def test_every_empty_and_stand_in_field_is_reported_at_start():
    lines = {str(item) for item in default_directory().unconfirmed_fields()}
    assert "riverdale.phone: empty" in lines
    assert "riverdale.near: approximate" in lines
    assert "riverdale.name: not confirmed" in lines
    assert len(lines) == 6 * 8


def test_a_confirmed_and_complete_clinic_is_not_reported(tmp_path):
    near = {"lat": 43.6, "lon": -79.5, "approximate": False, "note": "door", "source": "owner"}
    file = changed(
        tmp_path, "mimico", address="1 Example St", phone="416-555-0100",
        hours=dict.fromkeys(DAYS, "8:00-20:00"), services=["Physiotherapy"],
        booking_url="https://example.org/book", near=near, confirmed_by="A. Owner",
        confirmed_on="2026-01-31",
    )  # fmt: skip
    reported = load_directory(file).unconfirmed_fields()
    assert not [item for item in reported if item.slug == "mimico"]


def test_a_filled_in_field_without_a_name_under_it_is_reported(tmp_path):
    directory = load_directory(changed(tmp_path, "mimico", phone="416-555-0100"))
    assert "mimico.phone: not confirmed" in map(str, directory.unconfirmed_fields())


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"fax": "1"}, "mimico.fax"),
        ({"status": "closed"}, "mimico.status"),
        ({"name": " "}, "mimico.name"),
        ({"phone": "call us"}, "mimico.phone"),
        ({"phone": 4165550100}, "mimico.phone"),
        ({"booking_url": "http://example.org"}, "mimico.booking_url"),
        ({"booking_url": "javascript:alert(1)"}, "mimico.booking_url"),
        ({"slug": "Mimico Clinic"}, "Mimico Clinic.slug"),
        ({"slug": "riverdale"}, "riverdale.slug"),
        ({"near": {"lat": -79.5, "lon": 43.6}}, "mimico.near"),
        (
            {"near": {"lat": -79.5, "lon": 43.6, "approximate": True, "note": "x", "source": "y"}},
            "mimico.near.lat",
        ),
        ({"phone": "000 000 0000"}, "mimico.phone"),
        ({"hours": "Mon 8-5"}, "mimico.hours"),
        ({"hours": None}, "mimico.hours"),
        ({"services": "physiotherapy"}, "mimico.services"),
        ({"services": [""]}, "mimico.services"),
        ({"confirmed_by": "A. Owner"}, "mimico.confirmed_on"),
        ({"confirmed_by": "A. Owner", "confirmed_on": "soon"}, "mimico.confirmed_on"),
    ],
)
def test_a_wrong_value_is_an_error_that_names_file_and_key(tmp_path, values, key):
    file = changed(tmp_path, "mimico", **values)
    with pytest.raises(DataError) as error:
        load_directory(file)
    assert (error.value.file, error.value.key) == (str(file), key)


def test_a_directory_without_an_open_clinic_is_an_error(tmp_path):
    records = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    file = tmp_path / "clinics.yml"
    file.write_text(yaml.safe_dump([records[-1]]), encoding="utf-8")
    with pytest.raises(DataError, match="no clinic is open"):
        load_directory(file)
