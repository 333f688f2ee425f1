"""The domain, the protocol and the actions agree."""

import re
from dataclasses import fields

import yaml

from rasa_project.advice.articles import default_articles
from rasa_project.dialogue.commands import COMMANDS, QUIET
from rasa_project.dialogue.state import State
from rasa_project.settings import ROOT
from rasa_project.triage.protocol import protocol

DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text())


def test_every_fact_has_a_slot_of_its_name_and_the_form_lists_them_all():
    facts = list(protocol().specs)
    assert set(facts) <= set(DOMAIN["slots"])
    assert DOMAIN["forms"]["triage_form"]["required_slots"] == facts


def test_no_slot_is_filled_by_a_mapping_behind_the_forms_back():
    # from_text and intent mappings overwrite every slot on every turn (rasa#10231).
    for name, slot in DOMAIN["slots"].items():
        assert slot["mappings"] == [{"type": "custom"}], name
        assert slot["influence_conversation"] is False, name


def test_every_intent_that_is_no_command_has_a_reply():
    # Questions are answered by their articles.
    for intent in set(DOMAIN["intents"]) - QUIET - COMMANDS - {"ask"}:
        assert f"utter_{intent}" in DOMAIN["responses"], intent


def test_after_the_outcome_every_intent_is_taken_by_both_rules():
    # An intent without a rule would end in RulePolicy's fallback, over and over.
    rules = yaml.safe_load((ROOT / "data" / "rules" / "after_outcome.yml").read_text())["rules"]
    wanted = {*DOMAIN["intents"], "nlu_fallback"} - {"start", "start_again", "self_harm"}
    for rule in rules:
        assert {step["intent"] for step in rule["steps"][0]["or"]} == wanted


def test_every_part_of_the_state_has_a_slot():
    assert {field.name for field in fields(State)} - {"facts"} <= set(DOMAIN["slots"])


def test_every_response_that_the_dialogue_names_is_in_the_domain():
    named = set()
    for file in (ROOT / "rasa_project" / "dialogue").glob("*.py"):
        named |= set(re.findall(r'"(utter_[a-z_]+)"', file.read_text()))
    assert named <= set(DOMAIN["responses"])


def test_every_intent_of_the_phrases_is_in_the_domain():
    for file in (ROOT / "data" / "nlu").glob("*.yml"):
        for entry in yaml.safe_load(file.read_text())["nlu"]:
            assert entry["intent"].split("/")[0] in DOMAIN["intents"]


def test_every_article_has_phrases_and_every_question_of_the_phrases_an_article():
    asked = [
        entry["intent"].removeprefix("ask/")
        for file in (ROOT / "data" / "nlu").glob("*.yml")
        for entry in yaml.safe_load(file.read_text())["nlu"]
        if entry["intent"].startswith("ask/")
    ]
    assert sorted(asked) == sorted(default_articles())


def test_sessions_expire_by_token_only():
    assert DOMAIN["session_config"]["session_expiration_time"] == 0
    assert DOMAIN["session_config"]["carry_over_slots_to_new_session"] is False
