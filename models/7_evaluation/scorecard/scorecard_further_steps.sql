-- Steps 15 to 34 of the fit.
{{ scorecard_steps('scorecard_first_steps', 15, 34) }}
