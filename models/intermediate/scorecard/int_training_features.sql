-- What was known of the leads of past days, of every feature there is, to fit the conversion
-- probability to. Empty in a run that does not evaluate.
with looked_at as (
    select distinct
        scorecard_sample.as_of,
        scorecard_sample.lead_id
    from {{ ref('int_fit_sample') }} as scorecard_sample
),

{{ lead_features() }}
