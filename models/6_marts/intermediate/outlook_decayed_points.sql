-- Rules each and amount, on the days to come.
{{ decayed_points(ref('outlook_activity_days')) }}
