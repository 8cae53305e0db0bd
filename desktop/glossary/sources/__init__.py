"""Reference works: what a form means according to a dictionary or an encyclopaedia."""
