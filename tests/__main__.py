"""``python -m tests``: every check in turn; stops at the first that fails and names it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent

#: The name of each check and how it is run, in the order of what is quickest to know.
CHECKS = (
    ("ruff check", ["-m", "ruff", "check", "."]),
    ("ruff format", ["-m", "ruff", "format", "--check", "."]),
    ("mypy", ["-m", "mypy"]),
    ("lint-imports", ["-c", "from importlinter.cli import lint_imports_command as run; run()"]),
    ("pytest", ["-m", "pytest"]),
)


def main() -> int:
    """Run the checks; further arguments go to pytest. Its own closing line comes last."""
    for name, command in CHECKS:
        print(f"── {name}", flush=True)
        arguments = sys.argv[1:] if name == "pytest" else []
        code = subprocess.run([sys.executable, *command, *arguments], cwd=ROOT).returncode
        if code:
            if name != "pytest":  # which closes with a line of its own
                print(f"{name} failed; the checks after it were not run.", flush=True)
            return code
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
