"""The project on other engines than DuckDB, and that they say the same."""
