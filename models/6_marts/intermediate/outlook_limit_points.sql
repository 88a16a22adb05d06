-- What category limits will take or give on the days to come.
{{ limit_points(ref('outlook_criterion_points'), ref('outlook_leads')) }}
