"""What a summary holds, the same in every form it can be had in."""

import json
import re
from datetime import datetime
from html.parser import HTMLParser

import pytest
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from hypothesis import given, settings
from hypothesis import strategies as st

from rasa_project.errors import DataError
from rasa_project.summary.render import CALENDAR, MEDIA_TYPES, render
from rasa_project.summary.words import load_words
from tests.unit.summary.example import AT, FACTS, OUTCOME, PLAN, summary
from tests.unit.summary.full import RESUME
from tests.unit.summary.reading import html_text, page_texts, pages, pdf_text

DOCUMENTS = [kind for kind in MEDIA_TYPES if kind != CALENDAR]
AWKWARD = "Zoë said «ça tire» & <script>alert(1)</script> 😀 " + "word " * 380


def text_of(made, media_type="text/plain") -> str:
    raw = render(made, media_type)
    if media_type == "application/pdf":
        return re.sub(r"\s+", " ", pdf_text(raw))
    if media_type == "text/html":
        return html_text(raw.decode())
    if media_type == "application/fhir+json":
        return json.dumps(json.loads(raw), ensure_ascii=False)
    return raw.decode()


def section(text: str, heading: str) -> str:
    return re.search(rf"^{heading}\n(.*?)(?:\n\n|\Z)", text, re.DOTALL | re.MULTILINE).group(1)


def items(found: dict) -> dict[str, dict]:
    """Every FHIR item by its link."""
    links = {}
    for item in found.get("item", []):
        links[item["linkId"]] = item
        links |= items(item)
        for answer in item.get("answer", []):
            links |= items(answer)
    return links


def test_present_answers_stand_with_the_visitors_own_words():
    told = section(text_of(summary()), "WHAT YOU TOLD US")
    assert "- how it started: it built up over time (you said: “it just crept up”)" in told
    assert "- swelling at the heel (you said: “puffy at the back”)" in told
    assert "- broken skin" in told
    assert "- pain when pushing off (0 to 10): 4" in told
    assert "- sport: 10 km" in told


def test_absent_answers_stand_apart():
    absent = section(text_of(summary()), "WHAT YOU SAID DOES NOT FIT").splitlines()
    assert absent == [
        "- swelling: swelling of the calf",
        "- fever or chills",
        "- the morning after activity: no worse",
    ]


def test_unsure_and_not_asked_are_never_among_the_absent():
    text = text_of(summary())
    assert section(text, "WHAT YOU WERE NOT SURE ABOUT") == "- limping"
    assert section(text, "WHAT WAS NOT ASKED") == "swelling: swelling of the whole leg. side."


@given(
    st.dictionaries(
        st.sampled_from(["fever", "wound", "walk_limp"]), st.sampled_from(["yes", "no", "unsure"])
    )
)
def test_every_fact_stands_in_exactly_one_state(known):
    made = summary(facts=known)
    states = {answer.fact: answer.state for answer in made.answers if answer.item is None}
    assert {name: states[name] for name in known} == {
        name: {"yes": "present", "no": "absent", "unsure": "unsure"}[said]
        for name, said in known.items()
    }
    assert all(states[name] == "not_asked" for name in FACTS if name not in known)


def test_a_list_that_was_not_asked_is_one_line():
    made = summary(facts={})
    assert [answer.item for answer in made.answers if answer.fact == "swelling"] == [None]


@pytest.mark.parametrize("media_type", DOCUMENTS)
def test_every_form_holds_outcome_plan_clinic_reference_and_sign_off(media_type):
    text = text_of(summary(), media_type)
    for part in (
        "Start with a plan at home.", "Why: it built up slowly.", "Running: Keep it flat.",
        "our Riverdale clinic, about 2 km away", "AX-7KQ2", "S4-SELF-CARE",
        "Rule set version 0.2 (unsigned, demonstration)", "puffy at the back",
    ):  # fmt: skip
        assert part in text


def test_the_safety_net_is_added_when_the_outcome_does_not_say_it():
    assert OUTCOME["safety_net"] in section(text_of(summary()), "WHAT TO DO")
    said = {**OUTCOME, "text": f"{OUTCOME['text']}\n\n{OUTCOME['safety_net']}"}
    assert text_of(summary(outcome=said)).count(OUTCOME["safety_net"]) == 1


@pytest.mark.parametrize("media_type", DOCUMENTS)
def test_a_signed_rule_set_is_no_demonstration(media_type):
    signed = {**OUTCOME, "protocol": {"version": "1.0", "signed": True}}
    text = text_of(summary(outcome=signed), media_type)
    assert "Rule set version 1.0" in text
    assert "unsigned" not in text


@pytest.mark.parametrize("media_type", DOCUMENTS)
def test_an_unfinished_chat_has_a_summary_too(media_type):
    unsigned = {"version": "0.2", "signed": False}
    made = summary(outcome=None, plan=None, clinic=None, protocol=unsigned)
    text = text_of(made, media_type)
    assert "Rule set version 0.2 (unsigned, demonstration)" in text
    if media_type != "application/fhir+json":
        assert "call 911 now" in text


@pytest.mark.parametrize("media_type", DOCUMENTS)
def test_an_accent_an_emoji_and_a_long_answer_survive(media_type):
    text = text_of(summary(quotes={"onset": AWKWARD}), media_type)
    for part in ("Zoë", "«ça tire»", "😀"):
        assert part in text
    assert "word " * 379 + "word" in " ".join(text.split())


def test_a_mark_that_the_pdf_font_lacks_is_written_as_its_name():
    assert "[foot]" in text_of(summary(quotes={"onset": "my 🦶"}), "application/pdf")


@pytest.mark.parametrize("media_type", DOCUMENTS)
def test_a_whole_postal_code_is_nowhere(media_type):
    quotes = {"area": "I'm at m5v 2t6", "onset": "near M5V2T6"}
    text = text_of(summary(quotes=quotes), media_type)
    assert "M5V" in text
    assert "2t6" not in text.lower()


class Tags(HTMLParser):
    """Collects tags and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


def test_the_page_is_escaped_and_needs_nothing_from_elsewhere():
    page = render(summary(quotes={"onset": AWKWARD}), "text/html").decode()
    parser = Tags()
    parser.feed(page)
    tags = {tag for tag, _ in parser.seen}
    assert tags.isdisjoint({"script", "img", "link", "iframe", "a"})
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert not re.search(r"https?:|url\(|@import|\bsrc=", page)
    assert dict(parser.seen)["html"] == {"lang": "en-CA"}


def test_the_pdf_is_on_letter_paper_and_short():
    pdf = render(summary(), "application/pdf")
    assert pdf.startswith(b"%PDF-")
    assert b"612 792" in pdf or b"612.00 792.00" in pdf
    assert pages(pdf) == 2  # the visitor's sheet and the therapist's


def test_the_fhir_file_validates_and_links_each_fact_by_its_protocol_name():
    found = json.loads(render(summary(), "application/fhir+json"))
    QuestionnaireResponse.parse_obj(found)
    links = items(found)
    assert (found["resourceType"], found["status"]) == ("QuestionnaireResponse", "completed")
    assert found["authored"] == "2026-11-23T14:05:00+00:00"
    assert found["identifier"]["value"] == "AX-7KQ2"
    coded = links["onset"]["answer"][0]["valueCoding"]
    assert coded == {"code": "gradual", "display": "it built up over time"}
    assert links["onset.quote"]["answer"][0]["valueString"] == "it just crept up"
    assert links["swelling.calf"]["answer"][0]["valueCoding"]["code"] == "no"
    assert links["walk_limp"]["answer"][0]["valueCoding"]["code"] == "unsure"
    assert links["push_off_nrs"]["answer"][0]["valueInteger"] == 4
    assert links["sport"]["answer"][0]["valueString"] == "10 km"
    assert "answer" not in links["side"]
    assert "answer" not in links["swelling.whole_leg"]
    assert links["result.level"]["answer"][0]["valueString"] == "SELF_CARE"


def test_an_unfinished_chat_is_in_progress_in_fhir():
    found = json.loads(
        render(summary(outcome=None, plan=None, clinic=None), "application/fhir+json")
    )
    assert found["status"] == "in-progress"
    assert {link for link in items(found) if link.startswith("result")} == {
        "result", "result.protocol",
    }  # fmt: skip


@settings(deadline=None)
@given(st.text(max_size=80))
def test_no_words_of_a_visitor_break_text_page_or_fhir(said):
    made = summary(quotes={"onset": said}, facts={"onset": "gradual", "sport": said})
    for media_type in ("text/plain", "text/html", "application/fhir+json"):
        assert render(made, media_type)


@pytest.mark.parametrize(
    "said",
    [
        "",
        " ",
        "\x00\x1b[31m",
        "\ud800",
        "שלום مرحبا 你好",
        "x" * 2000,
        "**a** {nb} %s <b>",
        "\n\n\n",
        "👩🏽‍🦽‍➡️",
    ],
)
def test_no_words_of_a_visitor_break_the_pdf(said):
    made = summary(quotes={"onset": said}, facts={"onset": "gradual", "sport": said})
    assert pages(render(made, "application/pdf")) <= 3


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        summary(created_at=datetime(2026, 11, 23))


def test_another_media_type_is_refused():
    with pytest.raises(ValueError, match="image/png"):
        render(summary(), "image/png")


def test_a_heading_that_is_missing_is_named(tmp_path):
    file = tmp_path / "words.yml"
    file.write_text("title: Summary\n", encoding="utf-8")
    with pytest.raises(DataError, match="reference"):
        load_words(file)


def test_the_time_is_said_with_its_zone():
    assert f"November 23, 2026, 14:05 {AT.tzname()}" in text_of(summary())


@pytest.mark.parametrize("media_type", DOCUMENTS)
def test_the_check_date_is_in_every_form(media_type):
    plan = {**PLAN, "review_on": "2026-12-07"}
    text = text_of(summary(plan=plan), media_type)
    assert "2026-12-07" in text or "Look again on December 7, 2026." in text


def test_the_code_is_in_the_visitors_part_and_not_in_what_is_handed_over():
    made = summary(plan={**PLAN, "review_on": "2026-12-07"}, resume=RESUME)
    for media_type in ("text/plain", "text/html", "application/pdf"):
        assert text_of(made, media_type).count(RESUME.code) == 1
    assert RESUME.code not in page_texts(render(made, "application/pdf"))[-1]
    assert RESUME.code not in text_of(made, "application/fhir+json")
