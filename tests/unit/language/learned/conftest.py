from datetime import date

import pytest

from rasa_project.language.encoder import default_encoder
from rasa_project.language.extractor import FactExtractor
from rasa_project.language.learned.notation import sentences
from rasa_project.language.learned.reader import example, train_reader
from rasa_project.language.lexicon import project_lexicon

LESSONS = """
swelling.calf :: my calf is swollen
swelling.calf :: the calf has puffed up a lot
swelling.calf :: lower leg is all ballooned and puffy
swelling.calf :: calf swelled up overnight
swelling.calf :: there is swelling in my calf muscle
-swelling.calf :: my calf is not swollen
-swelling.calf :: no swelling in the calf at all
?swelling.calf :: my calf might be a bit swollen, not sure
<swelling.calf :: my calf used to swell up years ago but not now
~swelling.calf :: what if my calf swells up, should i worry
@swelling.calf :: my sister's calf was swollen after her flight
fever.yes :: i have a fever since last night
fever.yes :: running a high temperature and shivering
fever.yes :: i feel feverish and have chills
fever.yes :: my temperature is 39 and i shake
fever.yes :: burning up with fever
-fever.yes :: no fever
-fever.yes :: i do not have a temperature or chills
?fever.yes :: i think i might have a fever
<fever.yes :: had a fever last month, gone now
~fever.yes :: if i get a fever should i go in
@fever.yes :: my kids were home with a fever, not me
onset.sudden_pop :: felt a pop in the back of my ankle
onset.sudden_pop :: it snapped like somebody kicked me
onset.sudden_pop :: heard a loud crack from my tendon
onset.sudden_pop :: something went bang in my heel
onset.sudden_pop :: there was a snap and then i fell
-onset.sudden_pop :: no pop or snap
@onset.sudden_pop :: my dad heard a pop when his went
:: popped into the shop for new insoles
:: what time do you open on saturday
:: the weather is awful for running
:: i like your website
:: can i book for next week
"""


@pytest.fixture(scope="session")
def examples(tmp_path_factory):
    file = tmp_path_factory.mktemp("lessons") / "lessons.txt"
    file.write_text(LESSONS)
    return [example(one["text"], one["facts"]) for one in sentences(file)]


@pytest.fixture(scope="session")
def rules():
    return FactExtractor()


@pytest.fixture(scope="session")
def reader(examples, rules):
    return train_reader(
        default_encoder(),
        project_lexicon().speller,
        examples,
        lambda text, at: rules.statuses(text, date(2026, 1, 1), at),
    )
