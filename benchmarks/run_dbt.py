"""Run a dbt command in this process and record the cost of each model.

Usage, from the project's root: .venv/bin/python -m benchmarks.run_dbt REPORT dbt-arguments...

REPORT is a file for JSON: CPU seconds of the process so far, peak gigabytes, and CPU seconds by
model, from its start to its end (accurate with one thread).
"""

import json
import sys
from pathlib import Path

from dbt.cli.main import dbtRunner
from dbt_common.events.base_types import EventMsg

from benchmarks.measures import cpu_seconds, peak_gigabytes


class Costs:
    """Listens to dbt: CPU seconds of each model that is built, by name."""

    def __init__(self) -> None:
        self.started: dict[str, float] = {}
        self.models: dict[str, float] = {}

    def __call__(self, event: EventMsg) -> None:
        if event.info.name not in ("NodeStart", "NodeFinished"):
            return
        node = event.data.node_info
        if node.resource_type != "model" or node.materialized == "ephemeral":
            return
        if event.info.name == "NodeStart":
            self.started[node.unique_id] = cpu_seconds()
        elif node.unique_id in self.started:
            self.models[node.node_name] = cpu_seconds() - self.started[node.unique_id]


def main() -> None:
    report, *arguments = sys.argv[1:]
    costs = Costs()
    outcome = dbtRunner(callbacks=[costs]).invoke(arguments)
    if not outcome.success:
        sys.exit(f"dbt {' '.join(arguments)} failed")
    listed = outcome.result if arguments[0] == "ls" else []
    Path(report).write_text(json.dumps({
        "cpu": cpu_seconds(), "peak": peak_gigabytes(), "models": costs.models, "listed": listed,
    }), encoding="utf-8")


if __name__ == "__main__":
    main()
