-- Whether this run evaluates past scores, and why. One row.
with publications as (
    select * from {{ ref('int_publications') }}
),

evaluations as (
    select * from {{ ref('int_evaluations') }}
),

last_publication as (
    select max(publications.as_of) as as_of
    from publications
),

last_evaluation as (
    select max(evaluations.evaluated_on) as evaluated_on
    from evaluations
),

decided_deals as (
    select
        deals.deal_id,
        {{ local_date('coalesce(deals.closed_at, deals.updated_at)') }} as closed_on
    from {{ ref('int_deal_versions') }} as deals
    where deals.is_won is not null
),

closed_deals as (
    select count(distinct decided_deals.deal_id) as deals
    from decided_deals
    where
        decided_deals.closed_on <= {{ as_of() }}
        and {{ days_between('decided_deals.closed_on', as_of()) }}
        < {{ days_of_var('conversion_horizon_days') + days_of_var('evaluation_span_days') }}
),

conditions as (
    select
        {{ as_of() }} as evaluated_on,
        case
            when not {{ may_evaluate() and is_training_in_run() }} then null
            when last_publication.as_of > {{ as_of() }} then null
            when {{ var('evaluate') is true }} then 'the var evaluate is true'
            when closed_deals.deals < {{ minimum_conversions() }} then null
            when {{ not is_model_in_run('lead_scores') }} then 'the run only trains'
            when last_evaluation.evaluated_on is null
                then 'there are enough deals for the first time'
            when
                {{ days_between('last_evaluation.evaluated_on', as_of()) }}
                >= {{ days_of_var('evaluation_interval_days') }}
                then 'the last one is {{ days_of_var('evaluation_interval_days') }} days old'
        end as due_because
    from closed_deals
    cross join last_publication
    cross join last_evaluation
)

select
    conditions.evaluated_on,
    conditions.due_because is not null as is_due,
    cast(conditions.due_because as {{ dbt.type_string() }}) as due_because
from conditions
