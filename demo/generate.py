"""Make the demo data: one year of a small company that sells to industry.

The company sells a gateway (`connect`), analytics software (`insight`) and a safety system
(`guard`). Every number comes from one seed, so two runs write the same bytes.

Units: a timestamp is whole seconds from the anchor day's 00:00 UTC, a date is whole days from the
anchor day; both are negative for the past. Shape: one file data/<table>.csv.gz per raw table, one
line per delivered row, in the order of delivery, an empty cell where nothing is known.

Run: python3 demo/generate.py
"""

from generator.year import main

if __name__ == "__main__":
    main()
