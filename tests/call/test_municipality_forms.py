"""The names of the 309 in all their forms: found nearly always, and hardly ever where there is none."""

from collections import Counter

import pytest

from benchmarks.municipality_forms import (
    DEVELOPMENT,
    ERRORS,
    FORMER,
    Measurement,
    false_finds,
    known_words,
    measure,
    sentences_without_names,
)

NEARLY_ALL = 0.995
SECOND_SEED = 309


@pytest.fixture(scope="module", params=[2021, SECOND_SEED])
def measurement(request: pytest.FixtureRequest) -> Measurement:
    return measure(known_words(), seed=request.param)


def test_nearly_every_form_is_found(measurement: Measurement) -> None:
    assert measurement.total().share >= NEARLY_ALL
    assert measurement.total("").share >= 0.9995


def test_nearly_every_form_with_one_error_is_found(measurement: Measurement) -> None:
    total = measurement.total(*ERRORS)
    assert total.share >= NEARLY_ALL
    assert total.wrong / total.asked <= 0.003


@pytest.mark.parametrize("error", ERRORS)
def test_no_kind_of_error_falls_behind(measurement: Measurement, error: str) -> None:
    assert measurement.total(error).share >= 0.99


def test_no_municipality_falls_behind(measurement: Measurement) -> None:
    failed = Counter(written.municipality for written, _, _ in measurement.failures)
    assert all(count <= 12 for count in failed.values()), failed.most_common(3)


def test_few_forms_are_left_out_as_other_words(measurement: Measurement) -> None:
    left_out = measurement.left_out.total()
    assert left_out / (left_out + measurement.total(*ERRORS).asked) <= 0.02


def test_fewer_than_one_false_find_in_1000_sentences() -> None:
    sentences = sentences_without_names(DEVELOPMENT)
    assert len(set(sentences)) == len(sentences) >= 1200
    false = false_finds(DEVELOPMENT, known_words())
    assert len(false) / len(sentences) < 0.001, false


def test_hardly_a_false_find_in_sentences_that_nobody_built_by() -> None:
    sentences = sentences_without_names(FORMER)
    assert len(set(sentences)) == len(sentences) >= 1000
    assert len(false_finds(FORMER, known_words())) / len(sentences) <= 0.012
