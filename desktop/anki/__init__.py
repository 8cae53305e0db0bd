"""The way back from Anki: reading its packages. What goes there is made in ``desktop.decks``."""
