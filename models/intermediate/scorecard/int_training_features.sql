-- All features of the leads of past days, as known on those days, to fit the conversion
-- probability. Empty in a run that does not evaluate.
with leads as (
    select distinct
        fit_sample.as_of,
        fit_sample.lead_id
    from {{ ref('int_fit_sample') }} as fit_sample
),

{{ lead_features() }}
