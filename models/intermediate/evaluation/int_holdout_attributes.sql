{{ config(
    pre_hook="{{ delete_last_evaluation(this) }}",
    **kept_until_next_evaluation()
) }}

-- How many of the sampled leads of the last evaluation had each value of each attribute, how many
-- of these converted, and how often an attribute became known after the outcome. Values of few
-- leads are combined as others.
with observed_attributes as (
    select * from {{ ref('int_observed_attributes') }}
),

attribute_groups as (
    select * from {{ ref('int_attribute_groups') }}
),

fit_criteria as (
    select * from {{ ref('config_fit_criteria') }}
),

attribute_points as (
    select
        score_components.scoring_model,
        score_components.as_of,
        score_components.lead_id,
        fit_criteria.attribute,
        sum(score_components.points) as points
    from {{ ref('int_score_components') }} as score_components
    inner join fit_criteria
        on
            score_components.scoring_model = fit_criteria.scoring_model
            and score_components.criterion = fit_criteria.criterion
    where score_components.is_met
    group by
        score_components.scoring_model,
        score_components.as_of,
        score_components.lead_id,
        fit_criteria.attribute
),

-- Counts only outcomes with a date.
attributes as (
    select
        observed_attributes.scoring_model,
        observed_attributes.attribute,
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

labelled as (
    select
        attribute_groups.scoring_model,
        attribute_groups.as_of,
        attribute_groups.lead_id,
        attribute_groups.attribute,
        attribute_groups.number_value,
        case
            when
                attribute_groups.value_kind <> 'missing'
                and attribute_groups.group_leads < {{ fewest_leads() }}
                then 'others'
            else attribute_groups.value_kind
        end as value_kind,
        case
            when
                attribute_groups.value_kind <> 'missing'
                and attribute_groups.group_leads < {{ fewest_leads() }}
                then ''
            else attribute_groups.group_key
        end as group_key,
        case
            when attribute_groups.group_leads >= {{ fewest_leads() }} then attribute_groups.word
        end as word
    from attribute_groups
),

-- Distinct, because a list may contain several of the combined words.
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
        observed_attributes.evaluated_on,
        observed_attributes.scoring_model,
        observed_attributes.attribute,
        leads_of_groups.value_kind,
        leads_of_groups.group_key,
        {{ first_text('leads_of_groups.word') }} as word,
        min(case when leads_of_groups.value_kind = 'range' then leads_of_groups.number_value end)
            as least_number,
        max(case when leads_of_groups.value_kind = 'range' then leads_of_groups.number_value end)
            as greatest_number,
        count(*) as leads,
        sum(case when observed_attributes.is_converted then 1 else 0 end) as conversions,
        sum(coalesce(attribute_points.points, 0)) as points
    from leads_of_groups
    inner join observed_attributes
        on
            leads_of_groups.scoring_model = observed_attributes.scoring_model
            and leads_of_groups.as_of = observed_attributes.as_of
            and leads_of_groups.lead_id = observed_attributes.lead_id
            and leads_of_groups.attribute = observed_attributes.attribute
    left join attribute_points
        on
            leads_of_groups.scoring_model = attribute_points.scoring_model
            and leads_of_groups.as_of = attribute_points.as_of
            and leads_of_groups.lead_id = attribute_points.lead_id
            and leads_of_groups.attribute = attribute_points.attribute
    group by
        observed_attributes.evaluated_on,
        observed_attributes.scoring_model,
        observed_attributes.attribute,
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
