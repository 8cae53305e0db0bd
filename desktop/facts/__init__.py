"""Analysis and Glossary → Facts: the statements that are worth remembering."""
