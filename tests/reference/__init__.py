"""An independent, slow and simple scorer: the oracle that the SQL models are checked against."""
