"""What is typed wrongly and what it is read as."""

import pytest

from rasa_project.errors import DataError
from rasa_project.language.lexicon import project_lexicon
from rasa_project.language.spelling import Speller


@pytest.fixture(scope="module")
def speller() -> Speller:
    return project_lexicon().speller


def read(speller: Speller, text: str) -> str:
    return " ".join(token.norm for token in speller.tokens(text))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bakc", "back"), ("nubm", "numb"), ("swolen", "swollen"), ("swollne", "swollen"),
        ("swollllen", "swollen"), ("faver", "fever"), ("fver", "fever"), ("frever", "fever"),
        ("antibotic", "antibiotic"), ("achillies", "achilles"), ("achilels", "achilles"),
        ("Achiles", "achilles"), ("ciprofloxcin", "ciprofloxacin"), ("planter fasciitis", "plantar fasciitis"),
        ("plantar fashitis", "plantar fasciitis"), ("caf", "calf"), ("clafs", "calves"), ("tingleing", "tingling"),
        ("hobblin", "hobbling"), ("snappd", "snapped"), ("heeeel", "heel"), ("sooo", "so"),
        ("nto", "not"), ("teh", "the"), ("hte", "the"), ("fot", "foot"), ("ahve", "have"),
        ("deosnt", "does not"), ("dind't", "did not"), ("did'nt", "did not"), ("dosen't", "does not"),
        ("wekend", "weekend"), ("breathlss", "breathless"), ("clto", "clot"), ("diabtes", "diabetes"),
    ],
)  # fmt: skip
def test_slips_read_as_what_was_meant(speller, typed, meant):
    assert read(speller, typed) == meant


@pytest.mark.parametrize(
    "word",
    ["clit", "pup", "fewer", "feel", "half", "keg", "sock", "sick", "wont to", "heal", "cough", "goat",
     "uncle", "killer", "older", "favor", "favour", "humor", "rumor", "honor", "flavor", "sleeve", "swallow", "swollen",
     "stolen", "bulge", "fainted", "feinted", "clutch", "cloth", "numbers", "lump", "pops", "popcorn", "fiver",
     "neighborhood", "canceled", "analyze", "uber", "roids", "stangled", "kids"],
)  # fmt: skip
def test_real_words_are_left_alone(speller, word):
    assert read(speller, word) == {"wont to": "will not to"}.get(word, word)


@pytest.mark.parametrize(
    "name",
    ["Priya", "Ravi", "Lena", "Anil", "Nkechi", "Sven", "Clotaire", "Feverton", "Etobicoke", "Mimico", "Ajax",
     "Leslieville", "Malvern", "Guelph", "Popeyes", "Achim", "Calvin", "Numa"],
)  # fmt: skip
def test_names_of_people_and_places_are_left_alone(speller, name):
    assert read(speller, f"I met {name} there") == f"i met {name.lower()} there"


@pytest.mark.parametrize(
    "word", ["depuis", "comme", "sont", "avec", "fille", "jamais", "hola", "este"]
)
def test_words_of_other_languages_are_left_alone(speller, word):
    assert read(speller, word) == word


@pytest.mark.parametrize("word", ["zx", "cl", "fv", "fvr", "clo", "nmu"])
def test_short_words_are_never_guessed(speller, word):
    assert read(speller, word) == word


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("my half is swollen", "my calf is swollen"),
        ("my left half hurts", "my left calf hurts"),
        ("the back of my heal", "the back of my heel"),
        ("my he'll hurts", "my he will hurts"),
        ("my left he'll hurts", "my left heel hurts"),
        ("I tore my a killer's", "i tore my achilles"),
        ("a killer's tendon", "achilles tendon"),
        ("my right cough muscle", "my right calf muscle"),
        ("the soul of my foot", "the sole of my foot"),
        ("a blood cloth", "a blood clot"),
        ("three weaks ago", "three weeks ago"),
        ("stiff every mourning", "stiff every morning"),
        ("my write foot", "my right foot"),
        ("I have a fewer", "i have a fever"),
        ("sprained my left uncle", "sprained my left ankle"),
        ("rolled my uncle", "rolled my ankle"),
    ],
)
def test_what_dictation_mishears_is_read_by_its_place(speller, said, meant):
    assert read(speller, said) == meant


@pytest.mark.parametrize(
    "said",
    ["half an hour", "my half marathon", "the left half of the field", "i ran my half in april", "half of it is swollen",
     "my other half is worried", "it will heal", "does not heal", "a killer pain in my leg", "it is a killer when i walk",
     "my uncle had a clot", "my cough is bad", "i cough blood", "fewer steps", "no fewer than three", "a week ago",
     "achilles tender to touch", "write my name", "the cloth is red", "planters and pots"],
)  # fmt: skip
def test_the_same_words_elsewhere_stay(speller, said):
    assert read(speller, said) == said


def test_a_misheard_phrase_keeps_its_span(speller):
    text = "ouch, my a killer's hurts"
    token = next(one for one in speller.tokens(text) if one.norm == "achilles")
    assert text[token.start : token.end] == "a killer's"


def test_corrected_changes_only_what_is_no_word(speller):
    text = "Teh Bakc of my heel...  is swolen,\nnot reallly RED!  I met Lena"
    made = speller.corrected(text)
    assert made.text == "The Back of my heel...  is swollen,\nnot really RED!  I met Lena"
    assert len(made.spans) == len(made.text)


def test_corrected_knows_where_everything_was_typed(speller):
    text = "my half is swolen and nubm 😀 today"
    made = speller.corrected(text)
    assert made.text == "my calf is swollen and numb 😀 today"
    for new, old in (("calf", "half"), ("swollen", "swolen"), ("numb", "nubm"), ("today", "today"), ("😀", "😀"),
                     ("is swollen and", "is swolen and"), ("woll", "swolen")):  # fmt: skip
        at = made.text.index(new)
        start, end = made.typed(at, at + len(new))
        assert text[start:end] == old


@pytest.mark.parametrize(
    "text", ["", " ", "'", "’’ '", "my calf is swollen", "ਅੱਡੀ 脚跟 😀", "J’ai mal", "a'b'c"]
)
def test_corrected_leaves_right_text_as_it_is(speller, text):
    made = speller.corrected(text)
    assert made.text == text
    assert made.spans == tuple((at, at + 1) for at in range(len(text)))


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("{heard: [half], means: calf}", "needs the words before or after"),
        ("{heard: [half], after: [my]}", "needs what is heard"),
        ("{heard: [half], means: calf, near: [my]}", "near"),
    ],
)
def test_a_rule_that_says_too_little_is_refused(tmp_path, rule, said):
    file = tmp_path / "spelling.yml"
    file.write_text(f"homophones:\n  - {rule}\n", encoding="utf-8")
    with pytest.raises(DataError, match=said):
        Speller.from_file(file)


def test_without_a_vocabulary_nothing_is_guessed(tmp_path):
    file = tmp_path / "spelling.yml"
    file.write_text("words: {teh: the}\n", encoding="utf-8")
    plain = Speller.from_file(file)
    assert read(plain, "teh swolen") == "the swolen"
    taught = plain.with_vocabulary({"swollen": 3, "the": 1})
    assert read(taught, "teh swolen") == "the swollen"
