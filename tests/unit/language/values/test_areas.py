"""Where the writer is or lives; never more of a postal code than its first three characters."""

import pytest


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("I currently live in Mississauga", "Mississauga"), ("I stay at Jane and Finch", "Jane and Finch"), ("im in the 6ix", "Toronto"), ("scarboro, not the Yorkshire one", "Scarborough"),
        ("M5V 2T6", "M5V"), ("I live at M4K 1A1", "M4K"), ("m6k 1x", "M6K"), ("my postal code starts m six j", "M6J"), ("postal code MIP 3B4", "M1P"), ("m4k", "M4K"), ("sore heel 3 weeks, m1k", "M1K"),
        ("L5B 3C1", "L5B"), ("i live in etobicoke", "Etobicoke"), ("I'm out in etobicko", "Etobicoke"), ("I live near High Park", "High Park"), ("47m in scarborough", "Scarborough"), ("i'm in missisagua", "Mississauga"),
        ("lesliville", "Leslieville"), ("heel is killing me. in the beaches", "The Beaches"), ("I am coming from Missisauga", "Mississauga"), ("im at Bloor and Spadina", "Bloor and Spadina"),
        ("Live near to Don Mills", "Don Mills"), ("I'm over Etobicoke way", "Etobicoke"), ("I'm by Mimico", "Mimico"), ("sore achilles for weeks, can't run, north york", "North York"), ("she lives in Scarborough", "Scarborough"),
        ("based in Brampton", "Brampton"), ("i live in the annex", "The Annex"), ("my area is thornhill", "Thornhill"), ("I live around yonge and eglinton", "Yonge and Eglinton"),
    ],
)  # fmt: skip
def test_the_writers_area_is_read(values, text, area):
    assert str(values(text).get("area")).casefold() == area.casefold()


@pytest.mark.parametrize(
    "text",
    [
        "it was sore, went away, came back on friday", "how many people live in canada", "he plays for Markham",
        "I ran in High Park",
        "rolled my ankle yesterday, in High Park",
        "how many people live in mississauga", "rolled my ankle outside Kipling station", "i work in Etobicoke", "fell on Spadina", "flew home from Tokyo", "my doctor in Etobicoke said so", "twisted it at Square One", "training for the Scarborough 10k",
        "see you l8r", "my A1C is 7", "going on a 5k run", "L4 L5 disc", "h1n1 last year", "ran 10k n 5k after", "a trip to Brampton last week", "it hurts in the morning", "in the main tendon", "around my ankle",
        "do you have a clinic in Oakville?", "is there parking at the Markham clinic", "i was at the hospital in Ajax", "my sister lives far away", "i played hockey in Vaughan on Sunday", "sore in the junction of heel and tendon",
    ],
)  # fmt: skip
def test_other_places_are_not_the_writers_area(values, text):
    assert "area" not in values(text)


def test_only_the_first_three_characters_of_a_postal_code_are_quoted(hear):
    assert [m.text for m in hear("I live at M4K 1A1") if m.fact == "area"] == ["M4K"]
