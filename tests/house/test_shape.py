"""Budgets of shape: the tail is what makes a house ugly, not the median."""

from statistics import median

from tests.house.sources import functions, lines, python_files, short, templates

FILE, FUNCTION, TEST_FILE, TEMPLATE = 400, 50, 500, 150
OURS = (*python_files("clausette"), *python_files("config"), *python_files("launch"))


def test_no_file_is_longer_than_its_budget() -> None:
    assert {short(p): lines(p) for p in OURS if lines(p) > FILE} == {}
    assert {short(p): lines(p) for p in python_files("tests") if lines(p) > TEST_FILE} == {}
    assert {short(p): lines(p) for p in templates() if lines(p) > TEMPLATE} == {}


def test_no_function_is_longer_than_its_budget() -> None:
    long = {f"{short(p)}:{name}": size for p in OURS for name, size in functions(p) if size > FUNCTION}
    assert long == {}


def test_the_middle_file_and_the_middle_function_stay_small() -> None:
    sizes = [lines(p) for p in OURS if lines(p) > 3]
    assert median(sizes) <= 100, median(sizes)
    assert median([size for p in OURS for _, size in functions(p)]) <= 12
