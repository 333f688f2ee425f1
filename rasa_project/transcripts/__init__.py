"""The record of every conversation: models, database, store, and Rasa's view of it."""
