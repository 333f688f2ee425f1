"""Other languages, very long and very strange messages all get a decent answer."""

import pytest

from tests.running import TAPS

OTHERS = [
    "douleur à la poitrine",
    "je n'arrive plus à respirer, aidez-moi",
    "ਮੇਰੀ ਅੱਡੀ ਦੁਖਦੀ ਹੈ ਅਤੇ ਸੁੱਜੀ ਹੋਈ ਹੈ",
    "我的脚跟疼了两个星期",
    "எனக்கு குதிகால் வலி இருக்கிறது",
    "me duele el talón desde hace dos semanas",
    "كعبي يؤلمني منذ أسبوعين",
]


@pytest.mark.parametrize("words", OTHERS)
@pytest.mark.parametrize("screen", ["emergency_signs", "training_change"])
def test_it_says_which_language_it_speaks_and_where_help_is(chat, words, screen):
    visitor = chat().answer({k: v for k, v in TAPS.items() if k != screen}).say(words)
    assert "English" in visitor.text
    assert "911" in visitor.text and "811" in visitor.text
    assert visitor.turn[-1]["screen"] == screen


def test_french_gets_a_line_in_french(chat):
    assert "En cas d'urgence, appelez le 911" in chat().say("j'ai mal au talon le matin").text


@pytest.mark.parametrize(
    ("words", "screen"), [("oui", "emergency_signs"), ("non merci", "consent")]
)
def test_an_answer_that_is_understood_is_taken_without_a_lecture(chat, words, screen):
    visitor = chat().say(words)
    assert "English" not in visitor.text
    assert visitor.screen == screen


@pytest.mark.parametrize(
    "words",
    ["nah me heels killin me bruv innit", "yo wagwan ting hurts bare bad", "dunno mate tbh lol",
     "since labour day eh", "u guys do chiro?", "heel striking vs midfoot"],
)  # fmt: skip
def test_english_slang_is_not_taken_for_another_language(chat, words):
    assert "English" not in chat().pick("yes").say(words).text


@pytest.mark.parametrize(
    "words",
    [("my heel is sore and stiff and I run a lot and it started a while ago. " * 40)[:2000],
     "😀" * 400, "no " * 300, "not no never " * 150, "脚跟疼痛" * 400, "ਮੇਰੀ ਅੱਡੀ " * 150,
     "a" * 2000, "(((" * 600, "sorry I meant " * 140],
    ids=["long", "emoji", "no", "negations", "chinese", "punjabi", "a", "brackets", "corrections"],
)  # fmt: skip
def test_strange_text_is_answered_and_the_question_stays_open(chat, words):
    visitor = chat().answer({k: v for k, v in TAPS.items() if k != "next_day"}).say(words)
    assert visitor.turn[-1]["screen"]
    assert all(event["type"] != "notice" or event["kind"] != "error" for event in visitor.turn)
