"""What is read from small manuscripts, with every place."""

from __future__ import annotations

import pytest

from tests.readers.golden import Case, read_cases
from tests.readers.markdown.reading import read


@pytest.mark.parametrize("case", read_cases("markdown"), ids=str)
def test_case(case: Case) -> None:
    case.check(read(case.text).dump)
