"""``check``: validates every data file, so that a mistake is found before a visitor finds it."""

from typing import TextIO

from rasa_project.errors import DataError


def check_data(out: TextIO, err: TextIO) -> int:
    """Loads the protocol, the advice, the clinics, the articles, the lexicon and the other words.

    Returns:
        0, or 1 when a file breaks its rules; the error names file and key.
    """
    from rasa_project.advice.rows import load_advice
    from rasa_project.clinics.business import load_business
    from rasa_project.clinics.directory import load_directory
    from rasa_project.clinics.place_data import load_areas, load_places, load_words
    from rasa_project.clinics.questions import load_question_words
    from rasa_project.clinics.texts import load_texts
    from rasa_project.dialogue.answering import check_articles
    from rasa_project.dialogue.cues import cues
    from rasa_project.language.answers.words import ReplyWords
    from rasa_project.language.lexicon import Lexicon, project_lexicon
    from rasa_project.language.value_words import ValueWords
    from rasa_project.summary.handover import load_terms
    from rasa_project.transcripts.redaction.words import load_words as load_redaction
    from rasa_project.triage.counterfactuals import default_counterfactuals
    from rasa_project.triage.protocol import load_protocol
    from rasa_project.triage.two_week_check import load_check

    failed = 0
    for name, load in (
        ("protocol", load_protocol),
        ("counterfactuals", default_counterfactuals),
        ("advice", load_advice),
        ("two-week check", load_check),
        ("therapist's terms", load_terms),
        ("clinics", load_directory),
        ("clinic texts", load_texts),
        ("postal areas", load_areas),
        ("places", load_places),
        ("words about places", load_words),
        ("questions about clinics", load_question_words),
        ("business", load_business),
        ("articles", check_articles),
        ("lexicon", Lexicon.load),
        ("cues", cues),
        ("replies", lambda: ReplyWords(project_lexicon())),
        ("words for values", ValueWords.load),
        ("redaction", load_redaction),
    ):
        try:
            load()
        except DataError as error:
            print(f"{name}: {error}", file=err)
            failed = 1
        else:
            print(f"{name}: ok", file=out)
    return failed
