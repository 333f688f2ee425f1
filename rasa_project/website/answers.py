"""From a request to what the record and the agent get: choices only from the open screen."""

import re
from typing import Any

from rasa.core.channels.channel import OutputChannel, UserMessage

from rasa_project.transcripts.records import Draft, Event, StoredMessage, iso
from rasa_project.website.problems import Problem
from rasa_project.website.schemas import MessageRequest

NONE = "none"
"""Value of the option "none of these" on every multiple-choice screen."""

_SLASHES = re.compile(r"^[\s/]+")


def draft(request: MessageRequest, screen: Event | None) -> Draft:
    """Checks a message against the open screen.

    Args:
        request: What the page sent.
        screen: The conversation's open screen event; None when no question is open.

    Raises:
        Problem: The screen is not open or does not offer that (422).
    """
    if request.text is not None:
        near = {"near": request.near} if request.near else {}
        resume = {"resume": request.resume} if request.resume else {}
        return Draft({"text": request.text, **near, **resume}, request.text)
    if request.near is not None and request.screen is None:
        return Draft({"text": request.near}, request.near)
    if screen is None:
        raise Problem("no_open_screen")
    if screen.get("screen") != request.screen:
        raise Problem("other_screen", screen=screen.get("screen"))
    if request.near is not None:
        return Draft({"text": request.near}, request.near)
    if request.number is not None:
        _check_number(request.number, screen)
        return Draft({"screen": request.screen, "number": request.number}, str(request.number))
    choice = request.choice or ()
    options = {option["value"]: option for option in screen.get("options") or ()}
    _check_choice(choice, options, str(screen.get("kind")))
    labels = ", ".join(str(options[value]["label"]) for value in choice)
    return Draft({"screen": request.screen, "choice": list(choice)}, labels)


def user_message(
    message: StoredMessage,
    conversation_id: str,
    output: OutputChannel,
    channel: str,
    resume: dict[str, Any] | None = None,
) -> UserMessage:
    """Puts a journalled message as Rasa wants it.

    A choice or number comes with its parse: nothing in it is left for a classifier to guess.

    Args:
        message: The message.
        conversation_id: Whose.
        output: Where the replies go.
        channel: The channel's name.
        resume: What a code in the message stands for.
    """
    common: dict[str, Any] = {
        "output_channel": output,
        "sender_id": conversation_id,
        "input_channel": channel,
        "message_id": message.client_id,
    }
    if "text" in message.body:
        command = message.text.lstrip().startswith("/")
        metadata: dict[str, Any] = {"typed": True, "at": iso(message.received_at), "slash": command}
        if "near" in message.body:
            metadata["near"] = message.body["near"]
        if resume is not None:
            metadata["resume"] = resume
        return UserMessage(text=harmless(message.text), metadata=metadata, **common)
    return UserMessage(
        text=message.text,
        parse_data=ready_parse(message.text, "choose", facts=[]),
        metadata={"answer": dict(message.body)},
        **common,
    )


def ready_parse(text: str, intent: str, **extra: Any) -> dict[str, Any]:
    """The parse of a message whose meaning is known."""
    return {
        "text": text,
        "intent": {"name": intent, "confidence": 1.0},
        "entities": [],
        **extra,
    }


def harmless(text: str) -> str:
    """Takes leading slashes off a typed text.

    Rasa strips a message and reads ``/name{…}`` as a command with full confidence. Only the
    tracker's copy changes; the stored event keeps what the visitor typed.
    """
    return _SLASHES.sub("", text).strip() or "-"


def _check_choice(choice: tuple[str, ...], options: dict[str, Event], kind: str) -> None:
    if not choice:
        raise Problem("no_choice")
    if any(value not in options for value in choice):
        raise Problem("not_offered")
    # Tick boxes beside a single choice are not part of it.
    main = [options[value] for value in choice if not options[value].get("extra")]
    groups = [option.get("group") for option in main]
    if kind == "single" and len(set(groups)) != len(groups):
        raise Problem("one_choice")
    if NONE in choice:
        group = options[NONE].get("group")
        if sum(option.get("group") == group for option in main) > 1:
            raise Problem("none_and_more", none=options[NONE]["label"])


def _check_number(number: int | float, screen: Event) -> None:
    if screen.get("kind") != "number" and not screen.get("accepts_number"):
        raise Problem("no_number")
    minimum, maximum = screen.get("minimum"), screen.get("maximum")
    below = minimum is not None and number < minimum
    above = maximum is not None and number > maximum
    if not below and not above:
        return
    slug = "too_small" if maximum is None else "too_big" if minimum is None else "out_of_range"
    raise Problem(slug, minimum=_plain(minimum), maximum=_plain(maximum))


def _plain(bound: int | float | None) -> str:
    return "" if bound is None else f"{bound:g}"
