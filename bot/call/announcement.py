"""What the announcement says: data/call.yml, loaded and checked."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Extra, Field, ValidationError, root_validator, validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

CALL_FILE = Path(__file__).resolve().parents[2] / "data" / "call.yml"


class AnnouncementError(ValueError):
    """A mistake in the call's data; the text names file, field and reason."""


class Part(BaseModel):
    """A part of the data: no field beyond the named ones, and none changes after loading."""

    class Config:
        extra = Extra.forbid
        frozen = True


class Fact(Part):
    """A fact of the announcement with the sentence that states it."""

    source: str = Field(min_length=1)


class Localised(Part):
    """A name as authorities write it in each language."""

    fi: str = Field(min_length=1)
    sv: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Published(Fact):
    moment: datetime
    title: str


class Ministry(Fact):
    name: Localised


class Opens(Fact):
    date: date


class Closes(Fact):
    moment: datetime


class Amount(Fact):
    """Euros."""

    total: int = Field(gt=0)


class AdditionalAmount(Fact):
    """Euros, an approximate sum as announced."""

    about: int = Field(gt=0)
    budget_year: int


class Threshold(Fact):
    """Foreign-language residents that a municipality must at least have."""

    residents: int = Field(gt=0)


class GrantPeriod(Fact):
    """First and last day on which the grant may be used."""

    starts: date
    ends: date

    @validator("ends")
    def ends_after_start(cls, ends: date, values: dict[str, Any]) -> date:
        if "starts" in values and ends < values["starts"]:
            raise ValueError("is before starts")
        return ends


class Cooperation(Fact):
    pilot_began: date


class PreviousCall(Fact):
    work_began: int


class ApplicationPoint(Fact):
    key: str = Field(regex="^[a-z_]+$")


class ParallelCall(Fact):
    opens: date
    closes: date
    ministry: Localised


class Contact(Fact):
    """A contact person; `phone` is as published, `phone_doubtful` where it cannot be right."""

    name: str
    title: Localised
    phone: str
    phone_doubtful: bool


class Statistics(Part):
    date: date
    publisher: Localised


class Calendar(Part):
    sequence: int = Field(ge=0)
    uid: str
    alarms_hours_before: tuple[int, ...]


class Announcement(Part):
    """All facts of the call. Moments carry the call's time zone."""

    time_zone: str
    published: Published
    ministry: Ministry
    opens: Opens
    closes: Closes
    last_hours: int = Field(gt=0)
    amount: Amount
    additional_amount: AdditionalAmount
    threshold: Threshold
    purpose: Fact
    grant_period: GrantPeriod
    centre: Fact
    cooperation: Cooperation
    other_cooperation: Fact
    referral: Fact
    previous_call: PreviousCall
    previous_criteria: Fact
    application_points: tuple[ApplicationPoint, ...]
    decision: Fact
    application_form: Fact
    parallel_call: ParallelCall
    contacts: tuple[Contact, ...]
    not_stated: Mapping[str, str]
    statistics: Statistics
    calendar: Calendar

    @validator("time_zone")
    def time_zone_exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"no time zone is called {name!r}") from error
        return name

    @validator("published", "closes")
    def in_time_zone(cls, fact: Any, values: dict[str, Any]) -> Any:
        if fact.moment.tzinfo is not None:
            raise ValueError("moment is local time: write it without an offset")
        if "time_zone" not in values:
            return fact
        return fact.copy(
            update={"moment": fact.moment.replace(tzinfo=ZoneInfo(values["time_zone"]))}
        )

    @root_validator(skip_on_failure=True)
    def consistent(cls, values: dict[str, Any]) -> dict[str, Any]:
        if values["closes"].moment.date() < values["opens"].date:
            raise ValueError("closes: the moment is before opens")
        for what, nearest in values["not_stated"].items():
            if nearest not in values:
                raise ValueError(f"not_stated.{what}: there is no fact {nearest!r}")
        return values

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def opening_moment(self) -> datetime:
        """The first moment of the opening day: the announcement names no hour."""
        return datetime.combine(self.opens.date, datetime.min.time(), self.zone)

    @property
    def last_hours_begin(self) -> datetime:
        """From here on, answers about applying lead with the time left."""
        utc = self.closes.moment.astimezone(ZoneInfo("UTC"))
        return (utc - timedelta(hours=self.last_hours)).astimezone(self.zone)

    def sources(self, key: str) -> list[str]:
        """The announcement's sentences behind a fact, a list of facts, or one point of a list.

        `key` is a name in data/call.yml ("closes", "application_points") or a point of a list
        ("application_points.service"). Raises KeyError when there is no such fact.
        """
        name, _, point = key.partition(".")
        value = getattr(self, name, None)
        facts = value if isinstance(value, tuple) else (value,)
        sentences = [
            fact.source
            for fact in facts
            if isinstance(fact, Fact) and point in ("", getattr(fact, "key", None))
        ]
        if not sentences:
            raise KeyError(key)
        return sentences

    def facts(self) -> Iterator[tuple[str, Fact]]:
        """Every fact with its path, for checking it against the announcement's text."""
        for name in self.__fields__:
            value = getattr(self, name)
            for fact in value if isinstance(value, tuple) else (value,):
                if isinstance(fact, Fact):
                    yield name, fact


def load(file: Path = CALL_FILE) -> Announcement:
    """Read and check the call's data.

    Raises AnnouncementError naming the file, the field (or line) and the reason.
    """
    try:
        content = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise AnnouncementError(f"{file}: there is no such file") from error
    except (YAMLError, UnicodeDecodeError) as error:
        raise AnnouncementError(f"{file}: {error}") from error
    try:
        parsed: Announcement = Announcement.parse_obj(content)
        return parsed
    except ValidationError as error:
        mistakes = [
            ".".join(str(step) for step in mistake["loc"] if step != "__root__")
            + (": " if mistake["loc"] != ("__root__",) else "")
            + mistake["msg"]
            for mistake in error.errors()
        ]
        raise AnnouncementError(f"{file}: " + "; ".join(mistakes)) from error


@cache
def announcement() -> Announcement:
    """The call that this assistant speaks of, read once a process."""
    return load()
