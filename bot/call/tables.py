"""The tables of names in data/, line by line, with mistakes named by file, line and column."""

import csv
from collections.abc import Iterator
from pathlib import Path

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


class Row(dict[str, str]):
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


def rows(folder: Path, name: str) -> Iterator[Row]:
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
                row = Row(fields)
                row.file, row.line = file, reader.line_num
                for column in ("name_fi", "name_sv"):
                    if not row[column]:
                        raise row.mistake(column, "is no name")
                yield row
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{file}: {error}") from error
