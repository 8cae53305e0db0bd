"""The file of verdicts holds no text: names, ids, verdicts and classes of faults."""

from __future__ import annotations

import json
import re
from pathlib import Path

ROWS = [
    json.loads(line)
    for line in Path(__file__).with_name("verdicts.jsonl").read_text("utf-8").splitlines()
]


def test_each_row_names_a_card_and_a_verdict() -> None:
    assert ROWS
    for row in ROWS:
        assert set(row) == {"round", "text", "card", "verdict", "reason"}
        assert re.fullmatch(r"(?:squad|psy)\d\d", row["text"])
        assert row["verdict"] in {"kept", "edit", "refused", "wrong"}
        assert (row["verdict"] == "kept") == (not row["reason"])
        assert re.fullmatch(r"[a-z_]*", row["reason"])
        assert " " not in row["card"]


def test_no_card_is_judged_twice_in_a_round() -> None:
    seen = [(row["round"], row["text"], row["card"]) for row in ROWS]
    assert len(seen) == len(set(seen))
