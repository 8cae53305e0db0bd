"""Document → Analysis: parsing, word frequencies, sentence vectors and the process they run in."""
