"""Searching what a project keeps for what it should have forgotten."""

import re

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
    for (schema, table), columns in columns_of(project).items():
        tests = ", ".join(
            f"""bool_or(regexp_matches(lower(cast("{column}" as varchar)), '{quoted(pattern)}'))
                as "{column}" """ for column in columns)
        [row] = project.query(f'select {tests} from "{schema}"."{table}"')
        found += [f"{schema}.{table}.{column}" for column, is_found in row.items() if is_found]
    for folder in FOLDERS:
        for path in (project.folder / folder).rglob("*"):
            if path.is_file() and re.search(pattern, path.read_text(errors="replace").lower()):
                found.append(str(path.relative_to(project.folder)))
    return sorted(found)


def columns_of(project):
    """The columns of all tables and views outside the raw schemas: dict (schema, table) -> list."""
    result = {}
    for row in project.query(
            "select table_schema, table_name, column_name from information_schema.columns"
            " where table_schema not in ('raw_crm', 'raw_activity')"
            " order by table_schema, table_name, ordinal_position"):
        key = row["table_schema"], row["table_name"]
        result.setdefault(key, []).append(row["column_name"])
    return result


def quoted(text):
    """A text for within single quotes."""
    return text.replace("'", "''")
