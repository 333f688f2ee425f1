"""Each fact leads to the words it came from, and to what took its place."""

from datetime import datetime, timezone
from typing import Any

import yaml

from rasa_project.settings import ROOT
from rasa_project.transcripts.played import Played, by_message, words_of
from rasa_project.transcripts.provenance import MEMORY, Told, Waiting, told
from rasa_project.transcripts.staff_models import FactValue, OutcomeRule, Overview
from rasa_project.triage.protocol import protocol
from tests.unit.transcripts.playing import slot

AT = datetime(2026, 1, 1, tzinfo=timezone.utc)


def mention(fact: str, value: Any, words: str, start: int, **more: str) -> dict[str, Any]:
    usual = {"assertion": "present", "experiencer": "self", "temporality": "current"}
    place = {"start": start, "end": start + len(words), "text": words}
    return {"fact": fact, "value": value, **usual, **more, **place}


def turn(text: str, *slots: dict[str, Any], heard: Any = (), rasa: str | None = None) -> Played:
    user = {"event": "user", "text": rasa or text, "parse_data": {"facts": list(heard)}}
    return Played(6, AT, text, [user, *slots])


def words(turn: Played, result: Told) -> dict[str, str]:
    return {line.name + line.item: turn.text[line.start : line.end] for line in result.new}


def test_the_words_are_those_that_were_heard() -> None:
    text = "left heel, no swelling for 3 weeks"
    heard = [mention("side", "left", "left", 0), mention("zones", "Z4", "left heel", 0),
             mention("swelling", "none", "no swelling", 11), mention("duration_days", 21, "3 weeks", 27)]  # fmt: skip
    said = turn(text, slot("side", "left"), slot("duration_days", 21),
                slot("swelling", {"calf": "no", "foot": "no"}), slot("zone_main", "Z4"),
                slot("zones", {"Z4": "yes"}), heard=heard)  # fmt: skip
    assert words(said, told(said, {}, None)) == {
        "side": "left", "duration_days": "3 weeks", "swellingcalf": "no swelling",
        "swellingfoot": "no swelling", "zone_main": "left heel", "zonesZ4": "left heel",
    }  # fmt: skip


def test_words_about_one_item_are_not_about_another() -> None:
    said = turn("my calf is swollen and ...", slot("swelling", {"calf": "yes", "foot": "no"}),
                heard=[mention("swelling", "calf", "calf is swollen", 3)])  # fmt: skip
    assert words(said, told(said, {}, None)) == {
        "swellingcalf": "calf is swollen", "swellingfoot": said.text,
    }  # fmt: skip


def test_what_was_said_of_another_or_in_doubt_is_no_source() -> None:
    heard = [mention("fever", "yes", "dad had a fever", 0, experiencer="other"),
             mention("fever", "yes", "maybe", 17, assertion="uncertain")]  # fmt: skip
    said = turn("dad had a fever, maybe me too", slot("fever", "yes"), heard=heard)
    assert words(said, told(said, {}, None)) == {"fever": said.text}


def test_the_place_is_that_of_the_text_as_typed() -> None:
    """Rasa's copy lacks what leads the text, and the same words may stand in it twice."""
    said = turn(" //left foot, left", slot("side", "left"), rasa="left foot, left",
                heard=[mention("side", "left", "left", 11)])  # fmt: skip
    (line,) = told(said, {}, None).new
    assert (line.start, line.end) == (14, 18)
    assert said.text[line.start : line.end] == "left"


def test_for_taps_the_words_are_the_labels() -> None:
    quotes = {"swelling.calf": "The calf", "swelling": "The calf", "side": "Left"}
    said = turn("The calf, Left", slot("quotes", quotes), slot("side", "left"),
                slot("swelling", {"calf": "yes", "foot": "no"}))  # fmt: skip
    assert words(said, told(said, {}, None)) == {
        "swellingcalf": "The calf", "swellingfoot": "The calf", "side": "Left",
    }  # fmt: skip
    tapped = {"screen": "x", "choice": ["calf"]}
    assert words_of(tapped, said.tracker) == "The calf, Left"
    assert words_of({"text": " //left"}, said.tracker) == " //left"


def test_a_quote_of_an_earlier_message_is_not_looked_for_in_vain() -> None:
    said = turn("skip", slot("side", "unsure"), slot("quotes", {"side": "left heel"}))
    result = told(said, {("side", ""): "left"}, None)
    assert words(said, result) == {"side": "skip"}
    assert result.new[0].assertion == "unsure"


def test_what_changed_is_new_and_what_it_replaced_is_over() -> None:
    before = {("side", ""): "left", ("swelling", "calf"): "no", ("swelling", "foot"): "no",
              ("onset", ""): "gradual", ("consent", ""): 1}  # fmt: skip
    said = turn("x", slot("side", "right"), slot("swelling", {"calf": "yes", "foot": "no"}),
                slot("onset", None), slot("consent", True))  # fmt: skip
    result = told(said, before, None)
    assert {(line.name, line.item) for line in result.new} == {
        ("side", ""), ("swelling", "calf"), ("consent", ""),
    }  # fmt: skip
    assert set(result.over) == {
        ("side", ""), ("swelling", "calf"), ("onset", ""), ("consent", ""),
    }  # fmt: skip
    assert all(line.since == line.seq == 6 for line in result.new)


def test_nothing_new_is_nothing_written() -> None:
    said = turn("left", slot("side", "left"), slot("rest_nrs", 3.0))
    result = told(said, {("side", ""): "left", ("rest_nrs", ""): 3}, None)
    assert (result.new, result.over) == ([], [])


def test_starting_again_takes_everything_back() -> None:
    said = turn("start again", {"event": "reset_slots"}, slot("clinic", "mimico"))
    waiting = Waiting("x", ("side",), 4, 0, 1)
    result = told(said, {("side", ""): "left"}, waiting)
    assert (result.new, result.over, result.waiting) == ([], [("side", "")], None)


def test_assertions() -> None:
    values = {"a": "no", "b": "none", "c": False, "d": "yes", "e": True, "f": 0, "g": "unsure"}
    said = turn("x", *(slot(name, value) for name, value in values.items()))
    assert {line.name: line.assertion for line in told(said, {}, None).new} == {
        "a": "absent", "b": "absent", "c": "absent", "d": "present", "e": "present",
        "f": "present", "g": "unsure",
    }  # fmt: skip


DOUBT = {"kind": "doubt", "fact": "emergency_flags", "value": "chest_pain", "updates": {},
         "quote": "chest pain", "tries": 0}  # fmt: skip


def asked_about() -> Waiting:
    first = Played(4, AT, "bit of chest pain?", [slot("pending", DOUBT)])
    waiting = told(first, {}, None).waiting
    assert waiting is not None
    return waiting


def test_a_doubt_that_is_confirmed_leads_to_the_words_in_doubt() -> None:
    waiting = asked_about()
    assert Waiting.from_json(waiting.to_json()) == waiting
    again = told(turn("huh", slot("pending", {**DOUBT, "tries": 1})), {}, waiting)
    assert again.waiting == waiting
    said = turn("yes", slot("emergency_flags", {"chest_pain": "yes"}), slot("pending", None))
    (line,) = told(said, {}, again.waiting).new
    assert (line.since, line.seq) == (6, 4)
    assert "bit of chest pain?"[line.start : line.end] == "chest pain"


def test_a_doubt_that_is_denied_leads_to_the_denial() -> None:
    said = turn("no", slot("emergency_flags", {"chest_pain": "no"}), slot("pending", None))
    (line,) = told(said, {}, asked_about()).new
    assert (line.seq, line.start, line.end) == (6, 0, 2)


def test_another_question_of_the_same_kind_is_another() -> None:
    other = {**DOUBT, "quote": "tight chest"}
    waiting = told(turn("my tight chest", slot("pending", other)), {}, asked_about()).waiting
    assert waiting is not None
    assert (waiting.seq, waiting.start) == (6, 3)


def test_words_kept_in_the_line_itself_are_none() -> None:
    assert "chest" not in str(asked_about().about)


def test_every_slot_is_a_fact_or_known_as_none() -> None:
    """A new slot of the dialogue's memory must not be taken for a fact."""
    domain = yaml.safe_load((ROOT / "domain.yml").read_text())
    slots = set(domain["slots"]) | {"requested_slot", "session_started_metadata"}
    assert slots - MEMORY == set(protocol().specs)
    assert slots >= MEMORY


def test_every_name_of_the_protocol_fits_its_column() -> None:
    rules = protocol()
    items = {str(value) for spec in rules.specs.values() for value in spec.values}
    assert max(map(len, rules.specs)) <= FactValue.name.type.length
    assert max(map(len, items)) <= FactValue.item.type.length
    ids = [rule.id for rule in (*rules.red_flags, *rules.disposition.clauses)]
    assert max(map(len, ids)) <= OutcomeRule.rule.type.length
    assert max(len(q.screen) for q in rules.questions) <= Overview.screen.type.length


def test_tracker_events_are_parted_by_message() -> None:
    rows = [{"event": "session_started"}, {"event": "user", "message_id": "a"}, {"event": "bot"},
            {"event": "user", "message_id": "b"}]  # fmt: skip
    assert list(by_message(rows)) == [(None, rows[:1]), ("a", rows[1:3]), ("b", rows[3:])]
    assert list(by_message([])) == []
