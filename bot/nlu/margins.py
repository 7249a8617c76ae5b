"""Margins of a linear SVM on examples that it has not seen, and the probabilities that they stand for."""

import os

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from scipy.special import log_softmax
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.svm import LinearSVC

Margins = NDArray[np.float64]


def measure_unseen(
    svm: LinearSVC,
    rows: csr_matrix,
    labels: NDArray[np.str_],
    *,
    folds: int,
    seed: int,
) -> Margins:
    """Return the margins (n × classes) of each row by an SVM that was trained on the other folds."""
    split = StratifiedKFold(folds, shuffle=True, random_state=seed)
    unseen: Margins = cross_val_predict(
        svm,
        rows,
        labels,
        cv=split,
        method="decision_function",
        n_jobs=os.cpu_count(),
    )
    return unseen


def fit_temperature(margins: Margins, labels: NDArray[np.int64]) -> float:
    """Return the temperature at which the softmax of `margins` (n × classes) makes `labels` (n) most likely.

    Guo et al. 2017, "On Calibration of Modern Neural Networks": temperature scaling.
    """

    def loss(log_temperature: float) -> float:
        likelihood = log_softmax(margins / np.exp(log_temperature), axis=1)
        return float(-likelihood[np.arange(len(labels)), labels].mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-4.0, 2.0), method="bounded").x))


def shrink(svm: LinearSVC) -> LinearSVC:
    """Keep the weights as float32: half the memory, the same answers."""
    svm.coef_ = svm.coef_.astype(np.float32)
    return svm
