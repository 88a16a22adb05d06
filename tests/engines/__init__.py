"""The project on other engines than DuckDB, with the same results."""
