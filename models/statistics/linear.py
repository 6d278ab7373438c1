"""Small matrices as tuples of rows: as much as a model with a few covariates needs."""

from __future__ import annotations

from collections.abc import Sequence

Matrix = list[list[float]]


class Singular(ValueError):
    """The covariates say the same, so that their effects cannot be told apart."""


def weighted_gram(rows: Sequence[Sequence[float]], weights: Sequence[float]) -> Matrix:
    """XᵀWX for the rows of X and diagonal weights."""
    width = range(len(rows[0]))
    return [
        [sum(w * x[i] * x[j] for w, x in zip(weights, rows, strict=True)) for j in width]
        for i in width
    ]


def inverse(matrix: Sequence[Sequence[float]]) -> Matrix:
    """The inverse by Gauss and Jordan with the largest pivot; raises `Singular`."""
    size = len(matrix)
    work = [[*row, *(float(i == j) for j in range(size))] for i, row in enumerate(matrix)]
    for step in range(size):
        pivot = max(range(step, size), key=lambda row: abs(work[row][step]))
        work[step], work[pivot] = work[pivot], work[step]
        if abs(work[step][step]) < 1e-12 * max(map(abs, matrix[step]), default=0):
            raise Singular("the covariates say the same")
        work[step] = [value / work[step][step] for value in work[step]]
        for row in (row for row in range(size) if row != step):
            factor = work[row][step]
            work[row] = [a - factor * b for a, b in zip(work[row], work[step], strict=True)]
    return [row[size:] for row in work]


def times(left: Sequence[Sequence[float]], right: Sequence[Sequence[float]]) -> Matrix:
    """The product of two matrices."""
    columns = list(zip(*right, strict=True))
    return [[dot(row, column) for column in columns] for row in left]


def apply(matrix: Sequence[Sequence[float]], vector: Sequence[float]) -> list[float]:
    """A matrix times a vector."""
    return [dot(row, vector) for row in matrix]


def trace(matrix: Sequence[Sequence[float]]) -> float:
    """The sum of the diagonal."""
    return sum(row[place] for place, row in enumerate(matrix))


def dot(left: Sequence[float], right: Sequence[float]) -> float:
    """The inner product of two vectors."""
    return sum(a * b for a, b in zip(left, right, strict=True))
