-- Rules each and amount: points that decay with the age of each day's occurrences.
{{ decayed_points(ref('activity_days')) }}
