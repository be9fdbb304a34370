from datetime import datetime, timedelta, timezone

import pytest

from bot.call.clock import ClockError, now


def test_the_clock_can_be_frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAKUNEUVOJA_NOW", "2021-04-01T09:15:00+00:00")
    assert now().isoformat() == "2021-04-01T12:15:00+03:00"


def test_z_is_an_offset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAKUNEUVOJA_NOW", "2021-03-20T10:00:00Z")
    assert now().isoformat() == "2021-03-20T12:00:00+02:00"


@pytest.mark.parametrize(
    "nonsense", ["tomorrow", "2021-04-01", "2021-04-01T12:15:00", "1617268500"]
)
def test_what_is_no_moment_is_refused(monkeypatch: pytest.MonkeyPatch, nonsense: str) -> None:
    monkeypatch.setenv("HAKUNEUVOJA_NOW", nonsense)
    with pytest.raises(ClockError, match="is no moment: write ISO 8601 with an offset"):
        now()


@pytest.mark.parametrize("value", [None, ""])
def test_unset_it_is_the_real_time(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    if value is None:
        monkeypatch.delenv("HAKUNEUVOJA_NOW", raising=False)
    else:
        monkeypatch.setenv("HAKUNEUVOJA_NOW", value)
    assert abs(now() - datetime.now(timezone.utc)) < timedelta(minutes=1)
    assert str(now().tzinfo) == "Europe/Helsinki"
