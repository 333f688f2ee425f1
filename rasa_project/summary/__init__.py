"""The visitor's own summary, to print or hand over: text, HTML, PDF, FHIR. No Rasa, no database."""
