{{ config(
    post_hook="{{ forget_listed_leads(ref('sales_ready_leads')) }}",
    meta={'is_always_built': true}
) }}

-- Each lead on which scoring models are tried, for each scoring model and challenger: whether it
-- is an MQL or SQL, and if not, why. Every run builds it, because its hook deletes erased people
-- from a seed that the run has just loaded.
with trial_leads as (
    select * from {{ ref('int_trial_leads') }}
),

scoring_dates as (
    select * from {{ ref('int_scoring_dates') }}
    where is_run_day
),

scoring_models as (
    select * from {{ ref('config_scoring_models') }}
    where mql_score is not null
),

todays_scores as (
    select scores.*
    from {{ ref('int_scores') }} as scores
    inner join scoring_dates on scores.as_of = scoring_dates.as_of
),

todays_ledger as (
    select
        score_components.scoring_model,
        score_components.lead_id,
        score_components.criterion
    from {{ ref('int_score_components') }} as score_components
    inner join scoring_dates on score_components.as_of = scoring_dates.as_of
    where score_components.is_met
),

worth as (
    select distinct
        criterion_options.scoring_model,
        criterion_options.criterion,
        coalesce(criterion_options.most_points, criterion_options.points) as most_points
    from {{ ref('int_criterion_options') }} as criterion_options
    where not criterion_options.is_closing_gate
),

tried as (
    select
        trial_leads.audience,
        trial_leads.listed_as,
        trial_leads.lead_id,
        scoring_models.scoring_model,
        scoring_models.mql_score,
        todays_scores.score,
        todays_scores.tier,
        todays_scores.qualification,
        todays_scores.is_disqualified,
        todays_scores.disqualified_by,
        -- By its points, without gates.
        cast(
            scoring_models.fit_weight * todays_scores.fit_score
            + scoring_models.engagement_weight * todays_scores.engagement_score
            as decimal(28, 9)
        ) as score_of_points,
        coalesce(
            not todays_scores.is_disqualified and todays_scores.score >= scoring_models.mql_score,
            false
        ) as is_mql,
        coalesce(
            not todays_scores.is_disqualified and todays_scores.score >= scoring_models.sql_score,
            false
        ) as is_sql
    from trial_leads
    cross join scoring_models
    left join todays_scores
        on
            trial_leads.lead_id = todays_scores.lead_id
            and scoring_models.scoring_model = todays_scores.scoring_model
),

ranked_criteria as (
    select
        tried.audience,
        tried.listed_as,
        tried.scoring_model,
        concat(worth.criterion, ': +', {{ number_as_text('round(worth.most_points, 1)') }})
            as criterion_text,
        row_number() over (
            partition by tried.audience, tried.listed_as, tried.scoring_model
            order by worth.most_points desc, {{ byte_order('worth.criterion') }}
        ) as criterion_rank
    from tried
    inner join worth on tried.scoring_model = worth.scoring_model
    left join todays_ledger
        on
            tried.lead_id = todays_ledger.lead_id
            and worth.scoring_model = todays_ledger.scoring_model
            and worth.criterion = todays_ledger.criterion
    where
        not tried.is_mql
        and tried.score is not null
        and worth.most_points > 0
        and todays_ledger.criterion is null
),

unmet as (
    select
        ranked_criteria.audience,
        ranked_criteria.listed_as,
        ranked_criteria.scoring_model,
        {{ text_list('ranked_criteria.criterion_text', "'; '", 'ranked_criteria.criterion_rank') }}
            as criteria
    from ranked_criteria
    where ranked_criteria.criterion_rank <= 3
    group by
        ranked_criteria.audience, ranked_criteria.listed_as, ranked_criteria.scoring_model
)

select
    cast(tried.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(tried.audience as {{ dbt.type_string() }}) as audience,
    cast(tried.listed_as as {{ dbt.type_string() }}) as listed_as,
    scoring_dates.as_of,
    cast(tried.lead_id as {{ dbt.type_string() }}) as lead_id,
    tried.score,
    cast(tried.tier as {{ dbt.type_string() }}) as tier,
    cast(tried.qualification as {{ dbt.type_string() }}) as qualification,
    tried.is_mql,
    tried.is_sql,
    case
        when not tried.is_mql then cast(tried.mql_score - tried.score as decimal(28, 9))
    end as missing_score,
    cast(
        case
            when tried.is_mql then null
            when tried.lead_id is null then 'no lead'
            when tried.score is null then 'outside the population'
            when tried.is_disqualified then concat('disqualified by ', tried.disqualified_by)
            when tried.score_of_points >= tried.mql_score then 'held by a gate'
            else 'too few points'
        end as {{ dbt.type_string() }}
    ) as missed_because,
    cast(unmet.criteria as {{ dbt.type_string() }}) as strongest_unmet_criteria
from tried
cross join scoring_dates
left join unmet
    on
        tried.audience = unmet.audience
        and tried.listed_as = unmet.listed_as
        and tried.scoring_model = unmet.scoring_model
