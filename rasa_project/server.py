"""One process: the Rasa agent, its custom actions, the website channel and the chat page."""

import logging
import os
import sys
import time

from rasa_project.settings import ROOT, Settings

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")


class NotReady(RuntimeError):
    """The model does not understand what it must; serving it would be unsafe."""


KNOWN_PHRASES = (
    ("can i talk to a real person please", "talk_to_person", None),
    ("what is the weather like today", "out_of_scope", None),
    ("i felt a pop in my heel and cannot push off", "inform", "onset"),
    ("i have chest pain", "inform", "emergency_flags"),
)
"""Phrases with the intent and the fact that must be heard in them, parsed at every start."""


def serve() -> None:
    """Trains when needed, migrates, loads, checks, and serves until stopped.

    Raises:
        SystemExit: A setting, a data file, the database or the model is unusable; the message
            says which, and what to do.
    """
    began = time.monotonic()
    # Deprecations inside the libraries are no news to whoever starts the chat.
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    try:
        settings = Settings.from_environment()
    except ValueError as error:
        sys.exit(f"Setting: {error}")
    _say("Starting the chat")
    from rasa_project.errors import DataError
    from rasa_project.training import ModelError, train_if_needed

    try:
        model = train_if_needed()
    except (DataError, ModelError) as error:
        sys.exit(str(error))
    _say("Loading the model")
    try:
        app = make_app(settings, model)
    except (DataError, ModelError, NotReady) as error:
        sys.exit(str(error))
    _say(f"Ready after {time.monotonic() - began:.0f} s: open http://localhost:{settings.port}")
    app.run(host=settings.host, port=settings.port, access_log=False, motd=False, debug=False)


def make_app(settings: Settings, model: "os.PathLike[str]", name: str = "axis_chat"):
    """Builds the Sanic application around a loaded agent.

    Args:
        settings: The settings.
        model: The trained model's path.
        name: Sanic's name for the application; unique in a process.

    Raises:
        DataError: A data file breaks its rules.
        NotReady: The model does not understand what it must.
    """
    sys.path.insert(0, str(ROOT))
    from rasa.core.channels.channel import register
    from rasa.utils.log_utils import configure_structlog
    from sanic import Sanic

    from rasa_project.advice.drawings import default_drawings
    from rasa_project.advice.rows import default_advice
    from rasa_project.clinics.directory import default_directory
    from rasa_project.dialogue.wording import texts
    from rasa_project.inprocess import InProcessActions
    from rasa_project.summary.handover import terms
    from rasa_project.transcripts.database import Database
    from rasa_project.transcripts.migrations import migrate
    from rasa_project.transcripts.store import ConversationStore
    from rasa_project.transcripts.tracker_store import ConversationTrackerStore
    from rasa_project.triage.counterfactuals import default_counterfactuals
    from rasa_project.triage.protocol import protocol
    from rasa_project.triage.signing import UNSIGNED
    from rasa_project.website.agent import load_agent
    from rasa_project.website.channel import ChatChannel, Collaborators, Health
    from rasa_project.website.fail_safe import FailSafe
    from rasa_project.website.pages import pages
    from rasa_project.website.resuming import Resuming
    from rasa_project.website.summaries import Summaries
    from rasa_project.website.tokens import secret_for

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    # Left alone, Rasa prints every message it parses.
    configure_structlog(logging.WARNING)
    rules, clinics = protocol(), default_directory()
    # Read now and not at first use, so that the hash is that of the words a visitor will read.
    default_advice(), default_counterfactuals(), default_drawings(), terms(), texts()
    unconfirmed = clinics.unconfirmed_fields()
    if unconfirmed:
        _say(f"WARNING: {len(unconfirmed)} clinic details are not confirmed (data/clinics)")
    if not rules.signed:
        _say(f"WARNING: protocol {rules.version} is {UNSIGNED}: {rules.why_unsigned}")
    migrate(settings.database_url)
    store = ConversationStore(Database.at(settings.database_url))
    agent = load_agent(str(model), ConversationTrackerStore(store), InProcessActions())
    check_understanding(agent)

    def phone_of(slug: str) -> str:
        clinic = clinics.by_slug(slug)
        return (clinic.phone or "") if clinic else ""

    health = Health(ready=True, model=agent.model_name or "", **rules.stamp)
    fail_safe = FailSafe.load(phone_of)
    channel = ChatChannel(
        Collaborators(
            store=store,
            settings=settings,
            clinic_exists=lambda slug: clinics.by_slug(slug) is not None,
            health=lambda: health,
            summary=Summaries(store, rules, Resuming(store, secret_for(settings))),
            fail_safe=fail_safe,
        )
    )
    app = Sanic(name, configure_logging=False)
    app.config.KEEP_ALIVE_TIMEOUT = 30
    app.ctx.agent = agent
    register([channel], app, route="/")
    for blueprint in pages(channel, fail_safe, clinics, rules, settings):
        app.blueprint(blueprint)
    return app


def check_understanding(agent) -> None:
    """Parses known phrases.

    Rasa reports a component that failed to load only in its debug log, and then parses badly.

    Raises:
        NotReady: An intent or a fact is not heard.
    """
    from rasa.core.channels.channel import UserMessage

    for text, intent, fact in KNOWN_PHRASES:
        parsed = agent.processor._parse_message_with_graph(UserMessage(text), _no_tracker())
        heard = {mention["fact"] for mention in parsed.get("facts", [])}
        if parsed["intent"]["name"] != intent or (fact and fact not in heard):
            raise NotReady(
                f"The model reads {text!r} as {parsed['intent']['name']} with {sorted(heard)}; "
                "delete models/ and run `make train`"
            )


def _no_tracker():
    from rasa.shared.core.trackers import DialogueStateTracker

    return DialogueStateTracker.from_events("check", [])


def _say(line: str) -> None:
    print(line, flush=True)
