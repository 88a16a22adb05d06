-- Score of each lead under the live scoring model and under each of its challengers.
with challengers as (
    select * from {{ ref('config_challengers') }}
),

todays_scores as (
    select scores.*
    from {{ ref('int_scores') }} as scores
    inner join {{ ref('int_scoring_dates') }} as scoring_dates on scores.as_of = scoring_dates.as_of
    where scoring_dates.is_run_day
),

ranked_criteria as (
    select
        what_if_criteria.lead_id,
        what_if_criteria.challenger,
        what_if_criteria.criterion,
        what_if_criteria.points_change,
        row_number() over (
            partition by what_if_criteria.lead_id, what_if_criteria.challenger
            order by
                abs(what_if_criteria.points_change) desc,
                -- A limit often takes back exactly what a criterion gave; the criterion is more
                -- informative.
                case when what_if_criteria.criterion like 'limit:%' then 1 else 0 end,
                {{ byte_order('what_if_criteria.criterion') }} asc
        ) as change_rank
    from {{ ref('what_if_criteria') }} as what_if_criteria
),

live_scores as (
    select
        todays_scores.*,
        challengers.challenger
    from challengers
    inner join todays_scores on challengers.scoring_model = todays_scores.scoring_model
),

challenging_scores as (
    select
        todays_scores.*,
        challengers.challenger,
        challengers.scoring_model as live_model
    from challengers
    inner join todays_scores on challengers.challenger = todays_scores.scoring_model
),

compared as (
    select
        live_scores.score,
        challenging_scores.score as challenger_score,
        live_scores.tier,
        challenging_scores.tier as challenger_tier,
        live_scores.qualification,
        challenging_scores.qualification as challenger_qualification,
        coalesce(live_scores.lead_id, challenging_scores.lead_id) as lead_id,
        coalesce(live_scores.challenger, challenging_scores.challenger) as challenger,
        coalesce(live_scores.scoring_model, challenging_scores.live_model) as scoring_model,
        coalesce(live_scores.as_of, challenging_scores.as_of) as as_of
    from live_scores
    full outer join challenging_scores
        on
            live_scores.lead_id = challenging_scores.lead_id
            and live_scores.challenger = challenging_scores.challenger
)

select
    cast(compared.lead_id as {{ dbt.type_string() }}) as lead_id,
    cast(compared.challenger as {{ dbt.type_string() }}) as challenger,
    cast(compared.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    compared.as_of,
    compared.score,
    compared.challenger_score,
    cast(compared.challenger_score - compared.score as decimal(5, 1)) as score_change,
    cast(compared.tier as {{ dbt.type_string() }}) as tier,
    cast(compared.challenger_tier as {{ dbt.type_string() }}) as challenger_tier,
    (compared.tier is distinct from compared.challenger_tier) as changes_tier,
    cast(compared.qualification as {{ dbt.type_string() }}) as qualification,
    cast(compared.challenger_qualification as {{ dbt.type_string() }}) as challenger_qualification,
    cast(ranked_criteria.criterion as {{ dbt.type_string() }}) as biggest_criterion,
    ranked_criteria.points_change as biggest_points_change
from compared
left join ranked_criteria
    on
        compared.lead_id = ranked_criteria.lead_id
        and compared.challenger = ranked_criteria.challenger
        and ranked_criteria.change_rank = 1
