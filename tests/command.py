"""Running the command line as a reader does, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
ESSAY = ROOT / "resources" / "essay" / "essay.md"

#: A sentence on standard error: it begins like one, ends like one, and holds no second.
ONE_SENTENCE = r"\A[^\n]+\.\n\Z"


@dataclass(frozen=True)
class Result:
    """What a command left behind: exit code, standard output as bytes, standard error as text."""

    code: int
    data: bytes
    messages: str

    @property
    def text(self) -> str:
        return self.data.decode("utf-8")


def glossator(
    *arguments: str | Path,
    stdin: bytes = b"",
    environment: dict[str, str] | None = None,
    **options: Any,
) -> Result:
    """Run ``python -m desktop`` with these arguments."""
    return python("-m", "desktop", *arguments, stdin=stdin, environment=environment, **options)


def python(
    *arguments: str | Path,
    stdin: bytes = b"",
    environment: dict[str, str] | None = None,
    **options: Any,
) -> Result:
    """Run the interpreter that runs the tests."""
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=options.pop("cwd", ROOT),
        env={**os.environ, "COLUMNS": "80", **(environment or {})},
        timeout=120,
        **options,
    )
    return Result(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def modules_loaded_by(code: str, arguments: Sequence[str | Path] = ()) -> set[str]:
    """Run ``code`` and return the names of all modules that are loaded at its end."""
    tail = "\nimport sys; sys.stderr.write('\\n' + ' '.join(sys.modules))"
    result = python("-c", code + tail, *arguments)
    assert result.code == 0, result.messages
    return set(result.messages.splitlines()[-1].split())
