"""Everything a reader can do, without a window; the command line and the window both call it."""
