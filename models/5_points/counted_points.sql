-- Rules count, rate, decline and inactive: all of the points or none.
{{ counted_points(ref('activity_days'), ref('scored_leads')) }}
