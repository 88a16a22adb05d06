"""python -m tests.warehouses.check: see that the project suits the three services.

Nothing is connected to. dbt compiles the project with the real adapters, as a first run and as a
later one; then all SQL is parsed in the service's dialect, and its names, types and
functions are looked up. Exits with 1 if anything is wrong.
"""

import argparse
import csv
import graphlib
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass

from tests.warehouses.compiled import (
    ROOT,
    CannotCompile,
    Copy,
    file_of_statement,
    make_environment,
)
from tests.warehouses.engines import ENGINES
from tests.warehouses.sql_faults import Tables, faults_of, type_faults


@dataclass(frozen=True)
class Fault:
    """Something that an engine would not take.

    engine: its title. path: the file it comes from. name: of the model or statement. reason: why.
    """

    engine: str
    path: str
    name: str
    reason: str

    def __str__(self):
        return f"{self.path} ({self.name}), {self.engine}: {self.reason}"


def main(arguments=None):
    """Check the project; returns the exit status, 0 where nothing is wrong.

    arguments: of the command line, those of the process where left out.
    """
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("engines", nargs="*", help="snowflake, bigquery, databricks; all if none is named")
    wanted = parser.parse_args(arguments).engines or [engine.name for engine in ENGINES]
    unknown = set(wanted) - {engine.name for engine in ENGINES}
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")

    print("Does the SQL of this project suit Snowflake, BigQuery and Databricks? Nothing is connected to.")
    if make_environment():
        print("Installed their dbt adapters into .venv-warehouses (once).")
    faults = []
    for engine in (engine for engine in ENGINES if engine.name in wanted):
        found, counts = check(engine)
        faults.extend(found)
        print(f"{engine.title}: {counts['models']} models compiled as a first run and as a later one, "
              f"{counts['statements']} hooks, strategies and queries; {len(found)} faults.")
    for fault in faults:
        print(f"- {fault}")
    if faults:
        print("Mend the file, or write what the service does have into tests/warehouses/engines.py.")
        return 1
    print("Every text was parsed in the service's dialect; all names, types, functions and strategies "
          "are known there. What that cannot show is in docs/warehouses.md.")
    return 0


def check(engine):
    """Everything wrong with the project on an engine: (a list of Fault, a Counter of what was read)."""
    faults, counts = [], Counter()
    with Copy([engine]) as copy:
        faults.extend(
            Fault(engine.title, "profiles.example.yml", engine.name, f"the adapter passes over {key}")
            for key in copy.unknown_settings(engine)
        )
        manifest = {"nodes": {}}
        try:
            manifest, first = copy.compile(engine, incremental=False)
            copy.add_statements(manifest)
            _, later = copy.compile(engine, incremental=True)
        except CannotCompile as error:
            path = error.path
            if path.startswith("models/statements/"):
                path = file_of_statement(error.name, manifest)
            return [*faults, Fault(engine.title, path, error.name, str(error))], counts
    for node in manifest["nodes"].values():
        faults.extend(declared_faults(node, engine))
    tables = Tables(engine)
    add_raw_tables(tables, manifest)
    for compiled in (first, later):
        for node in in_order(compiled):
            counts["models"] += node.relation is not None and compiled is first
            counts["statements"] += node.relation is None
            faults.extend(
                Fault(engine.title, node.path, node.name, reason)
                for reason in node_faults(node, tables, engine, add=compiled is first)
            )
    return list(dict.fromkeys(faults)), counts


def node_faults(node, tables, engine, add):
    """What is wrong with a compiled model or statement, as sentences.

    add: whether its columns are to be remembered as those of its table.
    """
    if node.error is not None:
        return [f"dbt cannot compile it: {' '.join(node.error.split())}"]
    if not node.sql.strip():
        return [] if node.relation is None else ["holds no statement"]
    faults = faults_of(node.sql, engine)
    if node.relation is not None or node.sql.strip().lower().startswith(("select", "with")):
        if "information_schema" not in node.sql.lower():
            more, columns = tables.name_faults(node.sql)
            faults += more
            if add and node.relation is not None:
                tables.add(node.relation, columns)
    return faults


def in_order(compiled):
    """Compiled nodes in the order in which they read one another."""
    graph = {
        node.unique_id: [name for name in node.reads if name in compiled]
        for node in compiled.values()
    }
    return [compiled[name] for name in graphlib.TopologicalSorter(graph).static_order()]


def declared_faults(node, engine):
    """Types in the YAML file of a model or seed that the engine lacks, as a list of Fault."""
    if node["resource_type"] not in ("model", "seed"):
        return []
    types = {name: column.get("data_type") for name, column in node["columns"].items()}
    types.update(node["config"].get("column_types") or {})
    columns = defaultdict(list)
    for name, data_type in types.items():
        for reason in type_faults(data_type or "", engine):
            columns[reason].append(name)
    path = (node["patch_path"] or "").split("://")[-1]
    return [
        Fault(engine.title, path, node["name"], f"{reason}: column {', '.join(names)}")
        for reason, names in columns.items()
    ]


def add_raw_tables(tables, manifest):
    """Tell a Tables what raw tables and seeds hold, from the YAML files and the CSV headers."""
    for source in manifest["sources"].values():
        tables.add(source["relation_name"], {name: "text" for name in source["columns"]})
    for node in manifest["nodes"].values():
        if node["resource_type"] != "seed":
            continue
        with (ROOT / node["original_file_path"]).open(newline="", encoding="utf-8") as file:
            header = next(csv.reader(file))
        types = node["config"].get("column_types") or {}
        is_quoted = node["config"].get("quote_columns")
        tables.add(node["relation_name"], {
            name if is_quoted else tables.normalised(name): types.get(name, "text")
            for name in header
        })


if __name__ == "__main__":
    sys.exit(main())
