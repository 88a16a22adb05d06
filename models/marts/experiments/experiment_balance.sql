-- Whether the arms of each experiment were alike when their leads entered: whether as many are in
-- each as were drawn, and what was known about them before anything was done.
{% set measures = [
    'score', 'fit_score', 'engagement_score', 'days_known', 'days_idle', 'employee_count',
] %}
with experiments as (
    select * from {{ ref('config_experiments') }}
),

leads as (
    select
        experiment_leads.*,
        experiments.treated_arm,
        experiments.drawn_arm,
        case when experiment_leads.arm = experiments.treated_arm then 1 else 0 end as is_in_treated
    from {{ ref('int_experiment_leads') }} as experiment_leads
    inner join experiments on experiment_leads.experiment = experiments.experiment
    where experiment_leads.is_first_of_account
),

-- How many leads were drawn for the treated arm, and how far from that chance leads.
drawn as (
    select
        leads.experiment,
        count(*) as leads,
        sum(leads.is_in_treated) as treated_leads,
        sum(
            case
                when leads.treated_arm = leads.drawn_arm then leads.share
                else 1 - leads.share
            end
        ) as expected_leads,
        sqrt(sum(leads.share * (1 - leads.share))) as error
    from leads
    group by leads.experiment
),

{% for measure in measures %}
{{ measure }}_rows as (
    select
        leads.experiment,
        '{{ measure }}' as measure,
        '' as value,
        leads.is_in_treated,
        cast(leads.{{ measure }} as {{ type_double() }}) as number
    from leads
    where leads.{{ measure }} is not null
),
{% endfor %}

value_rows as (
    {% for measure in ['country', 'industry'] %}
    select
        leads.experiment,
        '{{ measure }}' as measure,
        coalesce(lower(leads.{{ measure }}), 'unknown') as value,
        count(*) as leads
    from leads
    group by leads.experiment, coalesce(lower(leads.{{ measure }}), 'unknown')
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

-- Whether a lead has a value counts 1 or 0.
measured as (
    {% for measure in measures %}
    select * from {{ measure }}_rows

    union all
    {% endfor %}
    {% for measure in ['country', 'industry'] %}
    select
        leads.experiment,
        value_rows.measure,
        value_rows.value,
        leads.is_in_treated,
        cast(
            case
                when coalesce(lower(leads.{{ measure }}), 'unknown') = value_rows.value then 1
                else 0
            end as {{ type_double() }}
        ) as number
    from leads
    inner join value_rows
        on
            leads.experiment = value_rows.experiment
            and value_rows.measure = '{{ measure }}'
            and value_rows.leads >= {{ fewest_leads() }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

moments as (
    select
        measured.experiment,
        measured.measure,
        measured.value,
        count(case when measured.is_in_treated = 1 then 1 end) as treated_leads,
        avg(case when measured.is_in_treated = 1 then measured.number end) as treated_mean,
        stddev_samp(case when measured.is_in_treated = 1 then measured.number end)
            as treated_deviation,
        count(case when measured.is_in_treated = 0 then 1 end) as baseline_leads,
        avg(case when measured.is_in_treated = 0 then measured.number end) as baseline_mean,
        stddev_samp(case when measured.is_in_treated = 0 then measured.number end)
            as baseline_deviation
    from measured
    group by measured.experiment, measured.measure, measured.value
),

varied as (
    select
        moments.*,
        power(moments.treated_deviation, 2) as treated_variance,
        power(moments.baseline_deviation, 2) as baseline_variance
    from moments
),

compared as (
    select
        varied.*,
        (varied.treated_mean - varied.baseline_mean)
        / nullif(sqrt((varied.treated_variance + varied.baseline_variance) / 2), 0)
            as standardised_difference,
        (varied.treated_mean - varied.baseline_mean)
        / nullif(
            sqrt(
                varied.treated_variance / varied.treated_leads
                + varied.baseline_variance / varied.baseline_leads
            ),
            0
        ) as z,
        count(*) over (partition by varied.experiment) as comparisons
    from varied
),

judged as (
    select
        compared.*,
        case
            -- Everybody of an arm is alike, and the arms are not.
            when
                compared.treated_variance = 0
                and compared.baseline_variance = 0
                and compared.treated_mean <> compared.baseline_mean
                and compared.treated_leads >= 10
                and compared.baseline_leads >= 10
                then 0
            else {{ two_sided_p('compared.z') }}
        end as p_value
    from compared
),

drawn_apart as (
    select
        drawn.*,
        {{ two_sided_p('(drawn.treated_leads - drawn.expected_leads) / nullif(drawn.error, 0)') }}
            as p_value
    from drawn
)

select
    cast(drawn_apart.experiment as {{ dbt.type_string() }}) as experiment,
    cast('leads' as {{ dbt.type_string() }}) as measure,
    cast('' as {{ dbt.type_string() }}) as value,
    cast(drawn_apart.leads - drawn_apart.treated_leads as bigint) as baseline_leads,
    cast(drawn_apart.treated_leads as bigint) as treated_leads,
    1 - drawn_apart.expected_leads / drawn_apart.leads as baseline_mean,
    {{ share_of('drawn_apart.treated_leads', 'drawn_apart.leads') }} as treated_mean,
    cast(null as {{ type_double() }}) as standardised_difference,
    drawn_apart.p_value,
    coalesce(drawn_apart.p_value < 0.001, false) as is_unlike
from drawn_apart

union all

select
    cast(judged.experiment as {{ dbt.type_string() }}) as experiment,
    cast(judged.measure as {{ dbt.type_string() }}) as measure,
    cast(judged.value as {{ dbt.type_string() }}) as value,
    cast(judged.baseline_leads as bigint) as baseline_leads,
    cast(judged.treated_leads as bigint) as treated_leads,
    judged.baseline_mean,
    judged.treated_mean,
    judged.standardised_difference,
    judged.p_value,
    coalesce(
        coalesce(abs(judged.standardised_difference) > 0.1, judged.p_value = 0)
        and judged.p_value < 0.05 / judged.comparisons,
        false
    ) as is_unlike
from judged
