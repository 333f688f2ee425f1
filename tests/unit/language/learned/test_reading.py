"""The learned reader: found in unforeseen words, told apart by how it is said, kept as it was."""

from datetime import date

import numpy as np
import pytest

from rasa_project.errors import DataError
from rasa_project.language.encoder import default_encoder
from rasa_project.language.hybrid import HybridExtractor
from rasa_project.language.learned.features import letters, statements, word_vectors
from rasa_project.language.learned.notation import sentences
from rasa_project.language.learned.reader import LearnedReader, read_examples, train_reader
from rasa_project.language.lexicon import project_lexicon
from rasa_project.triage.protocol import protocol

SPELLER = project_lexicon().speller
TODAY = date(2026, 11, 24)


def best(reader, text):
    words = reader.finder.read(text)
    return max(reader.finder.find(words, -9.0), key=lambda found: found.score), words


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("me calf's gone dead puffy", ("swelling", "calf")),
        ("got the shivers and a temp of 39", ("fever", "yes")),
        ("there was a loud snap in my tendon", ("onset", "sudden_pop")),
    ],
)
def test_a_fact_is_found_in_words_that_were_not_learnt(reader, text, key):
    assert best(reader, text)[0].key == key


def test_the_words_that_speak_of_the_fact_are_told(reader):
    found, words = best(reader, "been a long week at work but now my calf is all swollen")
    start, end = words.spans[found.start][0], words.spans[found.end - 1][1]
    assert "swollen" in words.text[start:end]
    assert "work" not in words.text[start:end]


def test_small_talk_scores_low(reader):
    assert best(reader, "do you have parking on sunday")[0].score < 0.3


@pytest.mark.parametrize(
    ("text", "status"),
    [("my calf is swollen", "present"), ("my sister's calf was swollen after a trip", "other")],
)
def test_how_it_is_said_is_judged(reader, text, status):
    words = reader.finder.read(text)
    (found,) = reader.finder.find(words, 9.0, frozenset({("swelling", "calf")}))
    judged = reader.judge(words, found, status)
    assert max(judged, key=judged.get) == status
    assert sum(judged.values()) == pytest.approx(1.0)


def test_a_kept_reader_reads_the_same(reader, tmp_path):
    reader.save(tmp_path)
    again = LearnedReader.load(tmp_path, default_encoder(), SPELLER)
    words = reader.finder.read("my calf swelled up and i feel feverish")
    np.testing.assert_allclose(again.finder.scores(words), reader.finder.scores(words), atol=0.01)
    found = reader.finder.find(words, 9.0, frozenset({("fever", "yes")}))[0]
    assert again.judge(words, found, "present") == pytest.approx(
        reader.judge(words, found, "present"), abs=1e-4
    )


def test_what_phrases_and_the_learned_reader_hear_is_joined(rules, reader):
    hybrid = HybridExtractor(rules, reader, protocol())
    heard = {
        (m.fact, m.value, m.assertion, m.experiencer)
        for m in hybrid.extract("no pop, my calf is swollen, stiff for 20 minutes", TODAY)
    }
    assert ("onset", "sudden_pop", "absent", "self") in heard
    assert ("swelling", "calf", "present", "self") in heard
    assert ("stiffness_min", 20, "present", "self") in heard


@pytest.mark.parametrize(
    "text",
    ["", "🙂" * 400, "no " * 300, "x" * 2000, "ਮੇਰੀ ਅੱਡੀ"],
    ids=["empty", "emoji", "denials", "one long word", "another script"],
)
def test_any_text_is_read(rules, reader, text):
    assert isinstance(HybridExtractor(rules, reader, protocol()).extract(text, TODAY), list)


def test_every_word_has_the_vectors_of_its_pieces():
    words = word_vectors(default_encoder(), SPELLER, "Plantarflexion hurts!")
    assert [words.word(at) for at in range(3)] == ["plantarflexion", "hurts", "!"]
    assert (words.counts > 0).all()
    assert float(np.linalg.norm(words.mean(0, 3))) == pytest.approx(1.0, abs=1e-5)


def test_a_misspelt_word_is_read_right_and_quoted_as_typed():
    words = word_vectors(default_encoder(), SPELLER, "my calf is swolen today")
    at = [words.word(i) for i in range(len(words.spans))].index("swollen")
    start, end = words.typed[at]
    assert "my calf is swolen today"[start:end] == "swolen"


def test_statements_cover_a_message_and_part_at_its_sentences():
    words = word_vectors(
        default_encoder(), SPELLER, "No pop. Calf is sore and it has been for a while"
    )
    assert statements(words) == [(0, 3), (3, len(words.spans))]


def test_letters_mark_the_edges_of_words():
    assert letters(["a"]) == [" a", "a ", " a ", " a "]


def test_too_few_sentences_are_refused(rules):
    with pytest.raises(ValueError, match="5 sentences"):
        train_reader(default_encoder(), SPELLER, [], lambda text, at: [])


def test_a_folder_without_sentences_is_refused(tmp_path):
    with pytest.raises(DataError, match="no sentences"):
        read_examples(tmp_path)


def test_the_projects_own_sentences_follow_the_notation():
    examples = read_examples(protocol_examples())
    assert len(examples) > 5000
    specs = protocol().specs
    for one in examples:
        for fact, value in one.keys:
            assert fact in specs or fact == "self_harm"
            spec = specs.get(fact)
            if spec is not None and spec.kind in ("choice", "list"):
                assert value in {*spec.values, "none", "unsure", "no"}, (one.text, fact, value)


def protocol_examples():
    from rasa_project.settings import DATA

    return DATA / "language" / "examples"


def test_a_malformed_line_is_named(tmp_path):
    file = tmp_path / "bad.txt"
    file.write_text("fever.yes :: hot\nfever :: cold\n")
    with pytest.raises(DataError, match="line 2"):
        list(sentences(file))
