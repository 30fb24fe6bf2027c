"""What stands on a contact sheet, and below each picture."""

from dataclasses import replace

import pytest

from bot.core.chat import ChatRef
from bot.core.event.collection import OPTED_OUT, Collection, Look, Share
from bot.core.event.ledger import ledger
from bot.core.event.sheet import NAME, Tile, candidates, order, tiles
from bot.core.media import MediaKind
from bot.core.turn import ItemState
from tests.core.event.making import share

SHARES = [
    replace(share(1, "Ana  Maria", minutes=5, votes=2), number=3),
    replace(share(2, "Bo" * 20, minutes=1, kind=MediaKind.VIDEO), number=1),
    replace(share(3, "Cy", dropped=True), number=2),
    share(4, "Dee", looked=False),
    replace(share(5, "Eve", state=ItemState.REFUSED, reason=OPTED_OUT), number=4),
    replace(share(6, "Flo", error="media.truncated"), number=5),
    replace(share(7, "Gus", state=ItemState.UPLOADED, shown=False, minutes=9), number=6),
]


def test_everything_that_counts_and_what_was_dropped_stands_in_the_order_of_the_story():
    assert order(SHARES[1:], ledger(SHARES)) == [2, 3, 4, 7]


def test_the_sheet_goes_by_its_numbers():
    shown = tiles(SHARES, ledger(SHARES), names=True)
    assert shown == [
        Tile(item=2, number=1, person="test:" + "Bo" * 20, name=("Bo" * 20)[:NAME], votes=0, clip=True, dropped=False),
        Tile(item=3, number=2, person="test:Cy", name="Cy", votes=0, clip=False, dropped=True),
        Tile(item=1, number=3, person="test:Ana  Maria", name="Ana Maria", votes=2, clip=False, dropped=False),
        Tile(item=7, number=6, person="test:Gus", name="Gus", votes=0, clip=False, dropped=False),
    ]
    nameless = [replace(tile, name="") for tile in shown]
    assert tiles(SHARES, ledger(SHARES), names=False) == nameless
    assert len(shown[0].name) == NAME


@pytest.mark.parametrize(("most", "numbers"), [(9, [1, 2, 4, 5]), (4, [1, 2, 4, 5]), (3, [1, 2, 5]), (2, [1, 2])])
def test_what_is_voted_about(most, numbers):
    people = ["Ana", "Bo", "Bo", "Bo", "Cy"]
    shares = [replace(share(place, who, dropped=place == 3), number=place) for place, who in enumerate(people, 1)]
    shown = tiles(shares, ledger(shares), names=True)
    assert [tile.number for tile in candidates(shown, most=most)] == numbers


def test_what_nothing_is_known_of():
    chat = ChatRef(platform="test", chat_id="1")
    one = Collection(id=1, chat=chat, project=1, title="", language="en", code="", opener="")
    assert (one.open, one.until, one.asked, one.offered, one.everything, one.names, one.picking) == (
        True,
        None,
        False,
        False,
        False,
        True,
        False,
    )
    assert Look() == Look(digest="", likeness=None, pixels=0, taken=None, error="")
    made = share(1)
    plain = Share(**{name: getattr(made, name) for name in ("id", "person", "name", "ref", "state", "sent")})
    assert plain == replace(made, look=None)
    assert (plain.reason, plain.number, plain.lead, plain.votes, plain.dropped) == ("", 0, 0, 0, False)
