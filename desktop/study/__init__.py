"""Cards and their schedule (FSRS), without storage and without a window."""
