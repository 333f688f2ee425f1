"""The learned reader: finds facts in wordings that no phrase of the lexicon foresaw.

Trained on the labelled sentences of ``data/language/examples``. It stands beside the lexicon and
ConText, never above them: where the two disagree about a red flag, the finding is in doubt and
the chat asks.
"""
