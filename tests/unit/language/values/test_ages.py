"""Ages of the visitor or the child."""

import pytest


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("I am of 52 years", "40_59"), ("age 29 years", "18_39"), ("my toddler is 3 and won't walk on her heel", "u8"), ("born in 1961", "60p"), ("She's twelve and a half", "8_15"),
        ("30s female with sore heel", "18_39"), ("j'ai 43 ans", "40_59"), ("44 y/o F", "40_59"),
        ("I'm 66", "60p"), ("im a 45yo male runner", "40_59"), ("my achilles hurts, 34F", "18_39"), ("I'm 34F", "18_39"), ("my 11 year old son has heel pain", "8_15"),
        ("my 9 yr old limps after soccer", "8_15"), ("my nine-year-old's heel hurts", "8_15"), ("my son is 7 and his heel hurts", "u8"), ("daughters 7, heel hurts", "u8"),
        ("im in my forties", "40_59"), ("in my early 50s", "40_59"), ("pushing 70", "60p"), ("I'm pushing 60", "40_59"), ("turning 40 next month", "18_39"), ("I just turned forty", "40_59"),
        ("age 17", "16_17"), ("Age: 33", "18_39"), ("aged 54", "40_59"), ("47m in scarborough", "40_59"), ("52 female, bottom of heel", "40_59"), ("68 yo gal", "60p"), ("F52 with heel pain", "40_59"),
        ("I am 46 year old man", "40_59"), ("Seventy-two I am, and I've done my Achilles in", "60p"), ("At 71 I'm hardly likely to be pregnant", "60p"), ("not bad at 63 but my heel is sore", "60p"),
        ("I completed 67 years in this march", "60p"), ("my mother is eighty-six and can't stand on her foot", "60p"), ("My daughter 11 year, her heels hurt", "8_15"), ("i turn 18 in march", "16_17"),
        ("bottom of the left heel, agony first thing, gym three times a week, 29", "18_39"), ("My right foot has been sore under the heel. 44. No cut on it.", "40_59"), ("sore for weeks now on the left, 63 and used to run halfs", "60p"),
        ("Swollen heel, can't stand on it since the ladder. Sixty-one.", "60p"), ("I'm sixty two I finished my run early", "60p"), ("he's fifty eight and it hurts", "40_59"), ("i'm thirty-something with a sore heel", "18_39"),
    ],
)  # fmt: skip
def test_ages_are_read_as_bands(values, text, band):
    assert values(text).get("age_band") == band


@pytest.mark.parametrize(
    "text",
    [
        "retired at 65", "diagnosed with RA in my thirties", "I've run since I was 20", "when i was 12 i broke my ankle", "at age 30 I had a clot", "my shoes are 2 years old", "a 10 year old injury",
        "i coach 10 year olds", "I'm 5 weeks pregnant", "im 6 2", "I'm 90% sure", "i am 2 weeks out from surgery", "im 10 out of 10 in pain", "temp was 38, chills and my heel is very red now", "I'm 100 kg",
        "Crohn's, twenty years of it", "over-fifties football", "apt 12, near the park", "my baby is two years old", "stiff 20, 30 min in the mornings and sore all day", "i am 3 km from the clinic", "50m sprints hurt",
        "did 40 raises, then 20, and my heel hurts", "I'm 12 hours into my shift",
    ],
)  # fmt: skip
def test_other_numbers_are_no_ages(values, text):
    assert "age_band" not in values(text)
