"""How fast `/checkin` opens a filled form, against a bare Bolt app that runs the same statements and opens the same."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from benchmarks import apps, measure, slack
from benchmarks.measure import Line
from benchmarks.seats import Seat
from benchmarks.setup import Workbench

MOST_SEQUENTIAL, LEAST_CONCURRENT, MOST_STATEMENTS, MOST_SLOWEST_MS = 0.75, 0.7, 6, 1000
COLLEAGUES = 200
TURNS, OPENS = 25, 10  # one at a time
WAVES, AT_ONCE = 15, 50
WARM = 3

Seats = dict[str, Seat]


def sequential(bench: Workbench, engine: str) -> list[Line]:
    """The middle of many opens, one at a time; the apps take turns."""
    name = f"ack.sequential.{engine}"
    with _seated(bench, engine) as seats:
        for _ in range(TURNS):
            for seat in seats.values():
                seat.take_turn(OPENS, at_once=1)
        middle = {who: measure.middle(seat.turns.opens) for who, seat in seats.items()}
        texts = [text for text, _ in seats["ours"].told]
    return [
        measure.ratio(name, middle["ours"], middle["reference"], measure.milliseconds, at_most=MOST_SEQUENTIAL),
        measure.ratio(f"ack.sequential.static.{engine}", middle["ours"], middle["static"], measure.milliseconds),
        Line(name, "statements", len(texts), "", at_most=MOST_STATEMENTS),
        *(Line(name, f"statement {number}", text=" ".join(text.split())) for number, text in enumerate(texts, 1)),
    ]


def concurrent(bench: Workbench, engine: str) -> list[Line]:
    """Opens a second, many at once; the slowest one of ours; and the time per open against no database at all."""
    name = f"ack.concurrent.{engine}"
    with _seated(bench, engine) as seats:
        for _ in range(WAVES):
            for seat in seats.values():
                seat.take_turn(1, at_once=AT_ONCE)
        each = {who: measure.middle(seat.turns.waves) / AT_ONCE for who, seat in seats.items()}
        opens = seats["ours"].turns.opens
    said = f"of {len(opens)}, {AT_ONCE} at once"
    return [
        measure.ratio(name, 1 / each["ours"], 1 / each["reference"], measure.a_second, at_least=LEAST_CONCURRENT),
        measure.ratio(f"ack.concurrent.static.{engine}", each["ours"], each["static"], measure.milliseconds),
        Line(name, "slowest", max(opens) * 1000, said, " ms", at_most=MOST_SLOWEST_MS),
    ]


@contextmanager
def _seated(bench: Workbench, engine: str) -> Iterator[Seats]:
    """The three apps, warm, each in its own process; in the end all have opened the same form."""
    url, api_url = bench.template(engine, apps.written, COLLEAGUES), bench.api_url
    with ExitStack() as stack:
        ours = stack.enter_context(Seat(apps.ours, url, api_url))
        view = slack.taken(api_url, "views.open")[-1]["view"]
        assert apps.WIN in str(view)
        seats = {
            "ours": ours,
            "reference": stack.enter_context(Seat(apps.with_statements, url, api_url, view, ours.told)),
            "static": stack.enter_context(Seat(apps.static, api_url, view)),
        }
        for seat in seats.values():
            seat.play(WARM, at_once=AT_ONCE)
        yield seats
        opened = slack.taken(api_url, "views.open")
        assert all(one["view"] == view for one in opened)
        assert len(opened) == sum(len(seat.turns.opens) + WARM * AT_ONCE for seat in seats.values())
