"""How summaries are judged in the literature: F1 within a budget, rank correlation, and how far above chance.

F1 at 15 %, mean and best over annotators: Gygli et al. 2014 (SumMe), Song et al. 2015 (TVSum). Kendall's tau and
Spearman's rho against importance scores, and that random summaries do well in F1: Otani et al. 2019. Performance over
random: Apostolidis et al. 2020.
"""

from __future__ import annotations

import numpy as np

BUDGET = 0.15


def best_units(scores: np.ndarray, budget: float = BUDGET) -> np.ndarray:
    """Which of equally long units make the summary: the knapsack's answer for units of one length is the best ones."""
    count = int(budget * scores.size)
    taken = np.zeros(scores.size, bool)
    taken[np.argsort(-scores, kind="stable")[:count]] = True
    return taken


def f1(summary: np.ndarray, reference: np.ndarray) -> float:
    """Harmonic mean of precision and recall of two selections."""
    both = float((summary & reference).sum())
    return 0.0 if both == 0 else 2 * both / float(summary.sum() + reference.sum())


def f1_over(summary: np.ndarray, references: np.ndarray) -> tuple[float, float]:
    """Mean and best F1 over annotators, a row each."""
    found = [f1(summary, one) for one in references]
    return float(np.mean(found)), max(found)


def spearman(one: np.ndarray, other: np.ndarray) -> float:
    """Rank correlation, ties sharing their mean rank; 0 where one side is all alike."""
    a, b = _ranks(one), _ranks(other)
    a, b = a - a.mean(), b - b.mean()
    length = float(np.sqrt((a**2).sum() * (b**2).sum()))
    return float((a * b).sum()) / length if length else 0.0


def kendall(one: np.ndarray, other: np.ndarray) -> float:
    """Kendall's tau-b; 0 where one side is all alike."""
    a = np.sign(one[:, None] - one[None, :])
    b = np.sign(other[:, None] - other[None, :])
    length = float(np.sqrt((a**2).sum() * (b**2).sum()))
    return float((a * b).sum()) / length if length else 0.0


def over_random(value: float, chance: float) -> float:
    """An F1 as per cent of what random summaries get on the same recording."""
    return 100 * value / chance if chance else float("nan")


def _ranks(values: np.ndarray) -> np.ndarray:
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    upper = np.cumsum(count)
    return (upper - (count - 1) / 2)[place]
