"""Scores from 0 to 10, when pushing off or in general, and at rest."""

import pytest


@pytest.mark.parametrize(
    ("text", "push", "rest"),
    [
        ("about a 4 when i push off", 4, None), ("8/10 at rest", None, 8), ("pain is a 7/10", 7, None), ("pain 6 of 10 walking", 6, None),
        ("it's a three out of ten when I run", 3, None), ("like six or seven out of ten", 7, None), ("8 outta 10 when i run, drops to a 2 on the couch", 8, 2),
        ("3/10 running, 0 sitting", 3, 0), ("five when running and zero at rest", 5, 0), ("it hurts, 6 on stairs, 1 lying down", 6, 1),
        ("about a 4 when I push off, 1 sitting on me bum", 4, 1), ("pain's 3 jogging, nothing sat down", 3, 0), ("pain scale six or seven walking, sit two", 7, 2),
        ("pain is 9 even lying still", None, 9), ("dull ache sitting, maybe a three", None, 3), ("seven from ten when i walk", 7, None),
        ("push off pain 5, rest pain 2", 5, 2), ("hurts about an 8 going down stairs", 8, None), ("achy, a 2 in bed", None, 2),
        ("pain level 4", 4, None), ("worst it gets is 6/10", 6, None), ("my heel is sore, a solid 7 on hills", 7, None), ("douleur 6/10", 6, None),
        ("10/10 pain when I step on it", 10, None), ("a 9 mabye 10 pain going up stairs", 10, None),
    ],
)  # fmt: skip
def test_scores_are_read_with_what_they_are_of(values, text, push, rest):
    found = values(text)
    assert (found.get("push_off_nrs"), found.get("rest_nrs")) == (push, rest)


@pytest.mark.parametrize(
    "text",
    [
        "what does a 5 out of 10 feel like", "a woman with a six-week history of heel pain", "stiff like a board till bout 10 in the morning",
        "bad but bearable", "pain for 3 weeks", "size 9 shoes hurt my heel", "i run 5 days a week and it hurts", "up at 6 with heel pain", "chest pain 8/10",
        "my back hurts, 7/10", "stage 2 tendinopathy with pain", "2 of my toes hurt", "would recommend the clinic 10/10", "both heels hurt, 2 kids at home",
        "my heel hurts after 5k", "hurts in 3 spots", "it hurts when I do 3 sets of raises", "page 4 of the article about heel pain", "i have had this pain twice, in 2 years",
    ],
)  # fmt: skip
def test_other_numbers_are_no_scores(values, text):
    found = values(text)
    assert "push_off_nrs" not in found
    assert "rest_nrs" not in found
