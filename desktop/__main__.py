"""``python -m desktop``: the same program as the ``glossator`` command."""

from desktop.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
