"""The year of the demo company, in one module per area; `year` puts them together.

Nearly every function draws from the current random stream in `chance`: the order of calls
determines the data. Events and rows are collected in `rows` and written by `files`.
"""
