"""The domain, the protocol and the actions agree."""

import yaml

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


def test_every_intent_of_an_aside_has_a_reply():
    rules = yaml.safe_load((ROOT / "data" / "rules" / "asides.yml").read_text())["rules"]
    intents = {step["intent"] for rule in rules for step in rule["steps"][0]["or"]}
    for intent in intents - {"inform", "choose"}:
        assert f"utter_{intent}" in DOMAIN["responses"], intent


def test_every_intent_of_the_phrases_is_in_the_domain():
    for file in (ROOT / "data" / "nlu").glob("*.yml"):
        for entry in yaml.safe_load(file.read_text())["nlu"]:
            assert entry["intent"] in DOMAIN["intents"]


def test_sessions_expire_by_token_only():
    assert DOMAIN["session_config"]["session_expiration_time"] == 0
    assert DOMAIN["session_config"]["carry_over_slots_to_new_session"] is False
