-- The engagement criteria that leads will meet on the days to come, if nothing is added.
{{ engagement_points(
    ref('outlook_decayed_points'), ref('outlook_counted_points'), ref('outlook_leads')
) }}
