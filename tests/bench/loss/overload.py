"""Ten times as many learners come as the machine can carry.

First how much is served when a few clients ask without a pause: the peak. Then a crowd ten times as large as would
ask for that much, whose members wait as long as Retry-After says; then the same without that patience.
"""

import multiprocessing
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.loss.crowd import READ, SAVE, Crowd, Requests, Tally
from tests.bench.loss.ledger import LESSON, QUIZZES
from tests.bench.loss.site import Learner, Site
from tests.bench.rows import get, post

CONNECTIONS, CROWD, TIMES = 16, 2_000, 10
SETTLING = 2
"""The first measurement in so many is the onset, and is told apart."""


@dataclass(frozen=True, slots=True)
class Rush:
    """What a crowd got: at its onset, and once it was there."""

    onset: Tally
    after: Tally


def overloaded(folder: Path, seconds: float, learners: int = 64) -> tuple[Tally, Rush, Rush, list[str]]:
    """Peak, the patient crowd, the impatient one, and what does not follow from the log after it."""
    with Site(folder, learners=learners) as site:
        peak = apart(site, (CONNECTIONS, 0.0, False), [5, seconds])[1]  # workers that have just begun are slow
        thinking = CROWD / (TIMES * peak.goodput)
        rushes = [
            Rush(*apart(site, (CROWD, thinking, patient), [seconds * SETTLING, seconds * SETTLING]))
            for patient in (True, False)
        ]
    return peak, rushes[0], rushes[1], site.differences()


def apart(site: Site, crowd: tuple[int, float, bool], spans: list[float]) -> list[Tally]:
    """A crowd (size, thinking, patient) in a process of its own: one tally for each span of seconds."""
    here, there = multiprocessing.Pipe()
    arguments = (site.port, site.learners, crowd, spans, there)
    process = multiprocessing.get_context("fork").Process(target=_crowd, args=arguments, daemon=True)
    process.start()
    if not here.poll(sum(spans) + 60):
        process.kill()
        raise TimeoutError("the crowd did not end")
    tallies: list[Tally] = here.recv()
    process.join()
    return tallies


def _crowd(port: int, learners: list[Learner], crowd: tuple[int, float, bool], spans: list[float], pipe: Any) -> None:
    size, thinking, patient = crowd
    people = Crowd(port, size, thinking, asking(learners), patient)
    pipe.send([people.run(span) for span in spans])
    people.close()


def asking(learners: list[Learner]) -> Requests:
    """Of twenty requests one is a save, the others are lessons."""
    lessons = [get(LESSON, learner.cookie, "gzip") for learner in learners]

    def request(client: int, turn: int) -> tuple[str, bytes]:
        learner = learners[client % len(learners)]
        if (client + turn) % 20:
            return READ, lessons[client % len(learners)]
        fields = {"csrf_token": learner.token, "key": f"{client}-{turn}", "base-1": "0", "q1": str(turn // 20 % 2)}
        return SAVE, post(f"{QUIZZES}/attempts/1/responses", fields, learner.cookie)

    return request


def main(seconds: float) -> bool:
    """Print what came of it. Whether the patient crowd was served as it should."""
    with tempfile.TemporaryDirectory(prefix="course-loss-") as folder:
        peak, patient, impatient, wrong = overloaded(Path(folder), seconds)
    heads = f"{'served/s':>10}{'of peak':>9}{'sent/s':>9}{'put off':>9}{'saves':>8}{'save p99':>10}{'page p99':>10}"
    print(f"\n{'load':34}{heads}")
    rows = {
        f"{CONNECTIONS} clients, no pause (peak)": peak,
        f"{TIMES} times, onset": patient.onset,
        f"{TIMES} times": patient.after,
        f"{TIMES} times, impatient, onset": impatient.onset,
        f"{TIMES} times, impatient": impatient.after,
    }
    for name, tally in rows.items():
        print(line(name, tally, peak))
    for sentence in wrong:
        print(f"    {sentence}")
    print(f"overload_goodput {patient.after.goodput / peak.goodput:.3f}", flush=True)
    return not wrong and patient.after.goodput >= 0.9 * peak.goodput


def line(name: str, tally: Tally, peak: Tally) -> str:
    refused = sum(number for (_kind, status), number in tally.statuses.items() if status == 503)
    saves = sum(number for (kind, _status), number in tally.statuses.items() if kind == SAVE)
    others = {f"{kind} {status}": n for (kind, status), n in tally.statuses.items() if status not in {200, 303, 503}}
    return (
        f"{name:34}{tally.goodput:>10,.0f}{tally.goodput / peak.goodput:>9.2f}{tally.sent / tally.seconds:>9,.0f}"
        f"{refused / max(1, sum(tally.statuses.values())):>9.0%}{tally.served(SAVE) / max(1, saves):>8.1%}"
        f"{tally.percentile(SAVE, 0.99):>7.0f} ms{tally.percentile(READ, 0.99):>7.0f} ms"
        + (f"   {others}" if others else "")
        + (f"   {tally.without_time} without a time" if tally.without_time else "")
    )


if __name__ == "__main__":
    sys.exit(0 if main(5) else 1)
