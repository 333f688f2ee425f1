"""The clinics, the places people name, and the nearest open clinic. Pure: no Rasa, no database."""
