import os

import pytest

from vetting.errors import VettingError, errors_of
from vetting.options import Options


@pytest.mark.parametrize("jobs", [0, -2])
def test_a_number_of_processes_that_cannot_be_is_refused(jobs):
    with pytest.raises(VettingError, match="--jobs"):
        Options(jobs=jobs)


def test_everything_wrong_is_said_at_once():
    with pytest.raises(VettingError) as caught:
        Options(jobs=0, seed=-1)
    assert len(errors_of(caught.value)) == 2


def test_threads_are_at_least_one():
    assert Options(jobs=3).threads == 3
    assert Options(jobs=-1).threads == (os.cpu_count() or 1)
