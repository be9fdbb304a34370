"""How many written forms of the 309 municipalities' names are found.

Each name in every Finnish case, with clitics, in Swedish and in English, written right and with
one typing error, asked in a short sentence. `python -m benchmarks.municipality_forms` prints it.
"""

import random
from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

from rasa.shared.nlu.training_data.loading import load_data

from bot.call.municipality import DATA, municipalities
from bot.call.name_forms import case_forms, without_clitic
from bot.call.name_index import inflected_name, lower
from bot.call.name_typing import LETTERS, neighbours
from bot.call.tables import LOCATIVES, Row, rows
from bot.nlu.municipality import ordinary_words

SEED = 2021
SENTENCES = {
    "fi": ("voiko {} hakea", "Voiko {} hakea?", "saako {} avustusta", "{}?"),
    "sv": ("kan {} söka?", "Får {} ansöka om bidraget?", "{}?"),
    "en": ("can {} apply?", "Is {} eligible?", "{}?"),
}
CLITICS = ("kin", "kO", "hAn", "kAAn", "pA")
CLITICS_WITH_ERROR = 1 / len(CLITICS)  # or they would outweigh all the rest
ERRORS = ("substitution", "deletion", "insertion", "transposition")
NONE = Path(__file__).resolve().parent / "no_municipality"
# What was written and seen while building, what was held out until its false finds were mended,
# and what is only measured by.
DEVELOPMENT, FORMER, HELD_OUT = NONE / "development", NONE / "former", NONE / "held_out"
SETS = (DEVELOPMENT, FORMER, HELD_OUT)


class Written(NamedTuple):
    """A name as somebody may write it."""

    municipality: str
    kind: str
    language: str
    word: str


@dataclass
class Score:
    """How many were found right, found as something else, or not found."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def asked(self) -> int:
        return self.right + self.wrong + self.missed

    @property
    def share(self) -> float:
        return self.right / self.asked


@dataclass
class Measurement:
    """The scores by kind of form and of error, what failed, and how many were no fair question."""

    scores: dict[tuple[str, str], Score] = field(default_factory=dict)
    failures: list[tuple[Written, str, str]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    def total(self, *errors: str) -> Score:
        """All scores together, or those of some kinds of error ("" for none)."""
        scores = [each for (_, error), each in self.scores.items() if not errors or error in errors]
        return Score(
            sum(each.right for each in scores),
            sum(each.wrong for each in scores),
            sum(each.missed for each in scores),
        )


@cache
def known_words() -> frozenset[str]:
    """The ordinary words that the trained component knows."""
    return ordinary_words(load_data(str(DATA / "nlu")))


def written_names() -> Iterator[Written]:
    """Every name of 2021 in every form."""
    for row in rows(DATA, "municipalities.csv"):
        yield from _finnish(row)
        for name in row.variants("name_sv"):
            yield Written(row["name_fi"], "Swedish", "sv", name)
            yield Written(row["name_fi"], "Swedish genitive", "sv", _swedish_genitive(name))
        yield Written(row["name_fi"], "English", "en", row["name_fi"])
        yield Written(row["name_fi"], "English genitive", "en", row["name_fi"] + "'s")


def _finnish(row: Row) -> Iterator[Written]:
    forms = {
        "nominative": {row["name_fi"]},
        "locative of the table": {form for column in LOCATIVES for form in row.variants(column)},
    }
    for genitive in row.variants("genitive"):
        for case, variants in case_forms(inflected_name(row), genitive).items():
            forms.setdefault(case, set()).update(variants)
    vowel = next(iter(forms["essive"]))[-1]
    for case, spellings in forms.items():
        for form in sorted(spellings):
            yield Written(row["name_fi"], case, "fi", form)
            for clitic in CLITICS:
                ending = clitic.replace("A", vowel).replace("O", "o" if vowel == "a" else "ö")
                yield Written(row["name_fi"], "with clitic", "fi", form + ending)


def _swedish_genitive(name: str) -> str:
    return name if name.endswith(("s", "x")) else name + "s"


def with_one_error(word: str, error: str, chance: random.Random) -> str:
    """The word with one typing error at one of its letters."""
    places = [place for place, letter in enumerate(word) if letter.isalpha()]
    place = chance.choice(places)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    if error == "substitution":
        return before + _in_case_of(letter, chance.choice(neighbours(letter.lower()))) + after
    if error == "deletion":
        return before + after
    if error == "insertion":
        return before + _in_case_of(letter, chance.choice(LETTERS)) + word[place:]
    pairs = [each for each in places if each + 1 in places and word[each] != word[each + 1]]
    place = chance.choice(pairs or places[:1])
    return word[:place] + word[place + 1 : place + 2] + word[place] + word[place + 2 :]


def _in_case_of(letter: str, new: str) -> str:
    return new.upper() if letter.isupper() else new


def is_something_else(word: str, municipality: str, ordinary: Set[str]) -> bool:
    """Whether a typed form is an ordinary word or a right form of another name."""
    names = municipalities().names
    bases = list(without_clitic(lower(word).partition("'")[0]))
    meanings = [names.forms[base] for base in bases if base in names.forms]
    if meanings:
        return meanings[0].name != municipality
    return any(base in names.ordinary or base in ordinary for base in bases)


def measure(known: Set[str], seed: int = SEED) -> Measurement:
    """Ask for every form as it is, and once with each kind of error."""
    chance = random.Random(seed)  # noqa: S311
    measurement = Measurement()
    for written, error in product(written_names(), ("", *ERRORS)):
        word = written.word if chance.random() < 0.5 else lower(written.word)
        if error:
            if written.kind == "with clitic" and chance.random() > CLITICS_WITH_ERROR:
                continue
            word = with_one_error(word, error, chance)
            if lower(word) == lower(written.word):
                continue
            if is_something_else(word, written.municipality, known):
                measurement.left_out[error] += 1
                continue
        message = chance.choice(SENTENCES[written.language]).format(word)
        found = [each.name for each in municipalities().find(message, known)]
        score = measurement.scores.setdefault((written.kind, error), Score())
        if found == [written.municipality]:
            score.right += 1
            continue
        measurement.failures.append((written, error, message))
        if found:
            score.wrong += 1
        else:
            score.missed += 1
    return measurement


def sentences_without_names(folder: Path) -> list[str]:
    """The sentences of a set that name no municipality, many of them traps."""
    return [
        line
        for file in sorted(folder.glob("*.txt"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if line
    ]


def false_finds(folder: Path, known: Set[str]) -> dict[str, list[str]]:
    """The sentences in which a municipality is found all the same, and which."""
    return {
        sentence: names
        for sentence in sentences_without_names(folder)
        if (
            names := [
                each.name
                for each in municipalities().find(sentence, known)
                if each.kind == "municipality"
            ]
        )
    }


def table(measurement: Measurement) -> str:
    """The scores in Markdown, a line for each kind of form, a column for each kind of error."""
    kinds = dict.fromkeys(kind for kind, _ in measurement.scores)
    lines = ["| form | written right | " + " | ".join(ERRORS) + " |", "|---" * 6 + "|"]
    for kind in kinds:
        scores = [measurement.scores.get((kind, error), Score()) for error in ("", *ERRORS)]
        lines.append(f"| {kind} | " + " | ".join(map(_cell, scores)) + " |")
    totals = [measurement.total(error) for error in ("", *ERRORS)]
    lines.append("| all | " + " | ".join(map(_cell, totals)) + " |")
    return "\n".join(lines)


def _cell(score: Score) -> str:
    if not score.asked:
        return "-"
    wrong = f", {score.wrong} wrong" if score.wrong else ""
    return f"{score.share:.2%} of {score.asked}{wrong}"


def main() -> None:
    measurement = measure(known_words())
    print(table(measurement))
    print(
        f"\nAll: {_cell(measurement.total())}; with an error: {_cell(measurement.total(*ERRORS))}"
    )
    print(f"Left out, since it is another word: {dict(measurement.left_out)}")
    for folder in SETS:
        false, sentences = false_finds(folder, known_words()), sentences_without_names(folder)
        print(f"\nFalse finds: {len(false)} of {len(sentences)} sentences ({folder.name})")


if __name__ == "__main__":
    main()
