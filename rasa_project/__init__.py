"""The Axis heel-pain chat: a triage conversation built on Rasa open source."""
