"""The house as its plan draws it: paths, layers, resources, and the README's word."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.command import ROOT, modules_loaded_by

PLAN = (ROOT / "desktop" / "ARCHITECTURE.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
NAMED = sorted(
    set(re.findall(r"`((?:desktop|resources|tests|\.ci)/[\w./-]*|pyproject\.toml)`", PLAN))
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", NAMED)
def test_every_path_that_the_plan_names_exists(path: str) -> None:
    assert (ROOT / path).exists()
    assert (ROOT / path).is_dir() == path.endswith("/")


def test_every_module_has_its_place_in_the_plan() -> None:
    folders = tuple(path for path in NAMED if path.endswith("/"))
    modules = [path.relative_to(ROOT).as_posix() for path in (ROOT / "desktop").rglob("*.py")]
    homeless = [
        module
        for module in modules
        if module not in NAMED and not module.startswith(folders) and "__init__" not in module
    ]
    assert homeless == []


def test_every_layer_of_the_import_contract_is_in_the_plan() -> None:
    (layers,) = [c["layers"] for c in PROJECT["tool"]["importlinter"]["contracts"] if "layers" in c]
    names = [name.strip() for layer in layers for name in layer.split("|")]
    places = [f"desktop/{name}" for name in names]
    assert all({f"{place}.py", f"{place}/"} & set(NAMED) for place in places)
    table = PLAN[PLAN.index("| layer") : PLAN.index("## The way")]
    # the first cell of each row, in the order of the contract
    cells = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    drawn = [part.strip("`/ ").removesuffix(".py") for cell in cells for part in cell.split(",")]
    assert drawn == places


def test_every_picture_that_the_readme_shows_is_there() -> None:
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README)
    assert pictures
    for picture in pictures:
        assert (ROOT / picture).is_file(), picture
        assert (ROOT / picture).stat().st_size < 400_000


def test_the_readme_names_every_dependency_with_its_licence() -> None:
    for requirement in PROJECT["project"]["dependencies"]:
        name = re.split(r"[<>=;! ]", requirement)[0]
        rows = [line for line in README.splitlines() if line.startswith(f"| {name} |")]
        assert len(rows) == 1, f"the README's table has no row for {name}"
        assert all(cell.strip() for cell in rows[0].split("|")[1:-1])


def test_the_check_from_nothing_runs_the_readmes_command() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    (command,) = [line for line in README.splitlines() if line.endswith("-m tests")]
    for part in command.replace("python3", '"$python"').split(" && "):
        assert part.replace(" install ", " install -q ") in script or part in script, part


def test_resources_are_found_in_the_checkout() -> None:
    from desktop.paths import bundled_essay, resource

    assert bundled_essay().is_file()
    for name in ("style.css", "evidence.html"):
        assert resource("cards", name).is_file()


def test_importing_the_package_loads_nothing_heavy() -> None:
    loaded = modules_loaded_by("import desktop")
    assert {name for name in loaded if name.startswith("desktop")} == {"desktop"}


def test_the_six_calls_are_where_the_contract_says() -> None:
    import desktop

    for name in (
        "open_document", "analyse", "extract_glossary", "extract_facts", "build_deck", "write_apkg",
    ):  # fmt: skip
        assert callable(getattr(desktop, name))
    with pytest.raises(AttributeError):
        _ = desktop.not_there


@pytest.mark.parametrize("path", sorted((ROOT / "desktop").rglob("*.py")), ids=lambda p: p.name)
def test_a_module_says_what_it_is_in_its_first_line(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith(('"""', 'r"""'))
