"""Reads a calendar with icalendar and vobject, checks rules of RFC 5545 for to-dos, prints what it holds."""
import datetime
import json
import sys

import icalendar
import vobject

text = sys.stdin.buffer.read().decode("utf-8")
calendar = icalendar.Calendar.from_ical(text)
assert calendar["version"] == "2.0" and calendar["prodid"]
strict = vobject.readOne(text)
strict.validate(raiseException=True)
todos = calendar.walk("VTODO")
seconds = strict.contents.get("vtodo", [])
assert len(todos) == len(seconds), (len(todos), len(seconds))
# Names that are neither of RFC 5545's components nor ours would be lines broken open by a text.
assert {c.name for c in calendar.walk()} <= {"VCALENDAR", "VTODO", "VALARM"}
read, seen = [], set()
for todo, second in zip(todos, seconds):
    assert not todo.errors, todo.errors
    uid = str(todo["uid"])
    assert uid not in seen
    assert second.uid.value == uid and second.summary.value == str(todo["summary"])
    due, start = todo.get("due"), todo.get("dtstart")
    for day in (due, start):
        assert day is None or type(day.dt) is datetime.date, day
    # 3.8.2.3: DUE is later than DTSTART; 3.8.5.3: a rule needs DTSTART.
    assert start is None or due is None or due.dt > start.dt, uid
    rule = todo.get("rrule")
    assert rule is None or start is not None
    parent = str(todo["related-to"]) if "related-to" in todo else None
    assert parent is None or parent in seen, "a parent stands before its children"
    assert todo["dtstamp"].dt.tzinfo is not None
    # 3.8.2.1: COMPLETED is a time in UTC; only what is done has it.
    completed = todo.get("completed")
    assert (todo.get("percent-complete") == 100) == (str(todo["status"]) == "COMPLETED"), uid
    assert completed is None or completed.dt.utcoffset() == datetime.timedelta(0), uid
    alarms = []
    for alarm in todo.subcomponents:
        assert alarm["action"] == "DISPLAY" and alarm["description"]
        assert alarm["trigger"].params.get("RELATED") == "END"
        alarms.append(alarm["trigger"].dt.days)
    assert alarms in ([], [-7, -3, -1]), alarms
    seen.add(uid)
    read.append({
        "uid": uid,
        "summary": str(todo["summary"]),
        "description": str(todo["description"]),
        "due": due.dt.isoformat() if due else None,
        "parent": parent,
        "rrule": rule.to_ical().decode() if rule else None,
        "alarms": alarms,
        "status": str(todo["status"]),
        "completed": completed.dt.date().isoformat() if completed else None,
    })
print(json.dumps(read))
