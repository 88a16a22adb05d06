-- Steps 35 to 54 of the fit.
{{ scorecard_steps('scorecard_further_steps', 35, 54) }}
