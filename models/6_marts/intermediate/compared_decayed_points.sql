-- Rules each and amount of the compared leads, with the clock stopped.
{{ decayed_points(ref('compared_activity_days')) }}
