"""Finds names of municipalities and places in a text, and tells them from ordinary words."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from bot.call.name_index import SHORT, SLIGHT, Form, NameIndex, lower


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


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
    r"|avustus|asuk(?:as|kai|kaa)|ansök|söka\b|söker\b|berättiga|främmande språk|invånar"
    r"|appl(?:y|ies|icant)|eligib|qualif|resident|foreign.language)",
    re.IGNORECASE,
)
ASKING_BEFORE = re.compile(
    r"\b(?:saako|saisiko|voiko|voisiko|onko|kuuluuko|kan|får|can|may|could|is|does)\s+$",
    re.IGNORECASE,
)
IN = re.compile(r"\b(?:i|in|near|nära)\s+$", re.IGNORECASE)
KIND = re.compile(r"kun(?:ta|na)|kaupun[kg]i|kommun|stad|municipal|city\b|town\b")
KIND_AFTER = re.compile(r"\s+(?:" + KIND.pattern + ")", re.IGNORECASE)
KIND_BEFORE = re.compile(
    r"\b(?:kunta|kaupunki|kommunen|staden|(?:city|town|municipality) of)\s+$", re.IGNORECASE
)
AND = re.compile(r"\s*(?:[,/&]|\b(?:ja|tai|vai|sekä|och|eller|and|or)\b)\s*", re.IGNORECASE)
ABBREVIATION = re.compile(r"\b(?:esim|mm|ml|terv)\.$", re.IGNORECASE)

# What shows that a person or a firm is meant.
NO_TOWN_AFTER = re.compile(
    r"\s+(?:oyj?|abp?|ltd|plc|group|renka|panimo|puheli|tyres?|phone|älv|river)", re.IGNORECASE
)
NO_TOWN_BEFORE = re.compile(r"(?:skeppet|fartyget|laiva|ship|ferry|m/s)\s+$", re.IGNORECASE)
SPEAKS = re.compile(
    "kysy|sano|kerto|soitt|kirjoitt|kuul|puhu|fråga|säg|skriv|ring|hör|tala"
    "|ask|say|said|call|wr[io]t|hear|tell|told"
)
TITLE_BEFORE = re.compile(
    r"\b(?:mr|mrs|ms|dr|prof|herra|rouva|neiti|perhe|herr|fru|familjen|professor|rektor"
    r"|\w*(?:johtaja|päällikkö|tarkastaja|rehtori|edustaja|professori|ministeri|sihteeri|tohtori"
    r"|opettaja|lääkäri|mestari|tuomari|inspektör|lärare|chef|direktör))\.?\s+$",
    re.IGNORECASE,
)
FIRST_NAMES = _words(
    "aaro aatu ada ahmed aino aleksi alexander ali amina anders andreas anita anja anna anne "
    "anneli anni annika annikki antero anton antti ari arja arto arttu arvo asko astrid aulis "
    "axel benjamin birgit birgitta björn bo brian börje camilla carl carola charlotta christian "
    "christina daniel david eero eetu eeva eija eila eino einojuhani elias elina elisa elisabet "
    "elisabeth ella elli elsa emil emilia emma eric erik erika erkki esa esko essi eva fatima "
    "filip fredrik gunilla gunnar gustaf gustav göran hanna hannele hannes hannu hans harri "
    "hassan heidi heikki heini helena heli helmi henna henri henrik hilkka hilma håkan iida iiris "
    "iiro ilkka ilmari ilona inga ingrid inka irina irja irma ismo isto jaakko jaana jan jani "
    "janne jari jarkko jarmo jarno jenni jere jesse joel johan johanna john jonas joni joonas "
    "jorma jouko jouni juha juhana juhani juho jukka julia jussi juuso jyrki kai kaija kaisa "
    "kalervo kalevi kalle kari karin karl karoliina katariina kati katja katri kauko keijo kerttu "
    "kimmo kirsi kirsti kjell klaus kristian kristiina kustaa kyllikki lars lasse laura lauri lea "
    "leea leena leif leila lena leo liisa lilja linda lotta maarit magnus maija mari maria "
    "marianne marika marita maritta marja marjatta marjo marjut mark markku marko markus martin "
    "martti mary matias matti mauri mervi mia michael mika mikael mikko milla minna mira mirja "
    "mirjami mohamed mohammed natalia nea nelli nick niina niklas nina noora olavi olga olli onni "
    "oskari otto outi paavo pasi patrick patrik paul paula pauli pekka pentti per perttu peter "
    "petra petri petteri pia piia pirjo pirkko päivi raija raili raimo raisa rauni reetta reijo "
    "riikka riina riitta risto ritva robert roni roope saara sakari salla sami samu samuel samuli "
    "sanna sanni santeri sara sarah sari satu seija seppo simo sini sinikka sirkka sirpa sofia "
    "stefan sten stig susan susanna suvi sven taina taisto tanja tapani tapio tarja tarmo tatu "
    "tea teemu teppo terhi tero terttu teuvo thomas tiia tiina timo toivo tom tomas tomi tommi "
    "toni topi torsten tuija tuomas tuomo tuula tuulikki tytti tyyne ulf ulla urho urpo valtteri "
    "veera veijo veikko veli venla vesa viivi vilho ville vilma virpi virve väinö"
)


@dataclass(frozen=True)
class Mention:
    """A municipality or another place named in a text, and where."""

    start: int
    end: int
    kind: str
    name: str
    former: str | None
    exact: bool


class _Token(NamedTuple):
    start: int
    end: int
    word: str  # in lower case, without an ending that follows a colon or an apostrophe


class _Found(NamedTuple):
    """A form that stands at the tokens first..last."""

    first: int
    last: int
    word: str
    form: Form
    error: str | None  # None when written right, else how bold it is to assume an error


def find_names(text: str, names: NameIndex, known_words: Collection[str]) -> list[Mention]:
    """The names in a text, in order and not overlapping.

    `known_words`: words in lower case that are never a name with a typing error.
    """
    message = _Message(text, names, known_words)
    mentions: list[Mention] = []
    position = 0
    while position < len(message.tokens):
        found = message.name_at(position)
        if found and message.means_place(found, mentions):
            mentions.append(message.mention(found))
        position = found.last + 1 if found else position + 1
    return mentions


class _Message:
    """A text under search."""

    def __init__(self, text: str, names: NameIndex, known_words: Collection[str]) -> None:
        self.text = text
        self.names = names
        self.known_words = known_words
        self.tokens = [
            _Token(match.start(), match.end(), lower(match["word"]))
            for match in TOKEN.finditer(text)
        ]

    def name_at(self, first: int) -> _Found | None:
        """The longest name that starts at a token, written right or with an error."""
        word = self.tokens[first].word
        opens = word in self.names.openings
        for last in range(min(first + 3, len(self.tokens) - 1), first, -1):
            if opens or self.tokens[last].word in self.names.endings:
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
        if self._follows_first_name_or_title(found) or self._is_firm_or_vessel(found):
            return False
        if found.error in (None, SLIGHT) and not found.form.common:
            return True
        if self._is_numeral(found) or self._is_person(found):
            return False
        if self._is_alone(found) or self._kind_beside(found):
            return True
        asked = self._matches_before(found, ASKING_BEFORE) or self._continues_list(found, mentions)
        if found.error == SHORT:
            return asked
        if self._says_where(found):
            return True
        if found.word in self.names.ordinary:
            return False
        if self.speaks_of_applying:
            return asked or not self._small_among_capitals(found)
        return asked and not found.form.proper

    def _says_where(self, found: _Found) -> bool:
        """In lahti; asun Lahdessa; Nokialla on. But not: thank you Simo; Lahdella tuulee."""
        form = found.form
        if self._matches_before(found, IN) and found.word not in self.names.ordinary:
            return not found.error
        if form.proper:
            return form.locative and self._capital(found.first)
        return self._capital(found.first) and not self._starts_sentence(found.first)

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

    def _small_among_capitals(self, found: _Found) -> bool:
        """Can a hair salon apply? Whoever begins with a capital writes Salo with one, too."""
        return self._capital(0) and not self._capital(found.first) and not found.form.locative

    def _is_alone(self, found: _Found) -> bool:
        return self.content <= set(range(found.first, found.last + 1))

    def _kind_beside(self, found: _Found) -> bool:
        """Lahden kaupunki, city of Lahti."""
        after = KIND_AFTER.match(self.text, self.tokens[found.last].end)
        before = self._matches_before(found, KIND_BEFORE)
        return bool(after) or (before and not self._small_among_capitals(found))

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

    def _is_firm_or_vessel(self, found: _Found) -> bool:
        """Nokia Oyj, Regalskeppet Vasa, Torneå älv."""
        after = NO_TOWN_AFTER.match(self.text, self.tokens[found.last].end)
        return bool(after) or self._matches_before(found, NO_TOWN_BEFORE)

    def _is_person(self, found: _Found) -> bool:
        """Simo Virtanen, Salla kysyy, kuulin Sallasta; Lahti Precision."""
        if not self._capital(found.first):
            return self.text.startswith("-", self.tokens[found.last].end)  # aura-auto
        before, after = found.first - 1, found.last + 1
        beside = before >= 0 and self._only_space_after(before)
        if beside and found.form.proper and SPEAKS.match(self.tokens[before].word):
            return True
        if found.form.locative:
            return False
        if beside and not self._starts_sentence(before) and self._is_other_name(before):
            return True
        if after < len(self.tokens) and self._only_space_after(found.last):
            return bool(SPEAKS.match(self.tokens[after].word)) or self._is_other_name(after)
        return False

    def _follows_first_name_or_title(self, found: _Found) -> bool:
        """Matti Salo, Tuomas Riihimäki, rehtori Koski, Mr Salo."""
        before = found.first - 1
        if before < 0 or not self._capital(found.first) or found.form.locative:
            return False
        if TITLE_BEFORE.search(self.text[: self.tokens[found.first].start]):
            return True
        named = self.tokens[before].word in FIRST_NAMES and self._capital(before)
        return named and self._only_space_after(before)

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
