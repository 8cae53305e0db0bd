"""A file → Document: one module per format behind ``opener.open_document``."""
