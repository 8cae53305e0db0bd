"""The card linter: named rules, each with a reason for the reader, run on every card.

It reads nothing but the card and its evidence, needs no language model, and so serves generated
cards and cards written by hand alike.
"""

from desktop.decks.deck import Finding as Finding
from desktop.decks.quality.linter import REASONS as REASONS
from desktop.decks.quality.linter import lint as lint
from desktop.decks.quality.linter import lint_deck as lint_deck
