-- The engagement points of the compared leads with the clock stopped at the last published day.
{{ engagement_points(
    ref('compared_decayed_points'), ref('compared_counted_points'), ref('compared_leads')
) }}
