"""The year of the demo company, made by its jobs; `year` puts them together.

Nearly every function draws from the stream of chance in `chance` that is in use: the order of calls
makes the data. Events and rows are collected in `rows` and written by `files`.
"""
