from hypothesis import given
from hypothesis import strategies as st

from bot.core.event.collection import DROPPED, DUPLICATE, OPTED_OUT, OVER, REMOVED
from bot.core.event.ledger import COUNTED, Fate, is_over, ledger
from bot.core.event.twins import twins
from bot.core.media import MediaKind
from bot.core.turn import ItemState
from tests.core.event.making import share


def test_every_file_has_its_fate_and_the_counts_are_theirs():
    shares = [
        share(1),
        share(2, "Bo", kind=MediaKind.VIDEO),
        share(3, "Bo", looked=False),
        share(4, "Bo", error="media.too_large"),
        share(5, "Cy", error="media.truncated"),
        share(6, "Dee", digest=f"{1:064x}"),
        share(7, "Eve", state=ItemState.REFUSED, reason=OPTED_OUT),
        share(8, state=ItemState.REFUSED, reason=REMOVED),
        share(9, state=ItemState.UPLOADED, shown=False),
        share(10, state=ItemState.UPLOADED, shown=True),
    ]
    found = ledger(shares)
    assert [found.fates[one.id] for one in shares] == [
        Fate.IN,
        Fate.IN,
        Fate.COMING,
        Fate.TOO_BIG,
        Fate.UNUSABLE,
        Fate.DUPLICATE,
        Fate.WITHDRAWN,
        Fate.WITHDRAWN,
        Fate.LEFT_OUT,
        Fate.IN,
    ]
    assert (found.photos, found.clips, found.total) == (4, 1, 5)
    assert found.instead == {6: 1}
    assert [(one.name, one.files) for one in found.people] == [("Ana", 3), ("Bo", 2), ("Dee", 1)]
    assert found.counts[Fate.WITHDRAWN] == 2


def test_the_best_version_is_kept_and_everybody_is_named():
    shares = [
        share(1, "Ana", likeness=0b1010, pixels=1_000_000),
        share(2, "Bo", likeness=0b1011, pixels=12_000_000),
        share(3, "Cy", likeness=2**64 - 1, pixels=9),
        share(4, "Dee", kind=MediaKind.VIDEO, likeness=0b1010),
    ]
    assert twins(shares) == {1: 2}
    found = ledger(shares)
    assert found.fates[1] is Fate.DUPLICATE
    assert [one.name for one in found.people] == ["Ana", "Bo", "Cy", "Dee"]
    assert ledger(shares, everything=True).total == 4


def test_what_was_a_duplicate_once_is_judged_anew():
    shares = [share(1, state=ItemState.REFUSED, reason=DUPLICATE), share(2, digest=f"{1:064x}")]
    assert ledger(shares).counts == {Fate.IN: 1, Fate.DUPLICATE: 1}
    assert ledger(shares[:1]).counts == {Fate.IN: 1}


def test_what_is_dropped_is_dropped_in_every_version_and_credits_nobody():
    shares = [
        share(1, "Ana", dropped=True),
        share(2, "Bo", digest=f"{1:064x}", pixels=9),
        share(3, "Cy", dropped=True, error="media.truncated"),
        share(4, "Dee", state=ItemState.REFUSED, reason=DROPPED),
        share(5, "Eve", error=OVER),
    ]
    found = ledger(shares)
    assert [*found.fates.values()] == [Fate.DROPPED, Fate.DROPPED, Fate.UNUSABLE, Fate.IN, Fate.OVER]
    assert [one.name for one in found.people] == ["Dee"]
    assert ledger(shares, everything=True).fates[2] is Fate.IN


def test_so_many_of_one_and_so_many_of_all_are_taken():
    shares = [
        share(1, "Ana"),
        share(2, "Ana", error="media.truncated"),
        share(3, "Bo", state=ItemState.REFUSED, reason=REMOVED),
        share(4, "Ana", looked=False),
        share(5, "Ana", looked=False),
        share(6, "Bo", looked=False),
    ]
    assert [is_over(shares, one, member=2, chat=9) for one in shares] == [False] * 4 + [True, False]
    assert [is_over(shares, one, member=9, chat=3) for one in shares] == [False] * 5 + [True]


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from("ABC"), st.booleans()), max_size=20))
def test_the_numbers_agree_with_each_other(rows):
    shares = [
        share(number, person, digest=f"{digest:064x}", looked=looked)
        for number, (digest, person, looked) in enumerate(rows)
    ]
    found = ledger(shares)
    assert sum(found.counts.values()) == len(shares)
    assert found.total == sum(found.counts[fate] for fate in COUNTED)
    assert sum(person.files for person in found.people) == found.total + found.counts[Fate.DUPLICATE]
    assert all(found.fates[kept] is Fate.IN for kept in found.instead.values())
