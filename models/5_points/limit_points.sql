-- What the limit of a category takes from or gives to a lead's points.
{{ limit_points(ref('criterion_points'), ref('scored_leads')) }}
