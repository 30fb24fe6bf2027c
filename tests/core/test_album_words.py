"""What the captions of an album, and the parts of a batch, are called."""

from datetime import UTC, datetime

import pytest

from bot.core.batch import CAPTION_MOST, captioned
from bot.core.media import MediaKind, MediaRef
from bot.core.turn import Item, ItemState, TurnId, batch_of, film_number, part_id, then_id


def items(*events):
    ref = MediaRef(platform="test", locator="x", name="a.jpg", kind=MediaKind.PHOTO)
    return [
        Item(id=number, ref=ref, state=ItemState.ARRIVED, arrived=datetime.now(UTC), event=event)
        for number, event in enumerate(events, 10)
    ]


@pytest.mark.parametrize(
    ("captions", "text"),
    [
        ({}, "calm"),
        ({"a": "the sea"}, "calm"),  # it is the order itself
        ({"a": "calm", "b": " \n "}, "calm"),
        ({"a": "the sea", "c": "home"}, "calm\n(file 1: the sea; file 3: home)"),
        ({"a": "the\n sea ", "b": "x"}, "calm\n(file 1: the sea; file 2: x)"),
        ({"z": "of another album", "a": "x"}, "calm"),
        ({"a": "x" * (CAPTION_MOST + 1), "b": "y"}, f"calm\n(file 1: {'x' * CAPTION_MOST}; file 2: y)"),
    ],
)
def test_an_order_tells_what_stands_below_each_file(captions, text):
    assert captioned("calm", items("a", "b", "c"), captions) == text


def test_a_film_knows_its_number_and_its_batch():
    batch = TurnId("test:1")
    later = then_id(batch, 2)
    assert [film_number(project) for project in (-7001, -7030, -7032, -8002)] == [1, 30, 1, 2]
    assert [batch_of(turn) for turn in (batch, part_id(batch, 3), later, part_id(later, 3))] == [
        batch,
        batch,
        later,
        later,
    ]
