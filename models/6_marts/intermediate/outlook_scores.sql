-- The scores of the days to come, if nothing is added.
{{ gated_scores(ref('outlook_points'), ref('outlook_ledger')) }}
