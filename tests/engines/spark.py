"""A Spark cluster for tests, from Python packages, and the project on it.

The master, two workers and the Thrift server that dbt talks to are processes on the loopback
address; tables are Apache Iceberg's in a folder.
"""

import atexit
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pyspark
import snowpark_connect_deps_iceberg
from pyhive import hive

from tests.project import Project, tables_to_fill

HOST = "127.0.0.1"
ICEBERG = "jars/iceberg-spark-runtime-3.5_2.12-1.10.2.jar"
UP_WITHIN_SECONDS = 180
# Compiling and planning anew take longer than the rows of a small company.
FOR_A_SMALL_COMPANY = {
    "spark.sql.shuffle.partitions": 2, "spark.default.parallelism": 2,
    "spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
    # The project has no nested columns; looking for them takes Spark minutes in long queries.
    "spark.sql.optimizer.nestedSchemaPruning.enabled": "false",
    "spark.sql.optimizer.expression.nestedPruning.enabled": "false",
    "spark.sql.constraintPropagation.enabled": "false",
}


class SparkCluster:
    """A standalone cluster of two workers with one core each; its files are in a folder.

    Started on construction (RuntimeError with the end of a log if it does not come up); stopped by
    stop() or when the process ends. tuning: dict of Spark's settings that depend on the size of the
    data. port: of the Thrift server. workers: their processes, to be killed by tests.
    """

    def __init__(self, folder, tuning=None):
        self.folder = Path(folder)
        self.tuning = FOR_A_SMALL_COMPANY if tuning is None else tuning
        self.folder.mkdir(parents=True, exist_ok=True)
        self.home = Path(pyspark.__file__).parent
        atexit.register(self.stop)
        self.master_port, self.metastore_port, self.port = free_port(), free_port(), free_port()
        self.master_url = f"spark://{HOST}:{self.master_port}"
        self.processes, self.workers = [], []
        self.processes.append(self.start("master", [
            self.home / "bin/spark-class", "org.apache.spark.deploy.master.Master",
            "--host", HOST, "--port", self.master_port, "--webui-port", free_port()]))
        self.processes.append(self.start_metastore())
        wait_for_port(self.master_port, self.folder / "master.log")
        wait_for_port(self.metastore_port, self.folder / "metastore.log")
        self.workers = [self.start_worker(name) for name in ("worker-1", "worker-2")]
        self.processes.append(self.start_thrift_server())
        wait_for_port(self.port, self.folder / "thrift.log")

    def start(self, name, command, memory="384m"):
        """Start a process whose output goes to a log in the folder."""
        environment = {
            **os.environ, "SPARK_HOME": str(self.home), "SPARK_LOCAL_IP": HOST,
            "SPARK_DAEMON_MEMORY": memory, "SPARK_LOG_DIR": str(self.folder)}
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                [str(part) for part in command], env=environment, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True, cwd=self.folder)

    def start_worker(self, name):
        """Start a worker with one core."""
        return self.start(name, [
            self.home / "bin/spark-class", "org.apache.spark.deploy.worker.Worker",
            "--host", HOST, "-c", 1, "-m", "1500m", "--webui-port", free_port(),
            "-d", self.folder / name, self.master_url])

    def start_metastore(self):
        """Start Hive's metastore; within the Thrift server, it would be made anew for each session."""
        settings = {
            "javax.jdo.option.ConnectionURL":
                f"jdbc:derby:;databaseName={self.folder / 'metastore'};create=true",
            "datanucleus.schema.autoCreateAll": "true",
            "hive.metastore.schema.verification": "false",
            "hive.async.log.enabled": "false",  # needs a package that Spark does not bring
            "hive.metastore.warehouse.dir": self.folder / "warehouse",
        }
        return self.start("metastore", [
            self.home / "bin/spark-class", "org.apache.hadoop.hive.metastore.HiveMetaStore",
            "-p", self.metastore_port,
            *(part for name, value in settings.items() for part in ("--hiveconf", f"{name}={value}")),
        ])

    def start_thrift_server(self):
        iceberg = Path(snowpark_connect_deps_iceberg.__file__).parent / ICEBERG
        settings = {
            "spark.driver.host": HOST, "spark.driver.bindAddress": HOST,
            "spark.executor.memory": "1g", "spark.executor.cores": 1,
            "spark.cores.max": 2, "spark.ui.enabled": "false",
            **self.tuning,
            "spark.sql.session.timeZone": "UTC",
            "spark.sql.warehouse.dir": self.folder / "warehouse",
            "spark.hadoop.hive.metastore.uris": f"thrift://{HOST}:{self.metastore_port}",
            # no history of plans, which are long
            "spark.sql.ui.retainedExecutions": 1, "spark.ui.retainedJobs": 1,
            "spark.ui.retainedStages": 1, "spark.ui.retainedTasks": 1,
            # not spark.jars: the server closes that class loader with the first connection
            "spark.driver.extraClassPath": iceberg, "spark.executor.extraClassPath": iceberg,
            "spark.sql.extensions":
                "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
            "spark.sql.catalog.spark_catalog": "org.apache.iceberg.spark.SparkSessionCatalog",
            "spark.sql.catalog.spark_catalog.type": "hive",
            "spark.hadoop.iceberg.engine.hive.lock-enabled": "false",
        }
        return self.start("thrift", [
            self.home / "bin/spark-submit",
            "--class", "org.apache.spark.sql.hive.thriftserver.HiveThriftServer2",
            "--master", self.master_url,
            *(part for name, value in settings.items() for part in ("--conf", f"{name}={value}")),
            "spark-internal",
            "--hiveconf", f"hive.server2.thrift.port={self.port}",
            "--hiveconf", f"hive.server2.thrift.bind.host={HOST}"], memory="4g")

    def run(self, statement):
        """Run a statement that gives no rows."""
        with self.cursor() as cursor:
            cursor.execute(statement)

    def rows(self, query):
        """The rows of a query: list of dict."""
        with self.cursor() as cursor:
            cursor.execute(query)
            names = [column[0].split(".")[-1] for column in cursor.description]
            # the driver leaves dates as text
            readers = [date.fromisoformat if column[1] == "DATE_TYPE" else lambda value: value
                       for column in cursor.description]
            return [{name: value if value is None else read(value)
                     for name, read, value in zip(names, readers, row)}
                    for row in cursor.fetchall()]

    @contextmanager
    def cursor(self):
        """A cursor of a connection of its own, in a with statement."""
        connection = hive.connect(host=HOST, port=self.port)
        try:
            yield connection.cursor()
        finally:
            connection.close()

    def stop(self):
        """End all processes of the cluster."""
        for process in [*reversed(self.processes), *self.workers]:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait()


def free_port():
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        return listener.getsockname()[1]


def wait_for_port(port, log):
    """Wait until somebody listens on a port; RuntimeError with the end of a log if nobody does."""
    for _ in range(UP_WITHIN_SECONDS * 2):
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.5)
    raise RuntimeError(f"no answer on port {port}; the log ends:\n{log.read_text()[-3000:]}")


class SparkProject(Project):
    """A copy of the project whose tables are on a SparkCluster.

    folder: as for Project. cluster: SparkCluster, whose schemas are made anew.
    """

    target = "spark"
    schemas = ("raw_crm", "raw_activity", "scoring", "marts")

    def __init__(self, folder, cluster):
        super().__init__(folder)
        self.cluster = cluster
        self.forget()

    def environment(self):
        return {"LEAD_SCORING_SPARK_HOST": HOST, "LEAD_SCORING_SPARK_PORT": str(self.cluster.port)}

    def forget(self):
        self.checked = None
        for schema in self.schemas:
            self.cluster.run(f"drop schema if exists {schema} cascade")

    @staticmethod
    def close():
        pass  # dbt closes its connections

    def fill(self, raw_tables, columns=None):
        """As Project.fill, by way of JSON files that Spark reads; all columns are text."""
        for schema in ("raw_crm", "raw_activity"):
            self.cluster.run(f"create schema if not exists {schema}")
        folder = self.folder / "raw"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for schema, table, names, rows in tables_to_fill(raw_tables, columns):
            place = f"{schema}.{table}"
            self.cluster.run(f"drop table if exists {place}")
            if not names:
                continue
            with (folder / f"{table}.json").open("w", encoding="utf-8") as file:
                for row in rows:
                    file.write(json.dumps({name: row.get(name) for name in names}, default=str)
                               + "\n")
            shape = ", ".join(f"`{name}` string" for name in names)
            self.cluster.run(f"create table {place} ({shape}) using iceberg")
            files = folder / f"{table}.json"
            listed = ", ".join(f"`{name}`" for name in names)
            self.cluster.run(f"insert into {place} select {listed} from json.`{files}`")

    def version(self):
        return f"Spark {pyspark.__version__}"

    def query(self, sql):
        return self.cluster.rows(sql)
