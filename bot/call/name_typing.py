"""One typing error: which there are, and how likely each is on a Nordic keyboard."""

from collections.abc import Iterator
from functools import cache

KEYBOARD = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm")
LETTERS = "".join(KEYBOARD)
AROUND = ((0, -1), (0, 1), (-1, 0), (-1, 1), (1, -1), (1, 0))  # down, right

# How unlikely a slip is, from two letters swapped or one doubled to any other letter.
SWAPPED, NEIGHBOUR, MISSING, STRANGE = 1, 2, 3, 4


@cache
def neighbours(letter: str) -> str:
    """The keys beside, above and below that of a letter."""
    for rank, keys in enumerate(KEYBOARD):
        if (place := keys.find(letter)) >= 0:
            around = ((rank + down, place + right) for down, right in AROUND)
            return "".join(
                KEYBOARD[row][column]
                for row, column in around
                if 0 <= row < len(KEYBOARD) and 0 <= column < len(KEYBOARD[row])
            )
    return ""


def one_error_from(word: str) -> Iterator[str]:
    """What a word becomes by one slip: a neighbouring key, a letter less, more, or two swapped."""
    for place, letter in enumerate(word):
        before, after = word[:place], word[place + 1 :]
        yield before + after
        yield from (before + other + after for other in neighbours(letter))
        yield from (before + other + letter + after for other in LETTERS)
        if after and after[0] != letter:
            yield before + after[0] + letter + after[1:]


def unlikeliness(typed: str, meant: str) -> int:
    """How unlikely the one error is that leads from one word to the other."""
    place = next(
        (place for place, pair in enumerate(zip(typed, meant, strict=False)) if pair[0] != pair[1]),
        min(len(typed), len(meant)),
    )
    if len(typed) == len(meant):
        if typed[place + 1 :] != meant[place + 1 :]:
            return SWAPPED
        return NEIGHBOUR if typed[place] in neighbours(meant[place]) else STRANGE
    longer = max(typed, meant, key=len)
    if place > 0 and longer[place : place + 1] == longer[place - 1]:
        return SWAPPED
    if longer is meant:
        return MISSING
    beside = meant[max(0, place - 1) : place + 1]
    return MISSING if any(typed[place] in neighbours(letter) for letter in beside) else STRANGE
