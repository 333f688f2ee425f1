"""Rasa custom actions: thin. Each turns slots into facts, calls rasa_project, and utters."""
