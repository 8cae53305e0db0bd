"""The reader's SQLite file; the only SQL in the program."""
