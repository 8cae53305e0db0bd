"""How memory fades: FSRS-6's curve of forgetting, for one card or for a drawing."""

from __future__ import annotations

#: The decay of FSRS-6's default parameters (the last of them).
DEFAULT_DECAY = 0.1542


def retrievability(days: float, stability: float, decay: float | None = None) -> float:
    """Return the probability (0..1) of remembering ``days`` after the last review.

    FSRS-6: R(t) = (1 + f·t/S)^−w with f = 0.9^(−1/w) − 1, so that R(S) = 0.9.
    """
    w = DEFAULT_DECAY if decay is None else decay
    factor = 0.9 ** (-1 / w) - 1
    return float((1 + factor * max(days, 0.0) / stability) ** -w)
