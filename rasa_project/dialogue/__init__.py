"""What a message means for the triage, and how the answer is worded. Pure: no Rasa, no database."""
