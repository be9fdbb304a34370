import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.call.announcement import Announcement
from bot.call.eligibility import Verdict, assess, eligible
from bot.call.municipality import municipalities

SEVEN = ["Helsinki", "Espoo", "Vantaa", "Turku", "Tampere", "Oulu", "Lahti"]


def test_seven_municipalities_reach_the_threshold(call: Announcement) -> None:
    reaching = eligible(municipalities().all(), call.threshold.residents)
    assert [each.name_fi for each in reaching] == SEVEN


def test_every_other_municipality_is_certain_not_to_reach_it(call: Announcement) -> None:
    verdicts = {
        each.name_fi: assess(each, call.threshold.residents) for each in municipalities().all()
    }
    assert len(verdicts) == 309
    assert {name for name, verdict in verdicts.items() if verdict is not Verdict.NO} == set(SEVEN)


@pytest.mark.parametrize(
    ("name", "residents", "exact"),
    [
        ("Helsinki", 109254, True),
        ("Lahti", 9012, True),
        ("Jyväskylä", 7723, True),
        ("Oulu", 9330, False),
        ("Turku", 23910, False),
        ("Tampere", 19520, False),
        ("Kuopio", 5050, False),
    ],
)
def test_residents_as_published(name: str, residents: int, exact: bool) -> None:
    municipality = municipalities().get(name)
    assert municipality is not None and municipality.residents is not None
    assert municipality.exact is exact
    assert (
        municipality.residents == residents
        if exact
        else abs(municipality.residents - residents) <= 5
    )


@given(st.sampled_from(municipalities().all()), st.integers(1, 120_000))
def test_a_verdict_is_never_more_certain_than_the_figure(
    municipality: object, threshold: int
) -> None:
    verdict = assess(municipality, threshold)  # type: ignore[arg-type]
    low, high = municipality.residents_low, municipality.residents_high  # type: ignore[attr-defined]
    assert (verdict is Verdict.YES) == (low >= threshold)
    assert (verdict is Verdict.NO) == (high < threshold)
    assert (verdict is Verdict.UNDECIDED) == (low < threshold <= high)
