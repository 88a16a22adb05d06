-- Rules count, rate, decline and inactive, on the days to come.
{{ counted_points(ref('outlook_activity_days'), ref('outlook_leads')) }}
