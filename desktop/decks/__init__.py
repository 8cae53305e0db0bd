"""Facts and Glossary → Deck → file: notes, their quality, Anki packages and text exports."""
