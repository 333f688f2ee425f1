"""`make safety`: measures everything, prints a table, and writes `docs/safety/report.md`."""

import sys
import time
from concurrent.futures import ProcessPoolExecutor

from tests.safety.checks import killed_by
from tests.safety.measuring import compare, count_mutants, mutants, run_tests, walk_all
from tests.safety.report import figures, write

WORKERS = 2


def main() -> int:
    """Runs the measurements beside each other.

    Returns:
        0 when every goal is met, else 1.
    """
    began = time.monotonic()
    every = mutants()
    with ProcessPoolExecutor(WORKERS) as pool:
        walked = pool.submit(walk_all)
        compared = pool.submit(compare)
        tested = pool.submit(run_tests)
        noticed = list(pool.map(killed_by, every, chunksize=20))
        results = compared.result(), walked.result(), count_mutants(every, noticed), tested.result()
    file = write(*results, time.monotonic() - began)
    good = True
    for what, goal, measured, met in figures(*results):
        good = good and met
        print(f"{'ok ' if met else 'BAD'}  {what:<62} goal {goal:<34} {measured}")
    print(f"Written: {file}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
