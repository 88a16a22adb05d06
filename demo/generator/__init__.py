"""The year of the demo company, made by its jobs; `year` puts them together.

Nearly every function draws from the one stream of chance in `chance`: the order of calls makes
the data. Events and rows are collected in `rows` and written by `files`.
"""
