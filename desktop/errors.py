"""The errors that Glossator raises on purpose; each message is one sentence for the reader.

    GlossatorError
    ├── InputError            a file can't be used: missing, empty, binary, broken, too large
    ├── OutputError           a file can't be written; whatever stood there still stands there
    ├── MissingPieceError    something that the program needs is absent or unusable
    ├── LibraryError          the reader's library can't be opened, read or changed
    │   └── LibraryInUseError     another running Glossator holds it
    ├── SearchError           a search can't be understood, or asks for what isn't supported
    ├── AnkiError             Anki, its add-on or its sync server can't be reached, or refuses
    └── Cancelled             the reader stopped the work; not shown as an error

A message names what is wrong and what to do about it. The command line prints it and exits
with 1; the window shows it through ``desktop.window.messages``. Anything else that is raised is
a defect and goes to the log with its traceback.
"""


class GlossatorError(Exception):
    """Base of every error whose text is meant for the reader."""


class InputError(GlossatorError):
    """A file given by the reader can't be used."""


class OutputError(GlossatorError):
    """A file can't be written; an earlier version at that path is untouched."""


class MissingPieceError(GlossatorError):
    """A library, model or display that the program needs is missing."""


class LibraryError(GlossatorError):
    """The reader's library can't be opened, read or changed."""


class LibraryInUseError(LibraryError):
    """The library is open in another running Glossator."""


class SearchError(GlossatorError):
    """A search for cards can't be understood, or asks for what isn't supported."""


class AnkiError(GlossatorError):
    """Anki or a sync server can't be reached, or refuses; nothing is lost and nothing doubled."""


class Cancelled(GlossatorError):  # noqa: N818 (no error to the reader)
    """The reader stopped the work."""
