"""Other languages are recognised; slang and typos are English."""

import pytest

from rasa_project.language.foreign import LanguageDetector


@pytest.fixture(scope="module")
def detector():
    return LanguageDetector()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("douleur à la poitrine", "fr"), ("j'ai mal au talon depuis trois semaines", "fr"),
        ("je n'arrive plus à respirer", "fr"), ("me duele el talón desde hace dos semanas", "es"),
        ("ਮੇਰੀ ਅੱਡੀ ਦੁਖਦੀ ਹੈ", "pa"), ("我的脚跟疼", "zh"), ("எனக்கு குதிகால் வலி", "ta"),
        ("كعبي يؤلمني", "ar"), ("у меня болит пятка", "ru"),
    ],
)  # fmt: skip
def test_another_language_is_recognised(detector, text, language):
    assert detector.detect(text) == language


@pytest.mark.parametrize(
    "text",
    ["nah me heels killin me bruv", "im not rly sure tbh", "since labour day eh", "blah blah blah",
     "u guys do chiro?", "heel striking vs midfoot", "pain dey my leg since last week",
     "wah yuh need dat for", "i no understand question", "achiles tendn sor", "oui", "non",
     "undo my last answer", "", "😀😀😀", "123 456", "a" * 2000],
)  # fmt: skip
def test_slang_typos_and_what_cannot_be_told_are_english(detector, text):
    assert detector.detect(text) is None
