"""The rules of the window's own structure that import-linter can't see."""

import ast
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QKeySequence

import desktop.window
from desktop.window.actions import ACTIONS, Scope

FOLDER = Path(desktop.window.__file__).parent
VIEWS = sorted(path.stem for path in FOLDER.glob("*_view.py"))
WIRING = {"main_window", "shell"}


def imports_of(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
    return names


def test_no_view_imports_another():
    assert len(VIEWS) >= 5
    for path in FOLDER.glob("*.py"):
        views = {v for v in VIEWS if f"desktop.window.{v}" in imports_of(path)}
        assert not views or path.stem in WIRING, (path.name, views)


def test_no_view_knows_the_desks_or_the_lane():
    for name in VIEWS:
        imported = imports_of(FOLDER / f"{name}.py")
        assert not imported & {
            "desktop.window.desk", "desktop.window.card_desk", "desktop.window.jobs",
        }, name  # fmt: skip


def test_signals_are_wired_in_one_place():
    tree = ast.parse((FOLDER / "main_window.py").read_text(encoding="utf-8"))
    wiring = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
    assert sum(n.name == "_connect_signals" for n in wiring) == 1


def test_no_two_actions_of_a_scope_share_a_key():
    for scope in Scope:
        seen = {}
        for spec in ACTIONS:
            if spec.scope in (scope, Scope.WINDOW):
                for keys in spec.keys:
                    text = QKeySequence(keys).toString()
                    assert text, f"{spec.id}: {keys} is no key"
                    lent = spec.id.startswith("flag_")  # the card on show has these keys
                    assert lent or text not in seen, f"{spec.id} and {seen[text]} share {text}"
                    seen[text] = spec.id


def test_what_lies_within_the_reading_page_shares_no_key_with_it():
    def keys_of(scope):
        specs = [spec for spec in ACTIONS if spec.scope is scope]
        return {QKeySequence(keys).toString() for spec in specs for keys in spec.keys}

    for inner in (Scope.ENTRY, Scope.CARDS, Scope.TEXT):
        assert not keys_of(inner) & keys_of(Scope.READ)


def test_actions_have_names_of_their_own():
    ids = [spec.id for spec in ACTIONS]
    assert len(set(ids)) == len(ids)


def test_the_window_starts_without_the_heavy_libraries():
    heavy = ("spacy", "onnxruntime", "numpy", "fsrs", "markdown_it", "anki",
             "charset_normalizer", "PySide6.QtNetwork")  # fmt: skip
    code = (
        "import sys, desktop.app, desktop.window.main_window, desktop.operations.workspace\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
