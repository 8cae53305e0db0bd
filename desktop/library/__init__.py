"""The reader's own SQLite file; the only SQL of the program is in this package."""
