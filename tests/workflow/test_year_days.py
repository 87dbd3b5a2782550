"""Days of the year as people write them."""

import pytest

from desktop_app.domain.schedule import YearDay
from desktop_app.workflow.year_days import read_year_days, year_day_words


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("31 Jan and 15 July", ((1, 31), (7, 15))),
        ("July 15, January 31st", ((1, 31), (7, 15))),
        ("15. juli", None),
        ("7/15; 01-31", ((1, 31), (7, 15))),
        ("29 February", ((2, 29),)),
        ("30 February", None),
        ("31 April", None),
        ("the 1st of May", None),
        ("1st of May", ((5, 1),)),
        ("ju 5", None),
        ("31 Jan and someday", None),
        ("", None),
        ("31 Jan, 31 Jan", ((1, 31),)),
    ],
)
def test_days_of_the_year(text, days):
    assert read_year_days(text) == days


def test_a_day_is_written_in_full():
    assert year_day_words(YearDay(7, 15)) == "15 July"
