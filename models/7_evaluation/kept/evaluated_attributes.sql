{{ config(
    pre_hook="{{ forget_last_evaluation(this) }}",
    **kept_until_next_evaluation()
) }}

-- How many of the leads of the last evaluation whose outcome is known had each value of each
-- attribute, how many of these converted, and how often an attribute was learnt after the outcome.
-- Numbers are grouped into ranges; a value that few leads have is among all others.
with observed_attributes as (
    select * from {{ ref('observed_attributes') }}
),

fit_criteria as (
    select * from {{ ref('config_fit_criteria') }}
),

attribute_points as (
    select
        day_ledger.scoring_model,
        day_ledger.as_of,
        day_ledger.lead_id,
        fit_criteria.attribute,
        sum(day_ledger.points) as points
    from {{ ref('day_ledger') }} as day_ledger
    inner join fit_criteria
        on
            day_ledger.scoring_model = fit_criteria.scoring_model
            and day_ledger.criterion = fit_criteria.criterion
    where day_ledger.is_met
    group by
        day_ledger.scoring_model,
        day_ledger.as_of,
        day_ledger.lead_id,
        fit_criteria.attribute
),

-- Of those whose outcome has a day.
attributes as (
    select
        observed_attributes.scoring_model,
        observed_attributes.attribute,
        count(observed_attributes.value) = count(observed_attributes.number_value)
        and count(distinct observed_attributes.number_value) > 10 as is_numeric,
        count(observed_attributes.value) as known_leads,
        sum(
            case
                when
                    observed_attributes.learnt_on is not null
                    and observed_attributes.outcome_on is not null
                    then 1
                else 0
            end
        ) as learnt_leads,
        sum(
            case
                when
                    observed_attributes.learnt_on >= observed_attributes.outcome_on
                    and observed_attributes.first_version_on < observed_attributes.outcome_on
                    then 1
                else 0
            end
        ) as learnt_later_leads,
        sum(
            case
                when observed_attributes.first_version_on >= observed_attributes.outcome_on then 1
                else 0
            end
        ) as undated_leads
    from observed_attributes
    group by observed_attributes.scoring_model, observed_attributes.attribute
),

ranked as (
    select
        observed_attributes.*,
        attributes.is_numeric,
        attributes.known_leads,
        rank() over (
            partition by
                observed_attributes.scoring_model,
                observed_attributes.attribute,
                case when observed_attributes.value is null then 1 else 0 end
            order by case when attributes.is_numeric then observed_attributes.number_value end
        ) as number_rank
    from observed_attributes
    inner join attributes
        on
            observed_attributes.scoring_model = attributes.scoring_model
            and observed_attributes.attribute = attributes.attribute
),

-- Equal numbers are in one of at most ten ranges of equal size.
ranges as (
    select
        ranked.scoring_model,
        ranked.as_of,
        ranked.lead_id,
        ranked.attribute,
        ranked.number_value,
        cast(floor(
            least(10, greatest(1, floor(ranked.known_leads / {{ 2 * fewest_leads() }}.0)))
            * (ranked.number_rank - 1) / ranked.known_leads
        ) as integer) as range_number
    from ranked
    where ranked.is_numeric and ranked.value is not null
),

-- A list counts for each of its words.
words as (
    select distinct
        ranked.scoring_model,
        ranked.as_of,
        ranked.lead_id,
        ranked.attribute,
        {{ trim_text('list_words.word') }} as word
    from ranked
    {{ cross_join_words('ranked.value') }}
    where not ranked.is_numeric
),

grouped as (
    select
        words.scoring_model,
        words.as_of,
        words.lead_id,
        words.attribute,
        'word' as value_kind,
        lower(words.word) as group_key,
        words.word,
        cast(null as decimal(28, 9)) as number_value
    from words
    where words.word <> ''

    union all

    select
        ranges.scoring_model,
        ranges.as_of,
        ranges.lead_id,
        ranges.attribute,
        'range' as value_kind,
        cast(ranges.range_number as {{ dbt.type_string() }}) as group_key,
        cast(null as {{ dbt.type_string() }}) as word,
        ranges.number_value
    from ranges

    union all

    select
        ranked.scoring_model,
        ranked.as_of,
        ranked.lead_id,
        ranked.attribute,
        'missing' as value_kind,
        '' as group_key,
        cast(null as {{ dbt.type_string() }}) as word,
        cast(null as decimal(28, 9)) as number_value
    from ranked
    where ranked.value is null
),

sized as (
    select
        grouped.*,
        count(*) over (
            partition by
                grouped.scoring_model,
                grouped.attribute,
                grouped.value_kind,
                grouped.group_key
        ) as group_leads
    from grouped
),

labelled as (
    select
        sized.scoring_model,
        sized.as_of,
        sized.lead_id,
        sized.attribute,
        sized.number_value,
        case
            when sized.value_kind <> 'missing' and sized.group_leads < {{ fewest_leads() }}
                then 'others'
            else sized.value_kind
        end as value_kind,
        case
            when sized.value_kind <> 'missing' and sized.group_leads < {{ fewest_leads() }} then ''
            else sized.group_key
        end as group_key,
        case when sized.group_leads >= {{ fewest_leads() }} then sized.word end as word
    from sized
),

-- Distinct, as a list may have several of the other words.
leads_of_groups as (
    select
        labelled.scoring_model,
        labelled.as_of,
        labelled.lead_id,
        labelled.attribute,
        labelled.value_kind,
        labelled.group_key,
        {{ first_text('labelled.word') }} as word,
        min(labelled.number_value) as number_value
    from labelled
    group by
        labelled.scoring_model,
        labelled.as_of,
        labelled.lead_id,
        labelled.attribute,
        labelled.value_kind,
        labelled.group_key
),

counted as (
    select
        ranked.evaluated_on,
        ranked.scoring_model,
        ranked.attribute,
        leads_of_groups.value_kind,
        leads_of_groups.group_key,
        {{ first_text('leads_of_groups.word') }} as word,
        min(case when leads_of_groups.value_kind = 'range' then leads_of_groups.number_value end)
            as least_number,
        max(case when leads_of_groups.value_kind = 'range' then leads_of_groups.number_value end)
            as greatest_number,
        count(*) as leads,
        sum(case when ranked.is_converted then 1 else 0 end) as conversions,
        sum(coalesce(attribute_points.points, 0)) as points
    from leads_of_groups
    inner join ranked
        on
            leads_of_groups.scoring_model = ranked.scoring_model
            and leads_of_groups.as_of = ranked.as_of
            and leads_of_groups.lead_id = ranked.lead_id
            and leads_of_groups.attribute = ranked.attribute
    left join attribute_points
        on
            leads_of_groups.scoring_model = attribute_points.scoring_model
            and leads_of_groups.as_of = attribute_points.as_of
            and leads_of_groups.lead_id = attribute_points.lead_id
            and leads_of_groups.attribute = attribute_points.attribute
    group by
        ranked.evaluated_on,
        ranked.scoring_model,
        ranked.attribute,
        leads_of_groups.value_kind,
        leads_of_groups.group_key
)

select
    counted.evaluated_on,
    counted.scoring_model,
    counted.attribute,
    counted.value_kind,
    counted.group_key,
    counted.word,
    counted.least_number,
    counted.greatest_number,
    cast(counted.leads as bigint) as leads,
    cast(counted.conversions as bigint) as conversions,
    cast(counted.points as decimal(38, 9)) as points,
    cast(attributes.learnt_leads as bigint) as learnt_leads,
    cast(attributes.learnt_later_leads as bigint) as learnt_later_leads,
    cast(attributes.undated_leads as bigint) as undated_leads
from counted
inner join attributes
    on
        counted.scoring_model = attributes.scoring_model
        and counted.attribute = attributes.attribute
