"""Business time by its definition: how long a calendar was open."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MINUTE = timedelta(minutes=1)


class AllTime:
    """All time, as if a calendar were always open."""

    def minutes(self, begin, end):
        """Minutes from one time to another; one that has begun counts."""
        return -(-(end - begin) // MINUTE)

    def due(self, begin, minutes):
        """The time so many minutes later."""
        return begin + minutes * MINUTE


class Calendar:
    """Opening hours by the clocks of a time zone.

    hours: list of (weekday, opens, closes) with clock times as texts; holidays: set of dates.
    """

    def __init__(self, zone, hours, holidays=()):
        self.zone, self.hours, self.holidays = ZoneInfo(zone), hours, set(holidays)

    def moment(self, day, clock):
        """The UTC time, without zone, at which a clock first shows a time of a day."""
        hour, minute = map(int, clock.split(":"))
        shown = datetime(day.year, day.month, day.day) + timedelta(hours=hour, minutes=minute)
        utc = shown.replace(tzinfo=self.zone, fold=0).astimezone(timezone.utc)
        return utc.replace(tzinfo=None)

    def open_times(self, day):
        """(opening, closing) of a day as UTC times, in order, what overlaps joined."""
        joined = []
        if day in self.holidays:
            return joined
        for opening, closing in sorted(
            (self.moment(day, opens), self.moment(day, closes))
            for weekday, opens, closes in self.hours if weekday == WEEKDAYS[day.weekday()]
        ):
            if joined and opening <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(closing, joined[-1][1]))
            elif opening < closing:
                joined.append((opening, closing))
        return joined

    def from_day_of(self, moment):
        """Open times from the day before a UTC time on, without end."""
        day = moment.date() - timedelta(days=1)
        while True:
            yield from self.open_times(day)
            day += timedelta(days=1)

    def minutes(self, begin, end):
        """Business minutes from one UTC time to another; one that has begun counts."""
        total = timedelta()
        for opening, closing in self.from_day_of(begin):
            if opening >= end:
                return -(-total // MINUTE)
            total += max(min(closing, end) - max(opening, begin), timedelta())

    def due(self, begin, minutes):
        """The first UTC time at which so many business minutes have gone by."""
        left = minutes * MINUTE
        for opening, closing in self.from_day_of(begin):
            start = max(opening, begin)
            if start < closing:
                if left <= closing - start:
                    return start + left
                left -= closing - start
