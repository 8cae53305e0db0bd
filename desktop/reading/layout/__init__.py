"""The layout of a page: words with their places → lines in reading order → drafts.

Knows nothing of where the words come from, a PDF's text layer or optical character recognition.
"""
