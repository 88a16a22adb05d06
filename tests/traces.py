"""Looking for what should be gone: words in every table, view and file that the project leaves."""

import duckdb


def traces(project, words):
    """Where any of the words still is, outside the raw schemas: list of text.

    project: a tests.project.Project that was built; words: texts, found in any case of letters and
    as parts of longer texts, so they should be such that nobody else has them.
    """
    words = [word.lower() for word in words]
    found = []
    with duckdb.connect(str(project.database), read_only=True) as connection:
        relations = connection.execute("""
            select table_schema, table_name from information_schema.tables
            where table_schema not in ('raw_crm', 'raw_activity')""").fetchall()
        for schema, table in relations:
            name = f'"{schema}"."{table}"'
            row_text = "lower(cast(relation as varchar))"
            for word in words:
                count = connection.execute(
                    f"select count(*) from {name} as relation where contains({row_text}, ?)",
                    [word]).fetchone()[0]
                if count:
                    found.append(f"{schema}.{table}: {count} rows with {word}")
    for folder in ("target", "logs"):
        for path in sorted((project.folder / folder).rglob("*")):
            if path.is_file():
                content = path.read_bytes().lower()
                found += [f"{path.relative_to(project.folder)}: {word}"
                          for word in words if word.encode() in content]
    return found
