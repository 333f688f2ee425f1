"""The website channel: the chat HTTP contract, version 1, in front of the Rasa agent."""
