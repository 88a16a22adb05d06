-- What became of the arms of each experiment. They are compared once, when the outcomes of all
-- leads that the plan asks for are known; until then, the difference is null.
with counts as (
    select * from {{ ref('int_experiment_counts') }}
),

experiments as (
    select * from {{ ref('config_experiments') }}
),

balance as (
    select * from {{ ref('experiment_balance') }}
    where measure = 'leads'
),

arms as (
    select
        counts.*,
        {{ conversion_rate_columns('counts') }},
        {{ z_of_interval() }} * counts.revenue_deviation
        / nullif(sqrt(cast(counts.leads as {{ type_double() }})), 0) as revenue_margin,
        power(counts.revenue_deviation, 2) / nullif(counts.leads, 0) as revenue_error_squared
    from counts
),

treated_arms as (
    select * from arms
    where is_treated
),

baseline_arms as (
    select * from arms
    where not is_treated
),

-- The interval of the revenue is that of two means with different variances (Welch 1947), by the
-- normal distribution.
compared as (
    select
        treated_arms.experiment,
        treated_arms.arm as treated_arm,
        baseline_arms.arm as baseline_arm,
        treated_arms.leads + baseline_arms.leads as leads,
        treated_arms.leads_needed + baseline_arms.leads_needed as leads_needed,
        treated_arms.is_over,
        treated_arms.is_large_enough,
        treated_arms.verdict_on,
        treated_arms.conversion_rate - baseline_arms.conversion_rate as difference,
        {{ newcombe_low('treated_arms', 'baseline_arms') }} as difference_low,
        {{ newcombe_high('treated_arms', 'baseline_arms') }} as difference_high,
        treated_arms.revenue_per_lead - baseline_arms.revenue_per_lead as revenue_difference,
        {{ z_of_interval() }} * sqrt(
            treated_arms.revenue_error_squared + baseline_arms.revenue_error_squared
        ) as revenue_difference_margin,
        coalesce(balance.is_unlike, false) as is_not_as_drawn
    from treated_arms
    inner join baseline_arms on treated_arms.experiment = baseline_arms.experiment
    left join balance on treated_arms.experiment = balance.experiment
),

verdicts as (
    select
        compared.*,
        case
            when not compared.is_over then 'too early'
            when compared.is_not_as_drawn then 'not as drawn'
            when compared.difference_low > 0 then 'higher'
            when compared.difference_high < 0 then 'lower'
            when compared.difference is null then 'no leads'
            else 'no difference found'
        end as verdict,
        concat(
            {{ rounded_percent('compared.difference') }}, ' points (',
            {{ rounded_percent('compared.difference_low') }}, ' to ',
            {{ rounded_percent('compared.difference_high') }}, ')'
        ) as difference_text,
        cast(compared.leads as {{ dbt.type_string() }}) as leads_text,
        cast(compared.leads_needed as {{ dbt.type_string() }}) as needed_text,
        substr(cast(compared.verdict_on as {{ dbt.type_string() }}), 1, 10) as verdict_day
    from compared
)

select
    cast(arms.experiment as {{ dbt.type_string() }}) as experiment,
    cast(arms.arm as {{ dbt.type_string() }}) as arm,
    arms.is_treated,
    cast(experiments.kind as {{ dbt.type_string() }}) as kind,
    cast(experiments.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(experiments.tier as {{ dbt.type_string() }}) as tier,
    cast(arms.entered_leads as bigint) as entered_leads,
    cast(arms.leads_needed as bigint) as leads_needed,
    cast(arms.leads as bigint) as leads,
    cast(arms.conversions as bigint) as conversions,
    arms.conversion_rate,
    arms.conversion_rate_low,
    arms.conversion_rate_high,
    cast(arms.revenue as decimal(38, 9)) as revenue,
    arms.revenue_per_lead,
    arms.revenue_per_lead - arms.revenue_margin as revenue_per_lead_low,
    arms.revenue_per_lead + arms.revenue_margin as revenue_per_lead_high,
    {{ share_of('arms.tried_leads', 'arms.leads') }} as tried_share,
    cast(arms.median_minutes_to_attempt as bigint) as median_minutes_to_attempt,
    arms.counted_until_on,
    arms.verdict_on,
    {%- for column in [
        'difference', 'difference_low', 'difference_high', 'revenue_difference',
    ] %}
    case when verdicts.is_over and arms.is_treated then verdicts.{{ column }} end as {{ column }},
    {%- endfor %}
    case
        when verdicts.is_over and arms.is_treated
            then verdicts.revenue_difference - verdicts.revenue_difference_margin
    end as revenue_difference_low,
    case
        when verdicts.is_over and arms.is_treated
            then verdicts.revenue_difference + verdicts.revenue_difference_margin
    end as revenue_difference_high,
    cast(verdicts.verdict as {{ dbt.type_string() }}) as verdict,
    cast(
        case verdicts.verdict
            when 'too early'
                then concat(
                    'Too early: the outcomes of ', verdicts.leads_text, ' of ',
                    coalesce(verdicts.needed_text || ' needed', 'all'),
                    ' leads are known; the verdict comes on ', verdicts.verdict_day,
                    case when verdicts.is_large_enough then '' else ' at the latest' end, '.'
                )
            when 'not as drawn'
                then concat(
                    'The arms do not have the numbers of leads that were drawn, so they cannot be ',
                    'compared; see experiment_balance.'
                )
            when 'no leads' then 'An arm has no leads.'
            else concat(
                'The conversion rate of ', verdicts.treated_arm, ' less that of ',
                verdicts.baseline_arm, ' is ', verdicts.difference_text, ', from ',
                verdicts.leads_text, ' leads',
                case
                    when verdicts.is_large_enough then '.'
                    else concat(
                        ', fewer than the ', coalesce(verdicts.needed_text, 'unknown number'),
                        ' needed.'
                    )
                end
            )
        end as {{ dbt.type_string() }}
    ) as verdict_because
from arms
inner join experiments on arms.experiment = experiments.experiment
inner join verdicts on arms.experiment = verdicts.experiment
