"""Search everything that a project stores for erased data."""

import re

import duckdb

FOLDERS = ("target", "logs")


def traces(project, words):
    """Where any of the words is still found, in any case of letters.

    project: a Project that was built. words: texts, each of them unique to what was erased.
    Looks into all columns, cast to text, of all tables and views outside the raw schemas, and
    into all files of target/ and logs/. Returns a sorted list of places: `schema.table.column` or
    the path of a file below the project's folder.
    """
    words = sorted({word.lower() for word in words})
    if not words:
        return []
    pattern = "|".join(re.escape(word) for word in words)
    found = []
    with duckdb.connect(str(project.database), read_only=True) as connection:
        for (schema, table), columns in columns_of(connection).items():
            tests = ", ".join(f'bool_or(regexp_matches(lower(cast("{column}" as varchar)), $1))'
                              for column in columns)
            row = connection.execute(
                f'select {tests} from "{schema}"."{table}"', [pattern]).fetchone()
            found += [f"{schema}.{table}.{column}"
                      for column, is_found in zip(columns, row) if is_found]
    for folder in FOLDERS:
        for path in (project.folder / folder).rglob("*"):
            if path.is_file() and re.search(pattern, path.read_text(errors="replace").lower()):
                found.append(str(path.relative_to(project.folder)))
    return sorted(found)


def columns_of(connection):
    """The columns of all tables and views outside the raw schemas: dict (schema, table) -> list."""
    result = {}
    for schema, table, column in connection.execute(
            "select table_schema, table_name, column_name from information_schema.columns"
            " where table_schema not in ('raw_crm', 'raw_activity')"
            " order by table_schema, table_name, ordinal_position").fetchall():
        result.setdefault((schema, table), []).append(column)
    return result
