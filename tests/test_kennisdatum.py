"""What was known otherwise before: the two changes of which a source gives the day."""

from datetime import date

from aanspraak.engine.knowledge import as_known, known_otherwise
from aanspraak.engine.reader import read_rules
from aanspraak.engine.reform import changed_situations

BASE = read_rules()


def difference(decision: str, known: date, day: date) -> set[tuple[str, str]]:
    """The rule as known then and the rule as known today, wherever they decide otherwise."""
    found = changed_situations((as_known(BASE, known), day), (BASE, day), decision)
    return {(change.voor.id, change.na.id) for change in found if change.voor.dan != change.na.dan}


def test_before_the_law_of_july_2019_nobody_knew_that_the_wlz_would_open_for_psychiatry() -> None:
    opened = {("psychisch-voor-2021", "blijvend-psychisch"), ("psychisch-voor-2021", "behoefte-onduidelijk")}
    assert difference("criterium_wlz", date(2019, 7, 9), date(2021, 1, 1)) == opened
    assert difference("criterium_wlz", date(2019, 7, 10), date(2021, 1, 1)) == set()
    assert difference("criterium_wlz", date(2019, 7, 9), date(2020, 12, 31)) == set()


def test_transport_of_2019_was_corrected_afterwards() -> None:
    corrected = {("vervoer-zelf-niet-vergoed", "vervoer-gehandicaptenzorg")}
    assert corrected <= difference("bekostiging_vervoer", date(2019, 8, 31), date(2019, 1, 1))
    assert difference("bekostiging_vervoer", date(2019, 9, 1), date(2019, 1, 1)) == set()


def test_no_other_day_changed_what_was_known() -> None:
    days = [date.fromordinal(last) for (_, last), _, _ in known_otherwise(BASE)]
    assert days == [date(2019, 7, 9), date(2019, 8, 31)]
