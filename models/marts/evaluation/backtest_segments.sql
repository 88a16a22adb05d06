-- Whether scores predict conversions as well in one country, industry, company size or lead source
-- as in another.
with holdout_leads as (
    select * from {{ ref('int_holdout_leads') }}
    where not is_censored
),

segments as (
    {%- for name in ['country', 'industry', 'lead_source'] %}
    select
        holdout_leads.*,
        '{{ name }}' as segment,
        holdout_leads.{{ name }} as segment_value
    from holdout_leads

    union all
    {% endfor %}
    select
        holdout_leads.*,
        'company_size' as segment,
        {{ company_size('holdout_leads.employee_count') }} as segment_value
    from holdout_leads
),

sized as (
    select
        segments.*,
        count(*) over (
            partition by
                segments.scoring_model, segments.segment, lower(segments.segment_value)
        ) as value_leads
    from segments
),

valued as (
    select
        sized.*,
        case
            when sized.segment_value is null then 'missing'
            when sized.value_leads < {{ fewest_leads() }} then 'others'
            else 'word'
        end as value_kind,
        case
            when sized.segment_value is not null and sized.value_leads >= {{ fewest_leads() }}
                then sized.segment_value
        end as word
    from sized
),

counted as (
    select
        valued.evaluated_on,
        valued.scoring_model,
        valued.segment,
        valued.value_kind,
        lower(valued.word) as word_key,
        {{ first_text('valued.word') }} as word,
        count(*) as leads,
        sum(case when valued.is_converted then 1 else 0 end) as conversions,
        avg(cast(valued.score as {{ type_double() }})) as average_score,
        sum(case when valued.qualification in ('mql', 'sql') then 1 else 0 end) as mqls,
        sum(
            case
                when valued.qualification in ('mql', 'sql') and valued.is_converted then 1
                else 0
            end
        ) as mql_conversions
    from valued
    group by
        valued.evaluated_on,
        valued.scoring_model,
        valued.segment,
        valued.value_kind,
        lower(valued.word)
),

compared as (
    select
        counted.*,
        sum(counted.leads) over (partition by counted.scoring_model, counted.segment)
            as all_leads,
        sum(counted.conversions) over (partition by counted.scoring_model, counted.segment)
            as all_conversions
    from counted
)

select
    cast(compared.scoring_model as {{ dbt.type_string() }}) as scoring_model,
    cast(compared.segment as {{ dbt.type_string() }}) as segment,
    cast(compared.value_kind as {{ dbt.type_string() }}) as value_kind,
    cast(coalesce(compared.word, '') as {{ dbt.type_string() }}) as segment_name,
    compared.evaluated_on,
    cast(compared.leads as bigint) as leads,
    {{ share_of('compared.leads', 'compared.all_leads') }} as lead_share,
    compared.average_score,
    cast(compared.conversions as bigint) as conversions,
    {{ conversion_rate_columns('compared') }},
    {{ lift_of(
        'compared.conversions', 'compared.leads', 'compared.all_conversions', 'compared.all_leads'
    ) }} as lift,
    cast(compared.mqls as bigint) as mqls,
    {{ share_of('compared.mqls', 'compared.leads') }} as mql_share,
    {{ share_of('compared.mql_conversions', 'compared.mqls') }} as mql_conversion_rate,
    {{ wilson_low('compared.mql_conversions', 'compared.mqls') }} as mql_conversion_rate_low,
    {{ wilson_high('compared.mql_conversions', 'compared.mqls') }} as mql_conversion_rate_high,
    {{ share_of('compared.mql_conversions', 'compared.conversions') }} as mql_recall
from compared
