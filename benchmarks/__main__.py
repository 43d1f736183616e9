"""`python -m benchmarks [NAME…]`: each measure a line, ours against a reference in the same run, on both engines."""

import logging
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import ack, deliver, digest, feedback, match_rounds, matching, sealed, slack
from benchmarks.measure import Line
from benchmarks.rounds import Rounds
from benchmarks.setup import Workbench
from tests.support import engines

Measure = Callable[[Workbench, str], list[Line]]


def measures() -> dict[str, Measure]:
    rounds = Rounds()
    return {
        "ack.sequential": ack.sequential,
        "ack.concurrent": ack.concurrent,
        "round.10k": rounds.small,
        "round.100k": rounds.large,
        "round.growth": rounds.growth,
        "matching.20k.stall": match_rounds.stall,
        "matching.1k": matching.small,
        "matching.5k": matching.middle,
        "matching.20k": matching.large,
        "sealed.submit": sealed.submit,
        "sealed.release": sealed.release,
        "digest.month": digest.month,
        "feedback.report": feedback.report,
        "deliver.drain": deliver.drain,
        "deliver.rate": deliver.rate,
    }


def main(names: Sequence[str]) -> int:
    known = measures()
    unknown = [name for name in names if not _chosen(known, [name])]
    if unknown:
        print(f"No measure is called {', '.join(unknown)}. There are: {', '.join(known)}.")
        return 2
    lines = _run(_chosen(known, names))
    broken = [line for line in lines if line.is_broken]
    print(f"benchmarks: {len(lines)} lines, {len(broken)} broken")
    return 1 if broken else 0


def _chosen(known: dict[str, Measure], names: Sequence[str]) -> list[Measure]:
    return [measure for name, measure in known.items() if not names or name.startswith(tuple(names))]


def _run(chosen: Sequence[Measure]) -> list[Line]:
    lines: list[Line] = []
    with tempfile.TemporaryDirectory() as folder, engines.servers(Path(folder)) as servers, slack.served() as api_url:
        bench = Workbench(servers, api_url)
        for measure in chosen:
            for engine in engines.ENGINES:
                for line in measure(bench, engine):
                    print(line, flush=True)
                    lines.append(line)
    return lines


if __name__ == "__main__":
    logging.disable(logging.INFO)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # whoever stops us leaves no database server behind
    sys.exit(main(sys.argv[1:]))
