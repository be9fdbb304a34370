"""The municipalities of 2021 with their foreign-language residents, and where a text names them."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.call.name_finder import Mention, find_names
from bot.call.name_index import NameIndex, lower
from bot.call.tables import LOCATIVES, Row, rows

DATA = Path(__file__).resolve().parents[2] / "data"
BASES = ("exact", "share_x_population", "joint_bound")
KINDS = ("region", "foreign", "district", "area")


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


class Municipalities:
    """The look-up of municipalities and the finder of their names."""

    def __init__(
        self, municipalities: Sequence[Municipality], places: Sequence[Place], names: NameIndex
    ) -> None:
        self._all = tuple(municipalities)
        self._places = {each.name_fi: each for each in places}
        self._by_name = {each.name_sv.lower(): each for each in self._all}
        self._by_name |= {each.name_fi.lower(): each for each in self._all}
        self.names = names

    @classmethod
    def load(cls, folder: Path) -> "Municipalities":
        """Read the three tables; ValueError names file, line and column of a mistake."""
        names = NameIndex(_ordinary_words(folder))
        by_code: dict[str, Municipality] = {}
        places: list[Place] = []
        for row in rows(folder, "municipalities.csv"):
            municipality = _municipality(row)
            if municipality.code in by_code:
                raise row.mistake("code", "is there twice")
            by_code[municipality.code] = municipality
            names.add(row, "municipality", municipality.name_fi)
        for row in rows(folder, "places.csv"):
            if row["kind"] not in KINDS:
                raise row.mistake("kind", f"is none of {', '.join(KINDS)}")
            places.append(Place(row["name_fi"], row["name_sv"], row["name_en"]))
            names.add(row, "place", row["name_fi"])
        for row in rows(folder, "former_municipalities.csv"):
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
        return self._by_name.get(lower(name.strip()))

    def place(self, name: str) -> Place | None:
        """The place that is no municipality, by its Finnish name as a mention carries it."""
        return self._places.get(name)

    def find(self, text: str, known_words: Collection[str] = ()) -> list[Mention]:
        """The municipalities and places that a text names, in text order.

        `known_words`: words in lower case that are never a name with a typing error.
        """
        return find_names(text, self.names, known_words)


@cache
def municipalities() -> Municipalities:
    """The tables of this project, read once a process."""
    return Municipalities.load(DATA)


def _ordinary_words(folder: Path) -> list[str]:
    file = folder / "ordinary_words.txt"
    try:
        return file.read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{file}: {error}") from error


def _municipality(row: Row) -> Municipality:
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
