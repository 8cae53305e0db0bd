"""What the installation weighs: ``python -m tests.benchmarks.sizes`` in the environment to weigh.

For each package that Glossator asks for its own files, then what these bring along, then the sum,
all in MB (10⁶ bytes) of file contents.
"""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Iterator


def main() -> None:
    """Print the table, heaviest first."""
    direct = {
        name(r) for r in importlib.metadata.requires("glossator") or [] if "extra ==" not in r
    }
    reached = set(closure("glossator"))
    sizes = {
        name(d.metadata["Name"]): size(d)
        for d in importlib.metadata.distributions()
        if name(d.metadata["Name"]) in reached
    }
    for package in sorted(direct & set(sizes), key=lambda p: -sizes[p]):
        print(f"{sizes[package]:8.1f}  {package}")
    rest = {package: mb for package, mb in sizes.items() if package not in direct}
    rest.pop("glossator", None)
    print(f"{sum(rest.values()):8.1f}  {len(rest)} packages that these bring along")
    for package in sorted(rest, key=lambda p: -rest[p])[:6]:
        print(f"{'':10}{rest[package]:8.1f}  {package}")
    print(f"{sum(sizes.values()):8.1f}  in all")


def name(requirement: str) -> str:
    """Return the normalised name that a requirement begins with."""
    return re.sub(r"[-_.]+", "-", re.split(r"[ <>=!~;\[(]", requirement)[0]).lower()


def closure(package: str) -> Iterator[str]:
    """Yield the package and all that it needs here, without extras."""
    seen: set[str] = set()
    queue = [package]
    while queue:
        current = queue.pop()
        if current in seen:
            continue
        try:
            requirements = importlib.metadata.requires(current) or []
        except importlib.metadata.PackageNotFoundError:
            continue  # for another system or version of Python
        seen.add(current)
        yield current
        queue += [name(r) for r in requirements if "extra ==" not in r]


def size(distribution: importlib.metadata.Distribution) -> float:
    """Return the MB of the files that a package has installed."""
    total = 0
    for file in distribution.files or []:
        path = distribution.locate_file(file)
        try:
            total += path.stat().st_size  # type: ignore[attr-defined]
        except OSError:
            continue
    return total / 1e6


if __name__ == "__main__":
    main()
