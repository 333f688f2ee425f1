"""Days since it began, and times that date something else."""

import pytest


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        # lengths
        ("3 weeks", 21, 21), ("3wk", 21, 21), ("8 wks", 56, 56), ("a couple of months", 60, 60),
        ("x2 months", 60, 60), ("achilles pain x 3 wks", 21, 21), ("going on 3 months now", 90, 90),
        ("heel's been sore for the past fortnight", 14, 14), ("sore a week and a half", 10, 11),
        ("my heel has been killing me for like 5, 6 days", 5, 6), ("been hurting four or five weeks", 28, 35),
        ("it's been bugging me the best part of a year", 300, 365), ("on n off for yrs", 365, 3650),
        ("pain in my heel 2-3 weeks", 14, 21), ("this has been going on for a month and a half", 45, 45),
        ("had this heel pain about half a year", 150, 190), ("thre mnoths of heel pain", 90, 90),
        ("my heel is paining since two week", 14, 14), ("from 8 days I have pain in the heel", 8, 8),
        ("pain in heel start 5 month before", 150, 150), ("j'ai mal au talon depuis 3 semaines", 21, 21),
        ("day 4 of this heel pain", 4, 4), ("heel sore, day 10", 10, 10),
        # days and dates
        ("since yesterday my calf aches", 1, 1), ("been sore since last tuesday", 7, 7), ("heel hurts since sat", 3, 3),
        ("rolled my ankle saturday", 3, 3), ("heard a pop on thursday night", 5, 5), ("it started the day before yesterday", 2, 2),
        ("twisted it a week ago saturday", 10, 10), ("it began two fridays ago", 11, 11), ("tripped on the weekend", 2, 3),
        ("my heel has hurt since labour day", 78, 78), ("achilles sore since thanksgiving", 43, 43),
        ("pain since remembrance day", 13, 13), ("sore since canada day", 146, 146), ("been limping since halloween", 24, 24),
        ("sore since diwali", 16, 16), ("hurting since xmas", 330, 336), ("achilles hurts since easter", 230, 235),
        ("my heel started hurting Nov 3rd", 21, 21), ("pain began on the third of november", 21, 21), ("it started 3 nov", 21, 21),
        ("sore since mid september", 60, 80), ("pain since the end of september", 52, 64), ("hurts since the start of october", 45, 56),
        ("heel pain on and off since spring", 156, 249), ("sore since last winter", 240, 340), ("hurting since early summer", 120, 160),
        ("bothering me since 2024", 690, 1060), ("heel hurts since satruday", 3, 3), ("sore since septembr", 55, 85),
        # since an event with a date
        ("heel pain since I was in Cuba in October", 24, 54), ("calf has been sore since I got back from Delhi on Thursday", 5, 5),
        ("since the surgery 5 weeks ago my heel hurts", 35, 35), ("both heels hurt since I switched shoes three weeks ago", 21, 21),
        ("I finished cipro a month ago and since then both achilles ache", 30, 30),
        ("my calf started aching about a week after I flew home on Nov 8", 9, 9),
        # what happened, and when
        ("fell off a ladder this morning", 0, 0), ("rolled my ankle 9 days ago, still fat", 9, 9),
        ("pulled my calf playing tennis 3 weeks ago", 21, 21), ("basketball on Sunday and I came down on someone's foot", 2, 2),
        ("tore something in my calf yest", 1, 1), ("both achilles got sore out of nowhere last wk", 7, 7),
        ("came on about six weeks back when I got new hokas", 42, 42), ("stepped off the curb wrong an hour ago", 0, 0),
        ("Sore underneath, left foot. Six weeks, I'd say.", 42, 42), ("Went off like a gunshot, couldn't stand. That was Sunday.", 2, 2),
        ("my heel is sore, took cipro in june, started 2 weeks ago", 14, 14),
        ("pain start before 10 days", 10, 10), ("from past 1 month my heel paining", 30, 30), ("desde hace 2 meses me duele el talon", 60, 60),
        ("mi heel a kill mi since back to school", 70, 100), ("pain x 6/52", 42, 42), ("swollen since the 12th", 12, 12),
        ("heel pain since 10/15", 40, 40), ("I was fine until Thursday", 5, 5), ("no pain at all till about two weeks ago", 14, 14),
        ("woke up with it this morning", 0, 0), ("sometime in august", 85, 116), ("third day now", 3, 3), ("less than a week", 0, 7),
        ("I tore the other one in 2018; this side started six weeks ago", 42, 42), ("hurt it in 2015 but this is new, 3 days", 3, 3),
        ("on cipro since Monday, achilles hurts since Wednesday", 6, 6), ("had this in march, came back 2 weeks ago", 14, 14),
        ("gave birth 3 weeks ago, calf pain for 2 days", 2, 2), ("ran the marathon on Oct 18 and it's been sore since", 37, 37),
        ("heel bruised from soccer on saturday", 3, 3), ("Symptoms have persisted for in excess of three months.", 90, 90),
        ("been running for 10 years, heel sore 3 weeks", 21, 21),
    ],
)  # fmt: skip
def test_what_dates_the_complaint(values, text, low, high):
    days = values(text).get("duration_days")
    assert days is not None
    assert low <= days <= high


@pytest.mark.parametrize(
    "text",
    [
        # other matters
        "had a clot ten years ago", "took clindamycin last month", "i'm on day 3 of cipro for a uti", "finished levaquin 2 months ago",
        "had a cortisone shot in my heel in september", "pregnant 20 weeks", "31 wks preggo btw", "gave birth 5 weeks ago",
        "had my knee replaced in october", "flew back from India two weeks ago, 14 hours", "drove to montreal last weekend",
        "fever since last night, 38.9", "chills since yesterday", "blacked out about an hour ago", "chest is tight since this morning",
        "can't feel when i wipe since last night", "lost 15 pounds since the summer", "my eye is red and sore today",
        "was in bed all last week with the flu", "got new shoes a month ago", "started running 3 weeks ago", "been running for 10 years",
        "i've been a nurse for 20 years", "Crohn's, twenty years of it", "diagnosed with RA in 2019", "quit smoking in january",
        "moved here in august", "i have been retired for 3 years", "had melanoma in 2019",
        # rests, courses, habits, ends
        "rested 2 weeks and no better", "took 3 weeks off running", "tried 6 weeks of physio", "iced it for 3 days",
        "flares up for two days after a run", "hurts 3 days a week", "i play hockey 4x a week", "10 day course of antibiotics",
        "marathon in 6 weeks", "my race is 5 weeks away", "i work 12 hour shifts", "stiff for 20 minutes in the morning",
        "10 minutes into a run my calf cramps",
        # over, hypothetical, idiom
        "calf swelled up last may, long gone now", "it was just there one day", "work is killing me this week",
        "rough week at work", "kids are home with a fever today", "i cut my finger this morning",
        "i may go to the clinic", "see you tuesday", "can I come on friday", "my baby is two years old",
        "closed up ages ago, that blister from the ten k in may",
        "constipated for three days", "I need my receipt from last year", "will it be hot on canada day", "saw my doctor 2 weeks ago",
        "after hills it's angry for like 2 days", "that's enough questions for one day", "how much is one session",
        "how long does it take to heal, 6 weeks?",
    ],
)  # fmt: skip
def test_times_of_other_things_do_not_date_the_complaint(values, text):
    assert "duration_days" not in values(text)
