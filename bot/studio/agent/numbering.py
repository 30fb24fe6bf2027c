"""What a number means in a sentence that asks for several things: the picture that had it before the sentence."""

from collections.abc import Sequence

from bot.studio.agent.recipe import Shot


class Numbering:
    """The numbers that the user sees, while the film changes under them.

    "Drop 2 and swap 3 and 4" is about the second, third and fourth picture of one list. Where that picture is gone
    already ("drop 2, swap the first two") the number means the place in what is left. Shots are told apart by identity.
    """

    def __init__(self, shown: Sequence[Shot], last: int) -> None:
        self._seen = list(shown)
        self.last = shown[last - 1] if 0 < last <= len(shown) else None

    def find(self, places: Sequence[int], shown: Sequence[Shot]) -> tuple[Shot, ...] | None:
        """The shots at these places; None when one of them does not exist, or nobody knows which was meant."""
        there = {id(shot) for shot in shown}
        for numbered in (self._seen, shown):
            found = [self._at(place, numbered) for place in places]
            if all(shot is not None and id(shot) in there for shot in found):
                unique = {id(shot): shot for shot in found if shot is not None}
                self.last = found[-1] if len(unique) == 1 else self.last
                return tuple(unique.values())
        return None

    def _at(self, place: int, shots: Sequence[Shot]) -> Shot | None:
        if place == 0:
            return self.last
        return shots[place - 1 if place > 0 else place] if abs(place) <= len(shots) and place else None

    def became(self, old: Shot, new: Shot) -> None:
        """A shot that was changed keeps its number."""
        self._seen = [new if shot is old else shot for shot in self._seen]
        self.last = new if self.last is old else self.last
