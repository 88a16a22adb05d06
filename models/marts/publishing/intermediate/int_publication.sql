-- As-of day of this run, and whether the run publishes: not when a later day has been published,
-- and not when a run of some models only finds the scores of another day.
with lead_scores as (
    select * from {{ ref('lead_scores') }}
),

scored_day as (
    select coalesce(max(lead_scores.as_of), {{ as_of() }}) as as_of
    from lead_scores
),

last_publication as (
    select max(publications.as_of) as as_of
    from {{ ref('int_publications') }} as publications
)

select
    {{ as_of() }} as as_of,
    scored_day.as_of = {{ as_of() }}
    and coalesce(last_publication.as_of <= {{ as_of() }}, true) as is_published
from scored_day
cross join last_publication
