"""A session as a calendar file, for any calendar: who and when, and not a word of what for."""

from datetime import datetime

from icalendar import Calendar, Event

from bot.rules.mentor_sessions import Own

FILE = "mentoring.ics"
PRODUCT = "-//Ladderbot//Ladderbot//EN"
ABOUT = "A session of your mentorship. The agenda comes into your conversation in Slack the day before."


def file(own: Own, *, now: datetime) -> bytes:
    """One event in UTC. Its UID stays when the session is moved and SEQUENCE grows, so that calendars move it, too."""
    event = Event()
    event.add("uid", f"{own.session.id}@ladderbot")
    event.add("sequence", own.session.moves)
    event.add("dtstamp", now)
    event.add("dtstart", own.session.starts_at)
    event.add("dtend", own.session.ends_at)
    event.add("summary", f"Mentoring: {own.me.name} and {own.other.name}")
    event.add("description", ABOUT)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
