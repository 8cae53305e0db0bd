"""Is a table one of data, or does it only lay out a page?"""

from __future__ import annotations

from desktop.reading.xml_tree import Element, local_name

_LAYS_OUT = frozenset("table h1 h2 h3 h4 h5 h6 form article nav ul ol".split())
_LONG_CELL = 600  # characters
_MOST_PARAGRAPHS = 3  # in a cell


def is_data_table(table: Element) -> bool:
    """Return whether the cells of a table belong together in rows and columns."""
    if table.get("role") in {"presentation", "none"}:
        return False
    # Asked first, so that no cell of a nest of tables is looked at once for each table around it.
    if any(local_name(element) in _LAYS_OUT for element in table.iterdescendants()):
        return False
    widest = 0
    for element in table.iterdescendants():
        name = local_name(element)
        if name == "tr":
            widest = max(widest, sum(local_name(cell) in {"td", "th"} for cell in element))
        elif name in {"td", "th"} and (
            sum(local_name(child) in {"p", "div"} for child in element) > _MOST_PARAGRAPHS
            or len(" ".join("".join(element.itertext()).split())) > _LONG_CELL
        ):
            return False
    return widest > 1
