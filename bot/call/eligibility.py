"""Whether a municipality reaches the call's threshold."""

from collections.abc import Iterable
from enum import Enum

from bot.call.municipality import Municipality


class Verdict(str, Enum):
    """The answer for a municipality."""

    YES = "yes"
    NO = "no"
    UNDECIDED = "undecided"  # the published share leaves it open on which side the number is


def assess(municipality: Municipality, threshold: int) -> Verdict:
    """Compare a municipality's foreign-language residents with the threshold."""
    if municipality.residents_low >= threshold:
        return Verdict.YES
    if municipality.residents_high < threshold:
        return Verdict.NO
    return Verdict.UNDECIDED


def eligible(municipalities: Iterable[Municipality], threshold: int) -> list[Municipality]:
    """Those that reach the threshold for certain, most residents first."""
    return sorted(
        (each for each in municipalities if assess(each, threshold) is Verdict.YES),
        key=lambda each: -each.residents_low,
    )
