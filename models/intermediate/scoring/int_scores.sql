-- Score of each lead under each scoring model at the end of each as-of day, with grades and tier.
-- The grade is the band with the highest min_score that the score reaches; the tier is the first by
-- rank whose filled conditions all hold.
with gated_scores as (
    select * from {{ ref('int_gated_scores') }}
),

scenario_leads as (
    select * from {{ ref('int_scenario_leads') }}
    where needs_scores
),

scoring_models as (
    select * from {{ ref('config_scoring_models') }}
),

grade_bands as (
    select
        scoring_models.model_number,
        config_grade_bands.dimension,
        config_grade_bands.grade,
        config_grade_bands.min_score
    from {{ ref('config_grade_bands') }} as config_grade_bands
    inner join scoring_models on config_grade_bands.scoring_model = scoring_models.scoring_model
),

tiers as (
    select
        scoring_models.model_number,
        config_tiers.tier_rank,
        config_tiers.tier,
        config_tiers.min_score,
        {{ marked_words('config_tiers.fit_grades') }} as fit_grades,
        {{ marked_words('config_tiers.engagement_grades') }} as engagement_grades
    from {{ ref('config_tiers') }} as config_tiers
    inner join scoring_models on config_tiers.scoring_model = scoring_models.scoring_model
),

score_coverage as (
    select * from {{ ref('int_score_coverage') }}
),

top_reasons as (
    select * from {{ ref('int_top_reasons') }}
),

score_gates as (
    select * from {{ ref('config_score_gates') }}
),

lead_activity_daily as (
    select * from {{ ref('int_lead_activity_daily') }}
    where activity_number = 0
),

sql_activity_daily as (
    select * from {{ ref('int_sql_activity_daily') }}
    where activity_number = 0
),

-- Last day with an activity of positive intent.
positive_days as (
    select
        scenario_leads.score_key,
        lead_activity_daily.occurred_on
    from scenario_leads
    inner join lead_activity_daily on scenario_leads.lead_key = lead_activity_daily.lead_key
    where lead_activity_daily.occurred_on <= scenario_leads.as_of

    union all

    select
        scenario_leads.score_key,
        sql_activity_daily.occurred_on
    from scenario_leads
    inner join sql_activity_daily on scenario_leads.lead_key = sql_activity_daily.lead_key
    where
        sql_activity_daily.occurred_on <= scenario_leads.as_of
        and coalesce(sql_activity_daily.undone_on > scenario_leads.as_of, true)
        and coalesce(sql_activity_daily.as_of = scenario_leads.as_of, true)
),

last_positive_days as (
    select
        positive_days.score_key,
        max(positive_days.occurred_on) as last_activity_on
    from positive_days
    group by positive_days.score_key
),

reached_bands as (
    select
        gated_scores.score_key,
        max(
            case
                when
                    grade_bands.dimension = 'fit'
                    and gated_scores.fit_score >= grade_bands.min_score
                    then grade_bands.min_score
            end
        ) as fit_min_score,
        max(
            case
                when
                    grade_bands.dimension = 'engagement'
                    and gated_scores.engagement_score >= grade_bands.min_score
                    then grade_bands.min_score
            end
        ) as engagement_min_score
    from gated_scores
    inner join grade_bands on gated_scores.model_number = grade_bands.model_number
    group by gated_scores.score_key
),

graded as (
    select
        gated_scores.*,
        fit_bands.grade as fit_grade,
        engagement_bands.grade as engagement_grade
    from gated_scores
    left join reached_bands on gated_scores.score_key = reached_bands.score_key
    left join grade_bands as fit_bands
        on
            gated_scores.model_number = fit_bands.model_number
            and reached_bands.fit_min_score = fit_bands.min_score
            and fit_bands.dimension = 'fit'
    left join grade_bands as engagement_bands
        on
            gated_scores.model_number = engagement_bands.model_number
            and reached_bands.engagement_min_score = engagement_bands.min_score
            and engagement_bands.dimension = 'engagement'
),

open_tiers as (
    select
        graded.score_key,
        min(tiers.tier_rank) as tier_rank
    from graded
    inner join tiers on graded.model_number = tiers.model_number
    where
        coalesce(graded.score >= tiers.min_score, true)
        and (
            tiers.fit_grades is null
            or (
                graded.fit_grade is not null
                and {{ dbt.position(
                    "concat(';', lower(graded.fit_grade), ';')", 'tiers.fit_grades'
                ) | trim }} > 0
            )
        )
        and (
            tiers.engagement_grades is null
            or (
                graded.engagement_grade is not null
                and {{ dbt.position(
                    "concat(';', lower(graded.engagement_grade), ';')", 'tiers.engagement_grades'
                ) | trim }} > 0
            )
        )
    group by graded.score_key
)

select
    cast(scenario_leads.lead_id as {{ dbt.type_string() }}) as lead_id,
    cast(scenario_leads.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    scenario_leads.as_of,
    graded.fit_points,
    graded.engagement_points,
    graded.fit_score,
    graded.engagement_score,
    graded.score,
    cast(graded.fit_grade as {{ dbt.type_string() }}) as fit_grade,
    cast(graded.engagement_grade as {{ dbt.type_string() }}) as engagement_grade,
    cast(
        nullif(concat(coalesce(graded.fit_grade, ''), coalesce(graded.engagement_grade, '')), '')
        as {{ dbt.type_string() }}
    ) as grade,
    cast(
        case when graded.is_disqualified then 'disqualified' else tiers.tier end
        as {{ dbt.type_string() }}
    ) as tier,
    cast(
        case
            when graded.is_disqualified then 'disqualified'
            when graded.is_customer then 'customer'
            when graded.score >= scoring_models.sql_score then 'sql'
            when graded.score >= scoring_models.mql_score then 'mql'
            else 'lead'
        end as {{ dbt.type_string() }}
    ) as qualification,
    graded.is_disqualified,
    cast(graded.disqualified_by as {{ dbt.type_string() }}) as disqualified_by,
    score_coverage.score_coverage,
    last_positive_days.last_activity_on,
    -- Positive reasons are not enough if the lead is disqualified or has hardly any.
    cast(
        case
            when graded.is_disqualified
                then concat(
                    'Disqualified: ',
                    coalesce(score_gates.description, graded.disqualified_by),
                    coalesce('; ' || top_reasons.top_reasons, '')
                )
            when top_reasons.reason_count = 3 and last_positive_days.score_key is not null
                then top_reasons.top_reasons
            when
                top_reasons.score_key is null
                and last_positive_days.score_key is null
                and coalesce(score_coverage.known_count, 0) = 0
                then 'Nothing known yet'
            else concat(
                coalesce(top_reasons.top_reasons, 'No criterion gives points'),
                case when last_positive_days.score_key is null then '; no activity yet' else '' end,
                case
                    when 2 * score_coverage.known_count < score_coverage.asked_count
                        then concat(
                            '; only ',
                            cast(score_coverage.known_count as {{ dbt.type_string() }}),
                            ' of ',
                            cast(score_coverage.asked_count as {{ dbt.type_string() }}),
                            ' attributes known'
                        )
                    else ''
                end
            )
        end as {{ dbt.type_string() }}
    ) as top_reasons,
    top_reasons.top_descriptions
from graded
inner join scenario_leads on graded.score_key = scenario_leads.score_key
inner join scoring_models on graded.model_number = scoring_models.model_number
left join open_tiers on graded.score_key = open_tiers.score_key
left join tiers
    on
        graded.model_number = tiers.model_number
        and open_tiers.tier_rank = tiers.tier_rank
left join score_gates
    on
        scenario_leads.scoring_model = score_gates.scoring_model
        and graded.disqualified_by = score_gates.gate
left join score_coverage
    on
        graded.as_of = score_coverage.as_of
        and graded.lead_number = score_coverage.lead_number
        and graded.model_number = score_coverage.model_number
left join last_positive_days on graded.score_key = last_positive_days.score_key
left join top_reasons on graded.score_key = top_reasons.score_key
