"""The way to and from Anki; what is here so far is the deck file in ``desktop.decks``."""
