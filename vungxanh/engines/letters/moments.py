"""Days and moments of a passage, and what is known of the letter's own date.

`find_moments` reads every day, month, quarter, year and clock with its place; `LetterDay` finds
the year of a day written without one and says what that rests on. What no calendar has
(31/6/2021, 25h00) is kept as impossible and never moved.
"""

from vungxanh.engines.letters.times.clocks import Clock
from vungxanh.engines.letters.times.days import DayAt, Grain
from vungxanh.engines.letters.times.joining import Moment, find_moments
from vungxanh.engines.letters.times.letterday import Dated, LetterDay

__all__ = ["Clock", "Dated", "DayAt", "Grain", "LetterDay", "Moment", "find_moments"]
