"""What a visitor wants with a message: the intent, learnt from the phrases in ``data/nlu``."""
