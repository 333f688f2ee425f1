"""What the service shows beside the chat's calls: the widget, the demo site, the plain pages."""

from sanic import Blueprint

from rasa_project.clinics.directory import Directory
from rasa_project.settings import Settings
from rasa_project.triage.protocol import Protocol
from rasa_project.website.bundled import load_privacy, widget_files
from rasa_project.website.channel import ChatChannel
from rasa_project.website.fail_safe import FailSafe
from rasa_project.website.plain import PlainPages
from rasa_project.website.site import make_templates, site
from rasa_project.website.widget_pages import widget_pages


def pages(
    channel: ChatChannel,
    fail_safe: FailSafe,
    clinics: Directory,
    protocol: Protocol,
    settings: Settings,
) -> list[Blueprint]:
    """Makes the blueprints. What is served is read once; nothing else of the disk can be asked for.

    Args:
        channel: Takes the messages of the plain pages.
        fail_safe: What to say when something fails.
        clinics: One page each.
        protocol: For the card of warning signs.
        settings: How long a session lasts, and which origins may frame the chat.

    Raises:
        DataError: A data file, or a module of the widget, breaks its rules.
    """
    privacy = load_privacy(settings.session_hours)
    templates = make_templates(privacy["credits"])
    files = widget_files(protocol, clinics, settings.session_hours)
    return [
        widget_pages(files, settings, clinics, templates),
        site(clinics, templates),
        PlainPages(channel, fail_safe, clinics, templates, privacy).blueprint(),
    ]
