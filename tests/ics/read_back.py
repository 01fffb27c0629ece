"""Reads an iCalendar file from standard input and prints as JSON what it holds, and the lines that
the library itself would write for it, not folded.

The library has nothing to do with the writer: `tests/tests/ics.rs` compares the two.
A property is keyed by its name and parameters; a length of time is in seconds.
"""

import datetime
import json
import sys

import icalendar.prop


def value(held):
    if isinstance(held, list):
        return [value(one) for one in held]
    if isinstance(held, icalendar.prop.vCategory):
        return [str(category) for category in held.cats]
    held = getattr(held, "dt", held)
    if isinstance(held, datetime.timedelta):
        return int(held.total_seconds())
    if isinstance(held, datetime.date):
        return held.isoformat()
    return held if isinstance(held, int) else str(held)


def key(name, held):
    parameters = getattr(held, "params", {})
    return "".join([name, *(f";{name}={given}" for name, given in parameters.items())])


def component(read):
    return {
        "name": read.name,
        "errors": [str(error) for error in read.errors],
        "properties": {key(name, held): value(held) for name, held in read.items()},
        "components": [component(inner) for inner in read.subcomponents],
    }


calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
written = calendar.to_ical(sorted=False).decode().replace("\r\n ", "")
json.dump({"calendar": component(calendar), "written": written}, sys.stdout)
