"""Every written form of every name, and which form a word with a typing error stands for."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import takewhile
from typing import NamedTuple

from rapidfuzz.distance import OSA

from bot.call.name_forms import case_forms, without_clitic, without_mistyped_clitic
from bot.call.name_typing import MISSING, unlikeliness
from bot.call.tables import LOCATIVES, Row

# How bold it is to take a word for a name with a typing error.
SLIGHT, BOLD, SHORT = "slight", "bold", "short"
# Letters: up to how many a form, a name or a word gives little to go by.
TINY_FORM, SHORT_FORM, SHORT_NAME, SHORT_FORMER, SHORT_WORD = 2, 4, 4, 6, 8
LONGEST_WORD = 60  # longer ones are no names; the search for errors grows with the square
RARELY_MEANT = 3  # how much less likely a former municipality, another place or a tiny name is
GAP = re.compile("[ -]")
ACCENTS = str.maketrans("åäöéüø", "aaoeuo")


class Form(NamedTuple):
    """What a written form stands for."""

    kind: str
    name: str
    former: str | None
    common: bool  # also an ordinary word, a person's name or a firm
    proper: bool  # of these, a person's name or a firm: Simo, Nokia
    locative: bool  # says where: Lahdessa
    length: int  # letters of the name; 0 when no typing error is ever assumed


class NameIndex:
    """All written forms of all names, and the ordinary words that are near to one."""

    def __init__(self, ordinary: Collection[str]) -> None:
        self.forms: dict[str, Form] = {}
        self.frequent = frozenset(ordinary)
        self.ordinary = set(ordinary)
        self.openings: set[str] = set()
        self.endings: set[str] = set()
        self._near: defaultdict[str, list[str]] = defaultdict(list)

    def add(self, row: Row, kind: str, name: str, former: str | None = None) -> None:
        """Take up the names of a row; a form that is there already keeps its meaning."""
        where = {form for column in LOCATIVES for form in row.variants(column)}
        homonyms = row.variants("common_word")
        common = {each.lower() for each in homonyms}
        nicknames = {each.partition("/")[0] for each in row.variants("other_names")}
        nicknames -= {inflected_name(row)}
        for base, form in _written_forms(row):
            length = 0 if base in nicknames or (former and len(base) <= SHORT_FORMER) else len(base)
            meaning = Form(
                kind,
                name,
                former,
                common=base.lower() in common or lower(form) in self.frequent,
                proper=base in homonyms,
                locative=form in where,
                length=length,
            )
            for spelling in _spellings(form):
                self.forms.setdefault(spelling, meaning)
        for word in row.variants("lookalikes"):
            self.ordinary.update(_inflected(word))

    def complete(self) -> None:
        """Add names typed without accents, and prepare the search for typing errors."""
        for form, meaning in list(self.forms.items()):
            plain = _unaccented(form)
            parts = GAP.split(form)
            if len(parts) > 1:
                self.openings.update((parts[0], _unaccented(parts[0])))
                self.endings.update((parts[-1], _unaccented(parts[-1])))
            if meaning.length and len(form) > TINY_FORM:
                for spelling in _one_letter_less(plain):
                    self._near[spelling].append(form)
            if plain not in self.ordinary:
                self.forms.setdefault(plain, meaning)

    def look_up(self, word: str) -> Form | None:
        """What a word stands for, with or without -kin, -ko and their like."""
        if form := self.forms.get(word):
            return form
        return next((self.forms[base] for base in without_clitic(word) if base in self.forms), None)

    def misspelt(self, word: str) -> tuple[Form, str] | None:
        """The one municipality that a word is with one typing error, and how bold that is."""
        bases = list(without_clitic(word))
        if len(word) > LONGEST_WORD or not self.ordinary.isdisjoint(bases):
            return None
        for base in bases:
            if near := self._forms_near(base):
                return self._nearest(base, near)
        for base in without_mistyped_clitic(word):
            if (form := self.forms.get(base)) and form.kind == "municipality":
                return None if form.former else (form, _boldness(form, base, base))
        return None

    def _forms_near(self, word: str) -> dict[str, int]:
        """The forms one error away, and how unlikely the error is."""
        plain = _unaccented(word)
        near = {}
        for spelling in _one_letter_less(plain):
            for form in self._near.get(spelling, ()):
                if " " in word and not GAP.search(form):
                    continue  # Helsinki in size: not Helsinkiin
                if _distance(word, form) == 1:
                    near[form] = unlikeliness(word, form)
                elif _distance(plain, _unaccented(form)) == 1:
                    near[form] = unlikeliness(plain, _unaccented(form)) + 1
        return near

    def _nearest(self, word: str, near: Mapping[str, int]) -> tuple[Form, str] | None:
        """Of several names the one with the likeliest error, else with the same beginning."""

        def likeness(form: str) -> tuple[int, int]:
            kind, _, former = self.forms[form][:3]
            rarely_meant = kind == "place" or former is not None or len(form) < SHORT_FORM
            return -near[form] - RARELY_MEANT * rarely_meant, _same_beginning(word, form)

        best = max(map(likeness, near))
        forms = [form for form in near if likeness(form) == best]
        form = max(forms, key=len)
        meaning = self.forms[form]
        if len({self.forms[each][:3] for each in forms}) > 1 or meaning.kind == "place":
            return None
        boldness = _boldness(meaning, form, word)
        if boldness == SLIGHT and near[form] > MISSING:
            boldness = BOLD
        return None if meaning.former and boldness != SLIGHT else (meaning, boldness)


def _boldness(meaning: Form, form: str, word: str) -> str:
    """How bold it is to take a word for a form: the shorter, the bolder."""
    if len(form) <= SHORT_FORM or len(word) < SHORT_FORM:
        return SHORT
    if form[0] != word[0] or meaning.length <= SHORT_NAME or len(word) <= SHORT_WORD:
        return BOLD
    return SLIGHT


def _written_forms(row: Row) -> Iterator[tuple[str, str]]:
    """Each name of a row with each of its forms."""
    yield row["name_fi"], row["name_fi"]
    name = inflected_name(row)
    for genitive in row.variants("genitive"):
        yield from ((name, form) for form in _inflected(f"{name}/{genitive}"))
    yield from ((name, form) for column in LOCATIVES for form in row.variants(column))
    for other in row.variants("other_names"):
        yield from ((other.partition("/")[0], form) for form in _inflected(other))
    for demonym in row.variants("demonym"):  # helsinkiläinen, helsinkiläisten
        yield from ((demonym, form) for form in _inflected(f"{demonym}/{demonym[:-3]}sten"))
    for foreign in row.variants("name_sv") + row.variants("name_en"):
        for variant in (
            foreign,
            re.sub("^S:t ", "St ", foreign),
            re.sub("^S:t ", "Sankt ", foreign),
        ):
            yield foreign, variant
            yield foreign, variant + "s"


def inflected_name(row: Row) -> str:
    """The name that genitive and locatives belong to: Koski Tl, but Kosken."""
    words = row["genitive"].partition("|")[0].count(" ")
    candidates = [row["name_fi"], *(each.partition("/")[0] for each in row.variants("other_names"))]
    return next((each for each in candidates if each.count(" ") == words), row["name_fi"])


def _inflected(name: str) -> list[str]:
    """All forms of "name/genitive", or just the name when no genitive is given."""
    nominative, _, genitive = name.partition("/")
    if not genitive:
        return [nominative]
    return [form for forms in case_forms(nominative, genitive).values() for form in forms]


def _spellings(form: str) -> Iterator[str]:
    spelling = re.sub(r"\s*-\s*", "-", lower(form))
    yield spelling
    if "-" in spelling:
        yield spelling.replace("-", " ")


def _one_letter_less(word: str) -> Iterator[str]:
    """The word and all that is left of it without one letter."""
    yield word
    yield from {word[:place] + word[place + 1 :] for place in range(len(word))}


def _distance(one: str, other: str) -> int:
    return OSA.distance(one, other, score_cutoff=1)


def _same_beginning(one: str, other: str) -> int:
    """How many letters two words share from the start, accents aside."""
    letters = zip(_unaccented(one), _unaccented(other), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], letters))


def lower(text: str) -> str:
    return text.lower() if text.isascii() else unicodedata.normalize("NFC", text).lower()


def _unaccented(text: str) -> str:
    return text.translate(ACCENTS)
