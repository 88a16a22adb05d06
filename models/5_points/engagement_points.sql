-- The engagement criteria that leads meet, held to the most that each may give or take.
{{ engagement_points(ref('decayed_points'), ref('counted_points'), ref('scored_leads')) }}
