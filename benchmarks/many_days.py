"""What scoring half a year of weekly days in one run costs next to runs of one day.

Usage, from the project's root: .venv/bin/python -m benchmarks.many_days [web events, 200000]

Makes a database of random web events of a year and builds it in full, as of the last day but one.
Then it measures, on facts that do not change, a run of the last day, and a run of that day that
scores 26 weekly days as well. Timings are of the models alone, without dbt's start, all in one
process; the 26 single runs are estimated as 26 times the one.
"""

import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from benchmarks.daily_run import fill, seconds_by_folder
from tests.project import Project

LAST_DAY = date(2025, 12, 31)
WEEKS = 26


def main():
    events = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    weekly = [str(LAST_DAY - timedelta(weeks=week)) for week in range(WEEKS)]
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder) / "project")
        fill(project, events)
        project.build(LAST_DAY - timedelta(days=1))
        one = seconds_by_folder(project.build(LAST_DAY).results)
        many = seconds_by_folder(project.build(LAST_DAY, scored_days=weekly).results)
        scores = project.query("select count(*) as n from marts.lead_scores_by_day")[0]["n"]
    print(f"{events:,} events; {WEEKS} weekly days make {scores:,} scores.")
    print(f"{'models':20} {'one day s':>10} {f'{WEEKS} days s':>10} {'ratio':>7}")
    for name in sorted(one):
        print(f"{name:20} {one[name]:10.2f} {many[name]:10.2f} {many[name] / one[name]:7.1f}")
    single, together = sum(one.values()), sum(many.values())
    print(f"{'all':20} {single:10.2f} {together:10.2f} {together / single:7.1f}")
    print(f"{WEEKS} runs of one day would take {WEEKS * single / together:.1f} times as long as the "
          f"one run.")


if __name__ == "__main__":
    main()
