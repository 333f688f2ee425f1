"""Whatever is typed and tapped in whatever order: no crash, no silence, no red flag lost."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rasa_project.dialogue.reading import Message
from rasa_project.dialogue.state import MEANING, State
from rasa_project.dialogue.turn import Turn
from rasa_project.triage.engine import assess
from rasa_project.triage.facts import Facts
from rasa_project.triage.protocol import protocol
from rasa_project.triage.rules import Level
from tests.unit.dialogue.conftest import heard

RULES = protocol()
TEXTS = [
    "", "yes", "no", "none", "not sure", "a bit", "the first one", "the second one", "none of these",
    "go back", "skip", "stop", "go on", "why", "what do you mean", "change my answer",
    "change my answer about swelling", "keep it", "the new one", "scratch that", "no wait",
    "sorry I meant weeks", "actually it's the other side", "I said no but there is some", "7",
    "no but my calf is swollen", "why do you ask? I have it", "🙂" * 20, "no " * 60,
]  # fmt: skip
INTENTS = [
    "inform", "affirm", "deny", "dont_know", "nlu_fallback", "thank", "out_of_scope", "why", "skip",
    "go_back", "change_answer", "stop", "talk_to_person", "ask_running", "ask_meaning",
]  # fmt: skip
SAID = [
    (name, item)
    for name, spec in RULES.specs.items()
    for item in {
        "list": [*spec.values, "none"], "choice": list(spec.values), "tri": ["yes", "no"],
        "number": [0, 3, 60], "text": [], "bool": [],
    }[spec.kind]
]  # fmt: skip
mention = st.builds(
    lambda said, how, when, who: heard(said[0], said[1], how, temporality=when, experiencer=who),
    st.sampled_from(SAID),
    st.sampled_from(["present", "present", "absent", "uncertain"]),
    st.sampled_from(["current", "current", "past", "hypothetical"]),
    st.sampled_from(["self", "self", "self", "other"]),
)
typed = st.builds(
    lambda text, mentions, intent, sure: Message(
        text, mentions=mentions, intent="inform" if mentions else intent, classified=intent,
        confidence=sure, ranking=[("ask_running", 0.3), ("skip", 0.2)],
    ),
    st.sampled_from(TEXTS), st.lists(mention, max_size=3), st.sampled_from(INTENTS),
    st.sampled_from([0.2, 0.6, 1.0]),
)  # fmt: skip
step = st.one_of(typed, st.integers(0, 30))


def tap(last, number):
    """A tap on the last screen: one of its options, whichever the number says."""
    options = [option["value"] for option in last["options"]]
    return Message("tapped", choice=(options[number % len(options)],)) if options else None


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(step, max_size=25))
def test_any_conversation(steps):
    state = State(Facts(RULES.specs, {}))
    last, emergency = None, False
    for message in [Message("", intent="start"), *steps]:
        if isinstance(message, int):
            message = tap(last, message) if last else None
            if message is None:
                continue
        before, red = dict(state.facts), assess(RULES, state.facts).level
        said = Turn(RULES, state).take(message)
        after = assess(RULES, state.facts).level
        screens = [e for e in said if isinstance(e, dict) and e["type"] == "screen"]
        last = screens[-1] if screens else None if state.open_question is None else last
        emergency = emergency or red == Level.EMERGENCY
        assert not emergency or after == Level.EMERGENCY
        # Silence is only right where the outcome action speaks next.
        assert said or (after is not None and state.open_question is None)
        if red is not None and red >= Level.URGENT and (after or 0) < red:
            changed = {c["fact"] for c in state.corrections if c["became"] == "applied"}
            unsure = {k for k, v in before.items() if "unsure" in str(v)}
            differing = {k for k, v in before.items() if state.facts.get(k) != v}
            assert differing <= changed | unsure
        if state.pending is not None and state.pending.kind != MEANING and not state.stopped:
            assert screens
            assert len(screens[-1]["options"]) >= 2
