"""The random companies of make check, make test and make test-all."""

import pytest


def worlds(*seeds, check=0, test=1):
    """Seeds for pytest.mark.parametrize: the first few (check) are in make check, too, the first
    few (test) in make test, the others in make test-all only.
    """
    return [pytest.param(seed, marks=[pytest.mark.check] * (number < check)
                         + [pytest.mark.slow] * (number >= test))
            for number, seed in enumerate(seeds)]
