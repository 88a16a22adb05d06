"""The project compiled for a service by dbt's own adapter, without a connection."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.profiles import uncommented, variables_asked_for

ROOT = Path(__file__).resolve().parent.parent.parent
ENVIRONMENT = ROOT / ".venv-warehouses"
REQUIREMENTS = ROOT / "requirements-warehouses.txt"
COPIED = ("dbt_project.yml", "macros", "models", "seeds", "tests/dbt")
STATEMENTS = "check__"

# What is run with run_query, which dbt does not compile: name -> Jinja.
QUERIES = {
    "changed_days": "{{ changed_days_query(ref('int_raw_batches'), ref('int_activity_log')) }}",
    "columns": "{{ columns_query(source('raw_crm', 'contacts')) }}",
    "summary_of_models": "{{ summary_of_models_query("
                         "ref('lead_scores'), ref('lead_qualifications')) }}",
    "summary_of_tiers": "{{ summary_of_tiers_query(ref('lead_scores')) }}",
    "summary_of_versions": "{{ summary_of_versions_query("
                           "ref('int_evaluation_plan'), ref('int_scorecard_versions')) }}",
    "summary_of_rejected_rows": "{{ summary_of_rejected_rows_query(ref('rejected_rows')) }}",
}


class CannotCompile(Exception):
    """dbt gave up, with what it said.

    path and name tell the model that it speaks of, else the project.
    """

    def __init__(self, said):
        said = said[said.find("Error"):] if "Error" in said else said
        super().__init__(" ".join(said.split()))
        place = re.search(r"in model (\S+) \((\S+)\)", said)
        self.name, self.path = place.groups() if place else ("dbt compile", "dbt_project.yml")
        self.name = self.name.removeprefix(STATEMENTS)


@dataclass(frozen=True)
class CompiledNode:
    """A model, or a statement that a run sends beside the models, as an engine gets it.

    name: of the model or statement. path: of the file that it comes from. relation: the name of
    its table, None of a statement. sql: the compiled text, None where dbt gave up. error: what it
    said then. reads: the unique ids of what it reads. unique_id: its own.
    """

    name: str
    path: str
    relation: str
    sql: str
    error: str
    reads: tuple
    unique_id: str


def make_environment():
    """Install the adapters into .venv-warehouses unless they are there.

    Returns whether anything was done; raises subprocess.CalledProcessError where pip fails.
    """
    mark = ENVIRONMENT / ".ready"
    wanted = REQUIREMENTS.read_text(encoding="utf-8")
    if mark.exists() and mark.read_text(encoding="utf-8") == wanted:
        return False
    python = os.environ.get("PYTHON", "python3")
    subprocess.run([python, "-m", "venv", str(ENVIRONMENT)], check=True)
    subprocess.run(
        [str(ENVIRONMENT / "bin" / "python"), "-m", "pip", "install", "--quiet",
         "--disable-pip-version-check", "-r", str(REQUIREMENTS)],
        check=True,
    )
    mark.write_text(wanted, encoding="utf-8")
    return True


class Copy:
    """A copy of the project in a temporary folder, with a profile for each engine.

    engines: a list of Engine. Use it in a with statement: the folder goes at its end, and with it
    the key that BigQuery's adapter wants to see; it is made on the spot and opens nothing.
    """

    def __init__(self, engines):
        self.folder = Path(tempfile.mkdtemp(prefix="warehouses_"))
        for name in COPIED:
            path = ROOT / name
            if path.is_dir():
                shutil.copytree(path, self.folder / name)
            else:
                shutil.copy(path, self.folder / name)
        shutil.copytree(Path(__file__).parent / "macros", self.folder / "macros" / "check")
        profile = uncommented(
            (ROOT / "profiles.example.yml").read_text(encoding="utf-8"),
            [engine.name for engine in engines],
        )
        (self.folder / "profiles.yml").write_text(profile, encoding="utf-8")
        self.settings = {name: "nothing" for name in variables_asked_for(profile)}
        self.settings["BIGQUERY_KEYFILE"] = str(self.make_key())

    def __enter__(self):
        return self

    def __exit__(self, *what):
        shutil.rmtree(self.folder)

    def make_key(self):
        """Write a service account's key file that belongs to nobody; returns its path."""
        made = subprocess.run(
            [str(ENVIRONMENT / "bin" / "python"), "-c", MAKE_KEY],
            check=True, capture_output=True, text=True,
        )
        path = self.folder / "key.json"
        path.write_text(made.stdout, encoding="utf-8")
        return path

    def unknown_settings(self, engine):
        """Keys of an engine's profile block that its adapter would pass over, as a list."""
        asked = subprocess.run(
            [str(ENVIRONMENT / "bin" / "python"), "-c", UNKNOWN_SETTINGS, engine.name,
             str(self.folder / "profiles.yml")],
            check=True, capture_output=True, text=True, env={**os.environ, **self.settings},
        )
        return json.loads(asked.stdout.strip().split("\n")[-1])

    def compile(self, engine, incremental):
        """Compile everything for an engine.

        engine: an Engine. incremental: whether as a later run, else as a first one. Returns
        (the manifest, a dict unique id -> CompiledNode); raises CannotCompile.
        """
        target_path = self.folder / "target"
        shutil.rmtree(target_path, ignore_errors=True)
        done = subprocess.run(
            [str(ENVIRONMENT / "bin" / "dbt"), "--no-use-colors", "compile", "--quiet",
             "--no-populate-cache", "--no-introspect", "--no-partial-parse",
             "--target", engine.name,
             "--vars", json.dumps({"assume_incremental": incremental, "experiments": True}),
             "--project-dir", str(self.folder), "--profiles-dir", str(self.folder),
             "--target-path", str(target_path), "--log-path", str(self.folder / "logs")],
            env={**os.environ, **self.settings}, cwd=self.folder, capture_output=True, text=True,
        )
        results_path = target_path / "run_results.json"
        if not results_path.exists():
            raise CannotCompile((done.stdout + done.stderr).strip())
        manifest = json.loads((target_path / "manifest.json").read_text(encoding="utf-8"))
        results = json.loads(results_path.read_text(encoding="utf-8"))["results"]
        return manifest, compiled_nodes(manifest, results)

    def add_statements(self, manifest):
        """Make every statement that a run sends beside the models a model of the copy.

        manifest: of a compiled copy. These are hooks, the statements of incremental strategies, and
        queries that macros ask.
        """
        folder = self.folder / "models" / "statements"
        folder.mkdir()
        for name, jinja in statements_of(manifest).items():
            (folder / f"{STATEMENTS}{name}.sql").write_text(jinja, encoding="utf-8")


def statements_of(manifest):
    """The statements that a run sends beside the models: a dict name -> Jinja."""
    found = dict(QUERIES)
    for node in manifest["nodes"].values():
        if node["resource_type"] not in ("model", "seed"):
            continue
        for kind in ("pre-hook", "post-hook"):
            for number, hook in enumerate(node["config"].get(kind) or [], start=1):
                name = f"{node['name']}__{kind.replace('-', '_')}_{number}"
                found[name] = in_place_of_this(hook["sql"], node["name"])
        if node["config"].get("materialized") == "incremental":
            strategy = node["config"].get("incremental_strategy")
            key = node["config"].get("unique_key")
            found[f"{node['name']}__strategy"] = (
                f"{{% set model = ref('{node['name']}') %}}{{% if execute %}}"
                f"{{{{ incremental_statements(model, {strategy!r}, {key!r}) }}}}{{% endif %}}"
                .replace("None", "none")
            )
    return found


def in_place_of_this(jinja, model):
    """The Jinja of a hook with the model's name where it says this."""
    return re.sub(r"\bthis\b", f"ref('{model}')", jinja)


def file_of_statement(name, manifest):
    """Where the statement of that name comes from: a model's or seed's file, else the macros."""
    owner = re.sub(r"__(pre_hook_\d+|post_hook_\d+|strategy)$", "", name)
    paths = [
        node["original_file_path"] for node in manifest["nodes"].values()
        if node["name"] == owner and node["resource_type"] in ("model", "seed")
    ]
    return paths[0] if paths else "macros"


def compiled_nodes(manifest, results):
    """What dbt compiled: a dict unique id -> CompiledNode of models and statements."""
    nodes = {}
    for result in results:
        node = manifest["nodes"].get(result["unique_id"])
        if node is None or node["resource_type"] != "model":
            continue
        is_statement = node["name"].startswith(STATEMENTS)
        is_compiled = result["status"] == "success"
        nodes[result["unique_id"]] = CompiledNode(
            name=node["name"].removeprefix(STATEMENTS),
            path=file_of_statement(node["name"].removeprefix(STATEMENTS), manifest)
            if is_statement else node["original_file_path"],
            relation=None if is_statement else node["relation_name"],
            sql=result["compiled_code"] if is_compiled else None,
            error=None if is_compiled else (result["message"] or result["status"]),
            reads=tuple(node["depends_on"]["nodes"]),
            unique_id=result["unique_id"],
        )
    return nodes


UNKNOWN_SETTINGS = """
import dataclasses, importlib, json, sys, yaml
credentials = importlib.import_module("dbt.adapters." + sys.argv[1]).Plugin.credentials
known = {field.name for field in dataclasses.fields(credentials)} | set(credentials._ALIASES)
profile = yaml.safe_load(open(sys.argv[2]))["lead_scoring"]["outputs"][sys.argv[1]]
print(json.dumps(sorted(set(profile) - known - {"type", "threads"})))
"""

MAKE_KEY = """
import json
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
print(json.dumps({"type": "service_account", "project_id": "nobody", "private_key_id": "none",
    "private_key": key.decode(), "client_email": "nobody@example.com", "client_id": "0",
    "token_uri": "https://example.com/token"}))
"""
