-- Groups of leads to which each observed lead belongs by its attributes: by word, by range of
-- numbers, or because the attribute is missing.
with observed_attributes as (
    select * from {{ ref('int_observed_attributes') }}
),

attributes as (
    select
        observed_attributes.scoring_model,
        observed_attributes.attribute,
        count(observed_attributes.value) as known_leads,
        count(observed_attributes.value) = count(observed_attributes.number_value)
        and count(distinct observed_attributes.number_value) > 10 as is_numeric
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

-- At most ten ranges with equal numbers of values; equal values share a range.
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

-- Several observations of a lead count as one lead.
sizes as (
    select
        grouped.scoring_model,
        grouped.attribute,
        grouped.value_kind,
        grouped.group_key,
        count(distinct grouped.lead_id) as group_leads
    from grouped
    group by
        grouped.scoring_model,
        grouped.attribute,
        grouped.value_kind,
        grouped.group_key
)

select
    grouped.*,
    sizes.group_leads
from grouped
inner join sizes
    on
        grouped.scoring_model = sizes.scoring_model
        and grouped.attribute = sizes.attribute
        and grouped.value_kind = sizes.value_kind
        and grouped.group_key = sizes.group_key
