"""Train the router's second opinion on the half of the labelled messages that may be tuned on.

    .venv/bin/python docs/make_likeness.py

reads tests/core/corpus/tune.jsonl and writes bot/i18n/likeness.txt; twice the same from the same messages. It takes
a few seconds. docs/routing.md says what it is for and how good it is.
"""

import json
from base64 import b64encode
from pathlib import Path

import numpy as np

from bot.core.routing.likeness import BUCKETS, pieces
from bot.core.routing.text import fold, mask
from bot.i18n.traditional import traditional

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 8
STEP = 0.3
DECAY = 1e-5
LEAST = 0.7
LARGEST = 127


def examples() -> list[tuple[list[int], str]]:
    """What each message with one intent and no files is made of, and its intent."""
    lines = (ROOT / "tests/core/corpus/tune.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if not row["has_media"] and "+" not in row["intent"]]
    return [(sorted(pieces(mask(fold(row["text"].strip(), traditional())))), row["intent"]) for row in rows]


def trained(known: list[tuple[list[int], int]], width: int) -> np.ndarray:
    """Weights of (bucket, class) by gradient descent, one message at a time, a step for each weight (Adagrad)."""
    weights = np.zeros((BUCKETS, width))
    squares = np.full((BUCKETS, width), 1e-8)
    order = np.random.default_rng(1)
    for _ in range(ROUNDS):
        for number in order.permutation(len(known)):
            found, right = known[number]
            share = 1 / np.sqrt(len(found))
            logits = weights[found].sum(0) * share
            error = np.exp(logits - logits.max())
            error /= error.sum()
            error[right] -= 1
            gradient = error * share + DECAY * weights[found]
            squares[found] += gradient**2
            weights[found] -= STEP * gradient / np.sqrt(squares[found])
    return weights


def main() -> None:
    """Train, and write the weights."""
    known = examples()
    classes = sorted({intent for _, intent in known})
    weights = trained([(found, classes.index(intent)) for found, intent in known], len(classes))
    scale = float(np.abs(weights).max()) / LARGEST
    head = {"classes": classes, "scale": scale, "least": LEAST, "messages": len(known)}
    body = b64encode(np.round(weights / scale).astype(np.int8).tobytes()).decode()
    (ROOT / "bot/i18n/likeness.txt").write_text(f"{json.dumps(head)}\n{body}\n", encoding="ascii")
    print(f"{len(known)} messages, {len(classes)} classes, {len(body)} characters")


if __name__ == "__main__":
    main()
