"""Analysis → Glossary: names, concepts, abbreviations and hard words with their definitions."""
