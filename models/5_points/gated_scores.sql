-- The three scores, rounded, after the gates: what a lead meets or does not meet may hold its
-- score below a mark or disqualify it.
{{ gated_scores(ref('lead_points'), ref('day_ledger')) }}
