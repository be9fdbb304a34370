"""The municipalities of 2021, and which of them a message names."""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise, takewhile
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import OSA

from bot.call.name_forms import case_forms, without_clitic


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DATA = Path(__file__).resolve().parents[2] / "data"
BASES = ("exact", "share_x_population", "joint_bound")
KINDS = ("region", "foreign", "district", "area")
LOCATIVES = ("locative_in", "locative_from", "locative_to")
NAMES = ("name_fi", "name_sv", "genitive", "common_word")
COLUMNS = {
    "municipalities.csv": (
        *("code", *NAMES, *LOCATIVES, "other_names", "demonym", "lookalikes"),
        *("residents", "residents_low", "residents_high", "basis", "source"),
    ),
    "former_municipalities.csv": (
        *(*NAMES, *LOCATIVES, "other_names", "lookalikes", "year", "current_code"),
    ),
    "places.csv": (*NAMES, "name_en", "kind", "lookalikes"),
}

# How bold it is to take a word for a name with a typing error.
SLIGHT, BOLD, SHORT = "slight", "bold", "short"
SHORT_NAME = 4
LONG_NAME = 6
ACCENTS = str.maketrans("åäöéüø", "aaoeuo")

LETTERS = r"(?:[^\W\d_][\u0300-\u036f]*)+"
ENDING = r"(?:s|a|ä|(?:t|ss|st|ll|lt|n)[aä]|lle|ksi|e?n|seen|h?(?:[aeiouyäö]){1,2}n)"
CLITIC = r"(?:kin|k[aä]{2}n)?(?:k[oö]|p[aä])?(?:h[aä]n)?"
TOKEN = re.compile(
    rf"(?P<word>S:t|[HT]:fors|{LETTERS})(?:[:'’´]{ENDING}{CLITIC}(?![^\W\d_]))?", re.IGNORECASE
)
JOINT = re.compile(r"(?P<hyphen>\s*[-–]\s*)|\.?\s+")  # what stands between the words of a name

# What shows that a place is meant by a name that is also an ordinary word.
FILLERS = _words(
    "entä entäs ei eikun kun vaan tai ja vai no niin eli siis hei moi mutta sekä myös kyllä joo"
    " esim esimerkiksi vaikka sitten tarkoitin what about and or how no yes then i meant also"
    " och eller men hur är det med då jag menade nej ja nå så"
)
APPLYING = re.compile(
    r"\b(?:hak(?:ea|ee|evat|isi|ija)|haku(?:kelp|oikeu)|kelpo|kelpa|oikeutet|vieraskiel"
    r"|asuk(?:as|kai|kaa)|ansök|söka\b|söker\b|berättiga|främmande språk|invånar"
    r"|appl(?:y|ies|icant)|eligib|qualif|resident|foreign.language)",
    re.IGNORECASE,
)
ASKING_BEFORE = re.compile(
    r"\b(?:saako|saisiko|voiko|voisiko|onko|kuuluuko|kan|får|can|may|could|is|does)\s+$",
    re.IGNORECASE,
)
KIND = re.compile(r"kun(?:ta|na)|kaupun[kg]i|kommun|stad|municipal|city\b|town\b")
KIND_AFTER = re.compile(r"\s+(?:" + KIND.pattern + ")", re.IGNORECASE)
KIND_BEFORE = re.compile(
    r"\b(?:kunta|kaupunki|kommunen|staden|(?:city|town|municipality) of)\s+$", re.IGNORECASE
)
AND = re.compile(r"\s*(?:[,/&]|\b(?:ja|tai|vai|sekä|och|eller|and|or)\b)\s*", re.IGNORECASE)
ABBREVIATION = re.compile(r"\b(?:esim|mm|ml|terv)\.$", re.IGNORECASE)

# What shows that a person or a firm is meant.
FIRM_AFTER = re.compile(
    r"\s+(?:oyj?|abp?|ltd|plc|group|renka|panimo|puheli|tyres?|phone)", re.IGNORECASE
)
SPEAKS = re.compile("kysy|sano|kerto|soitt|kirjoitt|fråga|säg|skriv|ring|ask|say|said|call|wr[io]t")
FIRST_NAMES = _words(
    "aino aleksi anita anja anna anne anneli anni antti ari arja arto eero eeva eija elina ella"
    " emilia emma erkki eva hanna hannele hannu harri heikki helena heli henna ilkka inka irma"
    " jaakko jan jani janne jari jarmo joonas jorma juha juhani jukka juho jussi kaisa kalevi kalle"
    " kari karin katja kimmo kirsi lars lasse laura lauri leena liisa maija maria marja marika"
    " marjo mark marko markku markus martti matias matti mika mikael mikko minna mirja"
    " niina olli outi paavo päivi pasi paula pekka pentti per peter petri pirjo raimo raija reijo"
    " riikka riitta risto saara sami sanna sari satu seija seppo sirpa sofia susanna suvi tanja"
    " tapani tapio tarja teemu terhi tero tiina timo tomi tommi tuija tuomas tuula ulla veikko"
    " veli ville virpi"
)


@dataclass(frozen=True)
class Municipality:
    """One of the 309, with its foreign-language residents."""

    code: str
    name_fi: str
    name_sv: str
    genitive: str
    locative_in: str
    residents: int | None
    residents_low: int
    residents_high: int
    exact: bool


@dataclass(frozen=True)
class Place:
    """A well-known place that is no municipality of 2021: a region, a district, a foreign city."""

    name_fi: str
    name_sv: str
    name_en: str


@dataclass(frozen=True)
class Mention:
    """A municipality or another place named in a text, and where."""

    start: int
    end: int
    kind: str
    name: str
    former: str | None
    exact: bool


class _Form(NamedTuple):
    """What a written form stands for."""

    kind: str
    name: str
    former: str | None
    common: bool  # also an ordinary word, a person's name or a firm
    locative: bool  # says where: Lahdessa
    length: int  # letters of the name; 0 when no typing error is ever assumed


class _Token(NamedTuple):
    start: int
    end: int
    word: str  # in lower case, without an ending that follows a colon or an apostrophe


class _Found(NamedTuple):
    """A form that stands at the tokens first..last."""

    first: int
    last: int
    word: str
    form: _Form
    error: str | None  # None when written right, else how bold it is to assume an error


class _Row(dict[str, str]):
    """A line of a table, which knows where it stands."""

    file: Path
    line: int

    def mistake(self, column: str, reason: str) -> ValueError:
        return ValueError(f"{self.file}, line {self.line}, {column}: {self.get(column)!r} {reason}")

    def variants(self, column: str) -> list[str]:
        return [each for each in self.get(column, "").split("|") if each]

    def number(self, column: str) -> int:
        if not self[column].isdecimal():
            raise self.mistake(column, "is no whole number")
        return int(self[column])


class Municipalities:
    """The look-up of municipalities and the finder of their names."""

    def __init__(
        self, municipalities: Sequence[Municipality], places: Sequence[Place], names: "_Names"
    ) -> None:
        self._all = tuple(municipalities)
        self._places = {each.name_fi: each for each in places}
        self._by_name = {each.name_sv.lower(): each for each in self._all}
        self._by_name |= {each.name_fi.lower(): each for each in self._all}
        self._names = names

    @classmethod
    def load(cls, folder: Path) -> "Municipalities":
        """Read the three tables; ValueError names file, line and column of a mistake."""
        names = _Names()
        by_code: dict[str, Municipality] = {}
        places: list[Place] = []
        for row in _rows(folder, "municipalities.csv"):
            municipality = _municipality(row)
            if municipality.code in by_code:
                raise row.mistake("code", "is there twice")
            by_code[municipality.code] = municipality
            names.add(row, "municipality", municipality.name_fi)
        for row in _rows(folder, "places.csv"):
            if row["kind"] not in KINDS:
                raise row.mistake("kind", f"is none of {', '.join(KINDS)}")
            places.append(Place(row["name_fi"], row["name_sv"], row["name_en"]))
            names.add(row, "place", row["name_fi"])
        for row in _rows(folder, "former_municipalities.csv"):
            if row["current_code"] not in by_code:
                raise row.mistake("current_code", "is no municipality's code")
            successor = by_code[row["current_code"]]
            names.add(row, "municipality", successor.name_fi, former=row["name_fi"])
        names.complete()
        return cls(list(by_code.values()), places, names)

    def all(self) -> Sequence[Municipality]:
        """All municipalities, in the order of the table."""
        return self._all

    def get(self, name: str) -> Municipality | None:
        """The municipality of this Finnish or Swedish name, in any case of letters."""
        return self._by_name.get(_lower(name.strip()))

    def place(self, name: str) -> Place | None:
        """The place that is no municipality, by its Finnish name as a mention carries it."""
        return self._places.get(name)

    def find(self, text: str, known_words: Collection[str] = ()) -> list[Mention]:
        """The municipalities and places that a text names, in text order.

        `known_words`: words in lower case that are never a name with a typing error.
        """
        message = _Message(text, self._names, known_words)
        mentions: list[Mention] = []
        position = 0
        while position < len(message.tokens):
            found = message.name_at(position)
            if found and message.means_place(found, mentions):
                mentions.append(message.mention(found))
            position = found.last + 1 if found else position + 1
        return mentions


@cache
def municipalities() -> Municipalities:
    """The tables of this project, read once a process."""
    return Municipalities.load(DATA)


class _Message:
    """A text under search."""

    def __init__(self, text: str, names: "_Names", known_words: Collection[str]) -> None:
        self.text = text
        self.names = names
        self.known_words = known_words
        self.tokens = [
            _Token(match.start(), match.end(), _lower(match["word"]))
            for match in TOKEN.finditer(text)
        ]

    def name_at(self, first: int) -> _Found | None:
        """The longest name that starts at a token, written right or with an error."""
        word = self.tokens[first].word
        if word in self.names.openings:
            for last in range(min(first + 3, len(self.tokens) - 1), first, -1):
                joined = self._joined(first, last)
                if joined and (found := self._name(first, last, joined, may_err=True)):
                    return found
        return self._name(first, first, word, may_err=word not in self.known_words)

    def _name(self, first: int, last: int, word: str, may_err: bool) -> _Found | None:
        if form := self.names.look_up(word):
            return _Found(first, last, word, form, None)
        if may_err and (guess := self.names.misspelt(word)):
            return _Found(first, last, word, *guess)
        return None

    def _joined(self, first: int, last: int) -> str | None:
        """The words first..last as one name, when nothing else stands between them."""
        joined = self.tokens[first].word
        for before, after in pairwise(self.tokens[first : last + 1]):
            gap = JOINT.fullmatch(self.text, before.end, after.start)
            if not gap:
                return None
            joined += ("-" if gap["hyphen"] else " ") + after.word
        return joined

    def mention(self, found: _Found) -> Mention:
        start, end = self.tokens[found.first].start, self.tokens[found.last].end
        form = found.form
        return Mention(start, end, form.kind, form.name, form.former, found.error is None)

    def means_place(self, found: _Found, mentions: Sequence[Mention]) -> bool:
        """Whether a word that could be something else too stands for the place here."""
        if found.error in (None, SLIGHT) and not found.form.common:
            return True
        if self._is_numeral(found) or (found.form.common and self._is_firm_or_person(found)):
            return False
        if self._is_alone(found) or self._kind_beside(found):
            return True
        if self._capital(found.first) and not self._starts_sentence(found.first):
            return True
        if found.error == SHORT:
            return False
        if found.form.locative and self._capital(found.first):
            return True
        return found.word not in self.names.ordinary and (
            self.speaks_of_applying
            or self._matches_before(found, ASKING_BEFORE)
            or self._continues_list(found, mentions)
        )

    @cached_property
    def speaks_of_applying(self) -> bool:
        return bool(APPLYING.search(self.text))

    @cached_property
    def shouts(self) -> bool:
        return self.text.isupper()

    @cached_property
    def content(self) -> set[int]:
        """The tokens that are neither names nor words like "entä"."""
        return {
            position
            for position, token in enumerate(self.tokens)
            if token.word not in FILLERS and not self.names.look_up(token.word)
        }

    def _is_alone(self, found: _Found) -> bool:
        return self.content <= set(range(found.first, found.last + 1))

    def _kind_beside(self, found: _Found) -> bool:
        """Lahden kaupunki, city of Lahti."""
        after = KIND_AFTER.match(self.text, self.tokens[found.last].end)
        return bool(after) or self._matches_before(found, KIND_BEFORE)

    def _matches_before(self, found: _Found, pattern: re.Pattern[str]) -> bool:
        start = self.tokens[found.first].start
        return bool(pattern.search(self.text[max(0, start - 20) : start]))

    def _continues_list(self, found: _Found, mentions: Sequence[Mention]) -> bool:
        """Espoo ja lahti."""
        start = self.tokens[found.first].start
        return bool(mentions) and bool(AND.fullmatch(self.text, mentions[-1].end, start))

    def _capital(self, position: int) -> bool:
        return not self.shouts and self.text[self.tokens[position].start].isupper()

    def _starts_sentence(self, position: int) -> bool:
        before = self.text[: self.tokens[position].start].rstrip(" \t\"'”’(*-–")
        return not before or (before[-1] in ".!?:;\n•" and not ABBREVIATION.search(before[-8:]))

    def _is_numeral(self, found: _Found) -> bool:
        """II is a number, not Ii."""
        token = self.tokens[found.first]
        return not self.shouts and self.text[token.start : token.end] == "II"

    def _is_firm_or_person(self, found: _Found) -> bool:
        """Nokia Oyj, Lahti Precision; Simo Virtanen, Matti Salo, Salla kysyy."""
        end = self.tokens[found.last].end
        if FIRM_AFTER.match(self.text, end):
            return True
        if not self._capital(found.first):
            return self.text.startswith("-", end)  # aura-auto
        if found.form.locative:
            return False
        before = found.first - 1
        if before >= 0 and self._only_space_after(before):
            if self.tokens[before].word in FIRST_NAMES:
                return True
            if not self._starts_sentence(before) and self._is_other_name(before):
                return True
        after = found.last + 1
        if after < len(self.tokens) and self._only_space_after(found.last):
            return bool(SPEAKS.match(self.tokens[after].word)) or self._is_other_name(after)
        return False

    def _only_space_after(self, position: int) -> bool:
        gap = self.text[self.tokens[position].end : self.tokens[position + 1].start]
        return gap.isspace() and "\n" not in gap

    def _is_other_name(self, position: int) -> bool:
        """A capitalised word that is no place and no word of applying."""
        word = self.tokens[position].word
        return (
            self._capital(position)
            and word not in FILLERS
            and not self.names.look_up(word)
            and not KIND.match(word)
            and not APPLYING.match(word)
        )


class _Names:
    """All written forms of all names, and the ordinary words that are near to one."""

    def __init__(self) -> None:
        self.forms: dict[str, _Form] = {}
        self.ordinary: set[str] = set()
        self.openings: set[str] = set()
        self._near: defaultdict[str, list[str]] = defaultdict(list)

    def add(self, row: _Row, kind: str, name: str, former: str | None = None) -> None:
        """Take up the names of a row; a form that is there already keeps its meaning."""
        where = {form for column in LOCATIVES for form in row.variants(column)}
        common = row.variants("common_word")
        nicknames = {each.partition("/")[0] for each in row.variants("other_names")}
        nicknames -= {_inflected_name(row)}
        for base, form in _written_forms(row):
            length = 0 if base in nicknames or (former and len(base) <= LONG_NAME) else len(base)
            meaning = _Form(kind, name, former, base in common, form in where, length)
            for spelling in _spellings(form):
                self.forms.setdefault(spelling, meaning)
        for word in row.variants("lookalikes"):
            self.ordinary.update(_inflected(word))

    def complete(self) -> None:
        """Add names typed without accents, and prepare the search for typing errors."""
        for form, meaning in list(self.forms.items()):
            if (plain := _unaccented(form)) not in self.ordinary:
                self.forms.setdefault(plain, meaning)
        for form, meaning in self.forms.items():
            parts = re.split("[ -]", form)
            if len(parts) > 1:
                self.openings.update((parts[0], _unaccented(parts[0])))
            if meaning.length >= SHORT_NAME:
                for spelling in _one_letter_less(_unaccented(form)):
                    self._near[spelling].append(form)

    def look_up(self, word: str) -> _Form | None:
        """What a word stands for, with or without -kin, -ko and their like."""
        if form := self.forms.get(word):
            return form
        return next((self.forms[base] for base in without_clitic(word) if base in self.forms), None)

    def misspelt(self, word: str) -> tuple[_Form, str] | None:
        """The one municipality that a word is with one typing error, and how bold that is."""
        for base in without_clitic(word):
            if base in self.ordinary:
                return None
        for base in without_clitic(word):
            if near := self._one_error_from(base):
                return self._nearest(base, near)
        return None

    def _one_error_from(self, word: str) -> set[str]:
        return {
            form
            for spelling in _one_letter_less(_unaccented(word))
            for form in self._near.get(spelling, ())
            if 1 in (_distance(word, form), _distance(word, _unaccented(form)))
        }

    def _nearest(self, word: str, near: Collection[str]) -> tuple[_Form, str] | None:
        """Of several names the one with the same letters, else with the same beginning."""

        def likeness(form: str) -> tuple[bool, int]:
            return sorted(form) == sorted(word), _same_beginning(word, form)

        best = max(map(likeness, near))
        forms = [form for form in near if likeness(form) == best]
        meanings = {self.forms[form][:3] for form in forms}
        form = max(forms, key=len)
        meaning = self.forms[form]
        if len(meanings) > 1 or meaning.kind == "place" or len(word) < SHORT_NAME:
            return None
        if meaning.length == SHORT_NAME and len(form) <= SHORT_NAME:
            return None if meaning.common else (meaning, SHORT)
        if best[1] == 0 or meaning.length <= SHORT_NAME or len(word) <= LONG_NAME:
            return None if meaning.former else (meaning, BOLD)
        return meaning, SLIGHT


def _written_forms(row: _Row) -> Iterator[tuple[str, str]]:
    """Each name of a row with each of its forms."""
    yield row["name_fi"], row["name_fi"]
    name = _inflected_name(row)
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


def _inflected_name(row: _Row) -> str:
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
    spelling = re.sub(r"\s*-\s*", "-", _lower(form))
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


def _lower(text: str) -> str:
    return text.lower() if text.isascii() else unicodedata.normalize("NFC", text).lower()


def _unaccented(text: str) -> str:
    return text.translate(ACCENTS)


def _rows(folder: Path, name: str) -> Iterator[_Row]:
    """The lines of a table, each with all the columns that it must have."""
    file = folder / name
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            missing = [each for each in COLUMNS[name] if each not in (reader.fieldnames or ())]
            if missing:
                raise ValueError(f"{file}, line 1: there is no column {', '.join(missing)}")
            for fields in reader:
                if None in fields or None in fields.values():
                    raise ValueError(
                        f"{file}, line {reader.line_num}: not as many fields as columns"
                    )
                row = _Row(fields)
                row.file, row.line = file, reader.line_num
                for column in ("name_fi", "name_sv"):
                    if not row[column]:
                        raise row.mistake(column, "is no name")
                yield row
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{file}: {error}") from error


def _municipality(row: _Row) -> Municipality:
    if not re.fullmatch("[0-9]{3}", row["code"]):
        raise row.mistake("code", "is no municipality's code")
    if row["basis"] not in BASES:
        raise row.mistake("basis", f"is none of {', '.join(BASES)}")
    for column in ("genitive", *LOCATIVES):
        if not row[column]:
            raise row.mistake(column, "is empty")
    low, high = row.number("residents_low"), row.number("residents_high")
    residents = None if row["basis"] == "joint_bound" else row.number("residents")
    exact = row["basis"] == "exact"
    if residents is None and row["residents"]:
        raise row.mistake("residents", "must be empty where there is only a bound")
    if low > high or (residents is not None and not low <= residents <= high):
        raise row.mistake("residents_low", "is out of order with residents and residents_high")
    if exact and low != high:
        raise row.mistake("residents_high", "differs from residents though they are exact")
    return Municipality(
        code=row["code"],
        name_fi=row["name_fi"],
        name_sv=row["name_sv"],
        genitive=row.variants("genitive")[0],
        locative_in=row.variants("locative_in")[0],
        residents=residents,
        residents_low=low,
        residents_high=high,
        exact=exact,
    )
