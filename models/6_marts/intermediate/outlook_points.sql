-- The points of the days to come, summed and scaled.
{{ lead_points(ref('outlook_leads'), ref('outlook_ledger')) }}
