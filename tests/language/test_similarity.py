import numpy as np

from desktop.language.similarity import available, vectors


def test_vectors_are_unit_length_and_close_for_like_meanings() -> None:
    assert available()
    texts = ["The bank lends money.", "A lender gives credit.", "The cat sleeps on the sofa."]
    found = vectors(texts)
    assert found.shape == (3, 384)
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1.0, rtol=1e-5)
    assert found[0] @ found[1] > found[0] @ found[2] + 0.2


def test_the_same_texts_give_the_same_vectors() -> None:
    texts = [f"Sentence number {n} of a small test." for n in range(20)]
    assert np.array_equal(vectors(texts), vectors(texts))


def test_no_text_gives_no_vector() -> None:
    assert vectors([]).shape == (0, 384)


def test_a_vector_depends_on_its_text_alone() -> None:
    text = "A heron waits at the edge of the pond."
    alone = vectors([text])[0]
    others = [f"Reed number {n} bends over the water of the pond." for n in range(40)]
    np.testing.assert_allclose(vectors([*others, text, text])[-2:], [alone, alone], atol=1e-6)
