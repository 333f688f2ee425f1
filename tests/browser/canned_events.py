"""Canned events of every type and every kind of question, shaped as the contract says."""

from typing import Any

Json = dict[str, Any]


def _options(*pairs: tuple[str, str], **extra: Any) -> list[Json]:
    return [{"value": value, "label": label, **extra} for value, label in pairs]


SCREENS: list[Json] = [
    {
        "screen": "consent",
        "kind": "single",
        "text": "Is it OK if I ask you some health questions?",
        "why": "Your answers are about your health, so it is your choice.",
        "options": _options(("yes", "Yes, go ahead"), ("no", "No, thanks")),
    },
    {
        "screen": "signs",
        "topic": "Swelling, heat, numbness or night pain",
        "change": "Change my answer about: Swelling, heat, numbness or night pain",
        "kind": "multi",
        "text": "Do you have any of these now? Tick all that fit.",
        "why": "Swelling, heat or numbness can point to something that needs care sooner.",
        "options": [
            *_options(
                ("tendon_heel", "Swelling at the tendon or heel"),
                ("calf", "Swelling of the calf"),
                group="swelling",
            ),
            *_options(
                ("hot_red", "Hot and red"),
                ("wound", "Broken skin, a sore or a blister"),
                group="skin",
            ),
            *_options(("none", "None of these"), ("unsure", "I'm not sure")),
        ],
    },
    {
        "screen": "pain_location",
        "topic": "Where it hurts",
        "change": "Change my answer about: Where it hurts",
        "kind": "map",
        "text": "Where does it hurt? Choose the sorest place first, and the side.",
        "why": "The place decides what to check and which advice fits.",
        "options": [
            *_options(
                ("Z2", "Achilles tendon, a few cm above the heel bone"),
                ("Z3", "Back of the heel, where the tendon meets the bone"),
                ("Z5", "Under the heel"),
                group="place",
            ),
            *_options(("left", "Left"), ("right", "Right"), ("both", "Both sides"), group="side"),
        ],
    },
    {
        "screen": "duration",
        "topic": "When it started",
        "change": "Change my answer about: When it started",
        "kind": "text",
        "accepts_number": True,
        "text": 'When did it start? You can pick one, or type it, such as "10 days ago".',
        "why": "New pain and old pain need different next steps.",
        "options": _options(("1", "Today or yesterday"), ("12", "1 to 2 weeks ago")),
    },
    {
        "screen": "morning_stiffness",
        "topic": "Morning stiffness",
        "change": "Change my answer about: Morning stiffness",
        "kind": "number",
        "minimum": 0,
        "maximum": 180,
        "text": "When you get up in the morning, how many minutes is it stiff?",
        "why": "How long it stays stiff tells how touchy it is.",
        "options": _options(("0", "Not stiff"), ("5", "5 minutes"), ("15", "15 minutes")),
    },
    {
        "screen": "push_off_pain",
        "topic": "Pain when pushing off",
        "change": "Change my answer about: Pain when pushing off",
        "kind": "number",
        "minimum": 0,
        "maximum": 10,
        "text": "From 0 (none) to 10 (worst), how much does it hurt to push off?",
        "why": "The number decides how much load fits right now.",
        "options": [],
    },
    {
        "screen": "next_day",
        "topic": "The morning after",
        "change": "Change my answer about: The morning after",
        "kind": "single",
        "text": "How is it the morning after activity? Tick the limp too if you have one.",
        "why": "This shows whether your current load is too much.",
        "options": [
            *_options(("no", "No worse"), ("lt24h", "Worse, but it settles within a day")),
            *_options(("walk_limp", "I limp when I walk"), extra=True),
            *_options(
                ("better", "It is getting better"),
                ("worse", "It is getting worse"),
                extra=True,
                group="trend",
            ),
        ],
    },
    {
        "screen": "area",
        "topic": "Area",
        "change": "Change my answer about: Area",
        "kind": "text",
        "text": "Which area is easiest for you?",
        "why": "To name the nearest open clinic. Only the area is kept.",
        "options": [],
    },
]

SAFETY_NET = (
    "A pop or sudden weakness, calf swelling, chest pain or trouble breathing, spreading redness "
    "or fever, numbness, or you cannot take four steps."
)

CONSENT_TO_A_CALL = "Yes, the Axis Mimico clinic may use my name and phone number to call me."

TITLES = {
    "EMERGENCY": "Get emergency care now",
    "URGENT": "Get care today",
    "PROMPT": "Be assessed within days",
    "ROUTINE": "Book an assessment",
    "SELF_CARE": "Start with a plan at home",
}

OUTCOMES: dict[str, str] = {
    "EMERGENCY": "Call 911 now. Do not drive yourself. This may be a heart or lung emergency.",
    "URGENT": "See a doctor or an urgent care clinic today, even if you can walk.\n\n"
    "If you cannot be seen within 24 hours, go to an emergency department.",
    "PROMPT": "See a doctor or a physiotherapist within the next few days. Stop running until "
    "then.",
    "ROUTINE": "Book a visit with a physiotherapist. Several things can cause this; only an "
    "examination can tell.",
    "SELF_CARE": "You can start with load and cross-training advice. Several things can cause "
    "this; only an examination can tell.",
}


def after_outcome(level: str) -> list[Json]:
    """The closing events of a level: a plan and a clinic only where they belong."""
    outcome = {
        "type": "outcome",
        "level": level,
        "text": f"{TITLES[level]}. {OUTCOMES[level]}\n\nI'm an automated guide, not a clinician.",
        "title": TITLES[level],
        "do": OUTCOMES[level],
        "rules": [
            {
                "id": "RF07",
                "facts": [{"fact": "onset", "value": "sudden_pop", "quote": "felt a pop"}],
                "source": "BMJ 2015;351:h4722",
            }
        ],
        "because": "You said it built up over two weeks and hurts 4 out of 10 when you push off.",
        "unless": ["A pop at the start: care today", "Six weeks or longer: a visit"],
        "safety_net": SAFETY_NET,
        "protocol": {"version": "0.2", "signed": False},
        "revised": False,
    }
    plan = {
        "type": "plan",
        "text": "Your plan for the next two weeks.",
        "zone": "Z2",
        "irritability": "MODERATE",
        "rows": [
            {"what": "Running", "dose": "About half your weekly distance", "note": "Every 2nd day"},
            {"what": "Calf hold on both legs", "dose": "5 x 45 seconds, daily", "note": ""},
        ],
        "stop_if": "Pain goes above 5 out of 10, or it is worse the next morning.",
        "review_on": "2026-03-15",
    }
    clinic = {
        "type": "clinic",
        "text": "The nearest open clinic is Mimico.",
        "name": "Mimico",
        "slug": "mimico",
        "distance_km": 3.4,
        "booking_url": None,
        "phone": "+1 555 010 0000" if level == "ROUTINE" else None,
        "hours": None,
        "call_back": {"consent": CONSENT_TO_A_CALL},
        "alternatives": [{"name": "Mississauga", "slug": "mississauga"}],
    }
    handoff = {"type": "notice", "kind": "handoff", "text": "You can also ask to talk to a person."}
    if level == "SELF_CARE":
        return [outcome, plan]
    if level in ("PROMPT", "ROUTINE"):
        return [outcome, clinic, handoff]
    return [outcome]
