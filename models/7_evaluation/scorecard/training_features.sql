-- What was known of the leads of past days, of every feature there is, to fit the conversion
-- probability to. Empty in a run that does not evaluate.
with looked_at as (
    select distinct
        observations.as_of,
        observations.lead_id
    from {{ ref('observations') }} as observations
    where not observations.is_censored
),

{{ lead_features() }}
