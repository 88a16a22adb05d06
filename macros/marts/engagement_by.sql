{#
    Engagement of each lead by a word: a channel, a medium. `touches` is a CTE with lead_id, word,
    occurred_on, occurrences and weight; this gives the CTEs counted and ranked.
#}
{% macro engagement_by(touches) -%}
    counted as (
    select
        {{ touches }}.lead_id,
        {{ touches }}.word,
        sum({{ touches }}.occurrences) as occurrences,
        count(distinct {{ touches }}.occurred_on) as active_days,
        min({{ touches }}.occurred_on) as first_on,
        max({{ touches }}.occurred_on) as last_on,
        {{ nine_decimals('sum(' ~ touches ~ '.occurrences * ' ~ touches ~ '.weight)') }}
            as engagement
    from {{ touches }}
    group by {{ touches }}.lead_id, {{ touches }}.word
),

ranked as (
    select
        counted.*,
        sum(counted.engagement) over (partition by counted.lead_id) as whole_engagement,
        row_number() over (
            partition by counted.lead_id
            order by
                counted.engagement desc,
                counted.last_on desc,
                {{ byte_order('counted.word') }}
        ) as engagement_rank
    from counted
)
{%- endmacro %}

{# What channel_engagement and medium_engagement tell of the CTE ranked. #}
{% macro engagement_columns() -%}
    cast(ranked.occurrences as bigint) as occurrences,
    cast(ranked.active_days as bigint) as active_days,
    ranked.first_on,
    ranked.last_on,
    ranked.engagement,
    {{ share_of('ranked.engagement', 'ranked.whole_engagement') }} as engagement_share,
    cast(ranked.engagement_rank as bigint) as engagement_rank
{%- endmacro %}
