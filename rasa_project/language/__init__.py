"""The language room: clinical facts, with their assertion, out of what visitors type.

Only ``component`` imports Rasa; the rest needs spaCy, medspaCy and rapidfuzz.
"""
