"""The protocol engine: pure functions over facts. No Rasa, no spaCy, no database."""
