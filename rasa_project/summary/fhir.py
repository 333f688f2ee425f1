"""The summary as a FHIR R4 QuestionnaireResponse (checked by fhir.resources, R4B models)."""

from collections.abc import Mapping
from typing import Any

from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse

from rasa_project.summary.content import PRESENT, Answer, Summary
from rasa_project.summary.layout import rules_line
from rasa_project.summary.words import words

_INTEGER_LIMIT = 2**31
Item = dict[str, Any]


def to_fhir(summary: Summary) -> str:
    """A QuestionnaireResponse as JSON.

    One item a fact, linked by its protocol name, list items below it as ``fact.item``; what was
    not asked has no answer. The visitor's own words are an item under the answer (``….quote``).
    Outcome, plan, clinic and rule set are a group ``result``.
    """
    done = summary.outcome is not None
    items = _facts(summary)
    result = _result(summary)
    if result:
        items.append({"linkId": "result", "text": words()["what_to_do"], "item": result})
    response = QuestionnaireResponse.parse_obj(
        {
            "resourceType": "QuestionnaireResponse",
            "identifier": {"value": summary.reference},
            "status": "completed" if done else "in-progress",
            "authored": summary.created_at.isoformat(timespec="seconds"),
            "item": items,
        }
    )
    return str(response.json())


def _facts(summary: Summary) -> list[Item]:
    items: dict[str, Item] = {}
    for answer in summary.answers:
        if answer.item is None:
            items[answer.fact] = _item(answer.fact, answer)
            continue
        parent = items.setdefault(
            answer.fact, {"linkId": answer.fact, "text": answer.fact_label, "item": []}
        )
        parent["item"].append(_item(f"{answer.fact}.{answer.item}", answer))
    return list(items.values())


def _item(link: str, answer: Answer) -> Item:
    item: Item = {"linkId": link, "text": answer.label}
    if answer.raw is not None:
        given = _value(answer)
        if answer.quote:
            said = {"linkId": f"{link}.quote", "text": words()["present"]}
            given["item"] = [{**said, "answer": [{"valueString": answer.quote}]}]
        item["answer"] = [given]
    return item


def _value(answer: Answer) -> dict[str, Any]:
    raw = answer.raw
    if isinstance(raw, bool):
        return {"valueBoolean": raw}
    if isinstance(raw, int | float):
        whole = float(raw).is_integer() and abs(raw) < _INTEGER_LIMIT
        return {"valueInteger": int(raw)} if whole else {"valueDecimal": raw}
    if answer.value == raw and answer.state == PRESENT:
        return {"valueString": raw}
    coding = {"code": raw}
    if answer.value:
        coding["display"] = answer.value
    return {"valueCoding": coding}


def _result(summary: Summary) -> list[Item]:
    outcome = summary.outcome or {}
    lines = [
        ("level", words()["what_to_do"], outcome.get("level")),
        ("outcome", words()["what_to_do"], outcome.get("text")),
        ("because", words()["reasons"], outcome.get("because")),
        ("rules", words()["reasons"], "; ".join(map(_rule, outcome.get("rules", ())))),
        ("irritability", words()["irritability"], summary.irritability),
        ("plan", words()["plan"], (summary.plan or {}).get("text")),
        ("clinic", words()["clinic"], (summary.clinic or {}).get("text")),
        ("check_on", words()["check"], summary.check_on and summary.check_on.isoformat()),
        ("protocol", words()["rules_version"].split("{")[0].strip(), rules_line(summary)),
    ]
    return [
        {"linkId": f"result.{link}", "text": text, "answer": [{"valueString": value}]}
        for link, text, value in lines
        if value
    ]


def _rule(rule: Mapping[str, Any]) -> str:
    return f"{rule['id']} ({rule['source']})" if rule.get("source") else str(rule["id"])
