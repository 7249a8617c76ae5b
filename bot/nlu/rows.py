"""Makes the rows of a fitted `FeatureUnion` of TF-IDF vectorizers, for one message at a time.

scikit-learn builds seven sparse matrices and checks each of them for a row with a hundred numbers, which took a third
of Rasa's time for a turn. The analyzers, vocabularies and weights are the vectorizers' own, and so is the outcome.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion

Numbers = NDArray[np.float32]


@dataclass(frozen=True)
class _Part:
    """One vectorizer: `offset` is its first column, `weight` that of the whole part."""

    analyze: Callable[[str], list[str]]
    columns: dict[str, int]
    idf: Numbers
    offset: int
    weight: float

    def make(self, text: str) -> tuple[NDArray[np.int32], Numbers]:
        """Return columns and numbers of a text: (1 + log tf) × idf, of length 1, times the weight."""
        counts = Counter(column for term in self.analyze(text) if (column := self.columns.get(term)) is not None)
        columns = np.fromiter(counts.keys(), dtype=np.int32, count=len(counts))
        numbers = (np.log(np.fromiter(counts.values(), dtype=np.float32, count=len(counts))) + 1) * self.idf[columns]
        if counts:
            numbers *= self.weight / np.linalg.norm(numbers)
        return columns + self.offset, numbers


class RowMaker:
    """Does what `union.transform` does, on few texts, for the settings that `features.make_union` makes."""

    def __init__(self, union: FeatureUnion) -> None:
        self._parts: list[_Part] = []
        self._width = 0
        for name, vectorizer in union.transformer_list:
            _check_settings(vectorizer)
            weight = (union.transformer_weights or {}).get(name, 1.0)
            idf = vectorizer.idf_.astype(np.float32)
            self._parts.append(_Part(vectorizer.build_analyzer(), vectorizer.vocabulary_, idf, self._width, weight))
            self._width += len(idf)

    def make(self, texts: Sequence[str]) -> csr_matrix:
        """Return a row of float32 for each text."""
        made = [part.make(text) for text in texts for part in self._parts]
        ends = np.cumsum([0, *(len(columns) for columns, _ in made)])[:: len(self._parts)]
        columns = np.concatenate([columns for columns, _ in made])
        numbers = np.concatenate([numbers for _, numbers in made])
        return csr_matrix((numbers, columns, ends), shape=(len(texts), self._width))


def _check_settings(vectorizer: TfidfVectorizer) -> None:
    """Raise `ValueError` for a vectorizer that weighs in another way than `_Part.make`."""
    settings = (vectorizer.sublinear_tf, vectorizer.use_idf, vectorizer.norm, vectorizer.binary)
    if settings != (True, True, "l2", False):
        raise ValueError(f"a vectorizer with other settings: {settings}")
