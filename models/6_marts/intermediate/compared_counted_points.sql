-- Rules count, rate, decline and inactive of the compared leads, with the clock stopped.
{{ counted_points(ref('compared_activity_days'), ref('compared_leads'), clock='clock_on') }}
