"""Finnish case forms of a place name, made from its nominative and genitive."""

import re
from collections.abc import Iterator

from bot.call.name_typing import one_error_from

# Added to a stem; A stands for a or ä.
WEAK = {
    "inessive": "ssA",
    "elative": "stA",
    "adessive": "llA",
    "ablative": "ltA",
    "allative": "lle",
    "translative": "ksi",
    "abessive": "ttA",
}
CASES = ("nominative", "genitive", "partitive", "illative", "essive", *WEAK)

# First parts that are inflected too: Uudessakaarlepyyssä; many write Uusikaarlepyyssä.
ADJECTIVES = {"uusi": "uuden", "iso": "ison", "vähä": "vähän", "pyhä": "pyhän"}

CLITICS = frozenset(
    first + second + third
    for first in ("", "kin", "kaan", "kään")
    for second in ("", "ko", "kö", "pa", "pä")
    for third in ("", "han", "hän", "s")
) - {"", "s"}
LONGEST_CLITIC = max(map(len, CLITICS))
MISTYPED_CLITICS = frozenset(
    mistyped
    for clitic in ("kin", "kaan", "kään", "ko", "kö", "pa", "pä", "han", "hän")
    for mistyped in one_error_from(clitic)
    if len(mistyped) > 1
)
LONGEST_MISTYPED_CLITIC = max(map(len, MISTYPED_CLITICS))


def case_forms(nominative: str, genitive: str) -> dict[str, tuple[str, ...]]:
    """Every case of a name, with the inner and the outer series; some cases have variants."""
    for adjective, its_genitive in ADJECTIVES.items():
        if _is_inflected(adjective, its_genitive, nominative, genitive):
            first = case_forms(nominative[: len(adjective)], genitive[: len(its_genitive)])
            rest = case_forms(nominative[len(adjective) :], genitive[len(its_genitive) :])
            beginnings = {case: (first[case][0], nominative[: len(adjective)]) for case in CASES}
            return {
                case: tuple(start + form for start in beginnings[case] for form in rest[case])
                for case in CASES
            }
    if nominative.endswith("t") and genitive.endswith(("ain", "ojen", "ien")):
        return _plural(nominative, genitive)
    if genitive.endswith("sten"):  # Kauniainen, Kauniaisten: both Kauniaisissa and Kauniaisessa
        singular = _singular(nominative, nominative[:-3] + "sen")
        plural = _plural_of_nen(nominative)
        return {
            case: (nominative,) if case == "nominative" else plural[case] + singular[case]
            for case in CASES
        }
    return _singular(nominative, genitive)


def without_clitic(word: str) -> Iterator[str]:
    """The word itself and what is left without -kin, -ko, -kohan and their like."""
    yield word
    for length in range(2, min(LONGEST_CLITIC, len(word) - 2) + 1):
        if word[-length:] in CLITICS:
            yield word[:-length]


def without_mistyped_clitic(word: str) -> Iterator[str]:
    """What is left of a word without a clitic in which there is one typing error."""
    for place in range(max(2, len(word) - LONGEST_MISTYPED_CLITIC), len(word) - 1):
        base, ending = word[:place], word[place:]
        if ending in MISTYPED_CLITICS:
            yield base
        if base[-1] + ending[1:] in CLITICS:  # two letters in the wrong order where they meet
            yield base[:-1] + ending[0]


def _is_inflected(adjective: str, its_genitive: str, nominative: str, genitive: str) -> bool:
    """Uusikaupunki, Uudenkaupungin: yes. Pyhäjoki, Pyhäjoen or Pyhäntä, Pyhännän: no."""
    name = nominative.lower()
    return (
        len(name) > len(adjective)
        and name.startswith(adjective)
        and genitive.lower().startswith(its_genitive)
        and not name.startswith(its_genitive)
    )


def _singular(nominative: str, genitive: str) -> dict[str, tuple[str, ...]]:
    weak = genitive[:-1]
    strong = _strong_stem(nominative, weak)
    forms = {
        "nominative": (nominative,),
        "genitive": (genitive,),
        "partitive": _partitive(nominative, strong),
        "illative": _illative(strong),
        "essive": (strong + "nA",),
    } | {case: (weak + ending,) for case, ending in WEAK.items()}
    return _harmonised(nominative, forms)


def _strong_stem(nominative: str, weak: str) -> str:
    """The stem of the essive: Helsinki-, Lahte-, Vete-, Alavute-, Tamperee-."""
    if nominative.endswith("si") and weak.endswith("de"):
        return nominative[:-2] + "te"
    if nominative.endswith("s") and weak.endswith("de"):
        return nominative[:-1] + "te"
    if nominative.endswith("i") and weak.endswith("e"):
        return nominative[:-1] + "e"
    return nominative if nominative[-1] == weak[-1] and len(nominative) >= len(weak) else weak


def _partitive(nominative: str, strong: str) -> tuple[str, ...]:
    if nominative.endswith("nen"):
        return (nominative[:-3] + "stA",)
    if strong.endswith("te") and nominative.endswith(("s", "si")):
        return (strong[:-1] + "tA",)  # Varkautta, vettä
    if strong == nominative:
        if _ends_long(strong):
            return (strong + "tA",)
        if re.search("[aeiouyäö][oöuy]$", strong):
            return (strong + "tA", strong + "A")  # Kuopiota, Kuopioa
        return (strong + "A",)
    if nominative.endswith("ri"):
        return (nominative[:-1] + "tA", strong + "A")  # Pietarsaarta
    if nominative.endswith("i") or strong == nominative + "i":
        return (strong + "A",)  # Seinäjokea, Finströmiä
    return (nominative + ("ttA" if nominative.endswith("e") else "tA"),)


def _illative(strong: str) -> tuple[str, ...]:
    vowel = strong[-1]
    if _ends_long(strong):
        return (strong + "seen", strong + f"h{vowel}n")
    return (strong + vowel + "n", strong + f"h{vowel}n")  # Brändöön, Brändöhön


def _ends_long(stem: str) -> bool:
    """Two like vowels at the end: Espoo, Ii, Järvenpää."""
    return len(stem) > 1 and stem[-1] == stem[-2].lower()


def _plural_of_nen(nominative: str) -> dict[str, tuple[str, ...]]:
    stem = nominative[:-3] + "si"
    forms = {
        "nominative": (nominative[:-3] + "set",),
        "genitive": (nominative[:-3] + "sten", stem + "en"),
        "partitive": (stem + "A",),
        "illative": (stem + "in",),
        "essive": (stem + "nA",),
    } | {case: (stem + ending,) for case, ending in WEAK.items()}
    return _harmonised(nominative, forms)


def _plural(nominative: str, genitive: str) -> dict[str, tuple[str, ...]]:
    """Names that are plural: Virrat, Virtain; Yhdysvallat, Yhdysvaltojen; Filippiinit, -ien."""
    strong = re.sub("ojen$", "oi", re.sub("ien$", "ei", re.sub("ain$", "ai", genitive)))
    weak = nominative[:-2] + strong[-2:]
    forms = {
        "nominative": (nominative,),
        "genitive": (genitive,),
        "partitive": (strong[:-1] + "jA",),
        "illative": (strong + "hin", weak + "hin"),
        "essive": (strong + "nA",),
    } | {case: (weak + ending, strong + ending) for case, ending in WEAK.items()}
    return _harmonised(nominative, forms)


def _harmonised(name: str, forms: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """A becomes a where the last of the name's a, o, u, ä, ö, y is a back vowel, else ä."""
    back = re.search("[aouå][^aouåäöy]*$", name.lower())
    vowel = "a" if back and not name.endswith(("niemi", "vesi")) else "ä"
    return {
        case: tuple(form[:1] + form[1:].replace("A", vowel) for form in variants)
        for case, variants in forms.items()
    }
