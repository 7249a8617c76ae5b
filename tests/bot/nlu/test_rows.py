"""A row made for one message is the row that scikit-learn makes."""

import numpy as np
import pytest

from bot.nlu.features import make_union
from bot.nlu.rows import RowMaker

EXAMPLES = [
    "ik heb een brief van de deurwaarder",
    "een brief van de belastingdienst over toeslag",
    "mijn digid doet het niet",
    "my digid does not work",
    "de huur is te hoog en de toeslag te laag",
    "the landlord wants more rent",
]


@pytest.fixture(scope="module")
def union():
    return make_union().fit(EXAMPLES * 2)


@pytest.mark.parametrize(
    "texts",
    [EXAMPLES, ["brief brief brief van de huurbaas"], ["qqq", "de toeslag"], [""], ["é ß 12 😀"], ["a" * 5000]],
)
def test_the_rows_are_those_of_the_union(union, texts):
    made, expected = RowMaker(union).make(texts), union.transform(texts).tocsr()
    assert made.shape == expected.shape
    assert made.dtype == expected.dtype
    assert np.allclose(made.toarray(), expected.toarray(), atol=1e-6)


def test_another_way_of_weighing_is_refused(union):
    other = make_union().fit(EXAMPLES * 2)
    other.transformer_list[0][1].set_params(sublinear_tf=False)
    with pytest.raises(ValueError, match="other settings"):
        RowMaker(other)
