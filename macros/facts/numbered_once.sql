{#
    The distinct values of the columns among used rows that `this` has no number for yet, with numbers
    that follow its last one. Only rows that were written since it looked last are read; all of them
    where it knows of a later run than int_activity_log, which then were made anew.
#}
{% macro numbered_once(key, columns) -%}
with
{% if is_incremental() -%}
last_run as (
    select max(activity_log.run_number) as run_number
    from {{ ref('int_activity_log') }} as activity_log
),

stored_numbers as (
    select
        coalesce(max(stored.{{ key }}), 0) as {{ key }},
        coalesce(max(stored.run_number), 0) as run_number
    from {{ this }} as stored
),

last_look as (
    select
        stored_numbers.{{ key }},
        case when stored_numbers.run_number <= last_run.run_number then stored_numbers.run_number else 0 end
            as run_number
    from stored_numbers
    cross join last_run
),

{% endif -%}
used_rows as (
    select
        {{ prefixed('activity_log', columns) | join(',\n        ') }},
        max(activity_log.run_number) as run_number
    from {{ ref('int_activity_log') }} as activity_log
    {%- if is_incremental() %}
    cross join last_look
    {%- endif %}
    where
        activity_log.row_status = 'used'
        {%- if is_incremental() %}
        and activity_log.run_number >= last_look.run_number
        {%- endif %}
    group by
        {{ prefixed('activity_log', columns) | join(',\n        ') }}
),

{% if is_incremental() -%}
new_values as (
    select
        used_rows.*,
        last_look.{{ key }} as last_key
    from used_rows
    cross join last_look
    left join {{ this }} as stored
        on
            {{ agree_in('used_rows', 'stored', columns) | indent(8) }}
    where stored.{{ key }} is null
)
{%- else -%}
new_values as (
    select
        used_rows.*,
        0 as last_key
    from used_rows
)
{%- endif %}

select
    cast(
        new_values.last_key + row_number() over (
            order by
                {%- for name in columns %}
                {{ 'new_values.' ~ name if name in ['is_automated', 'percent_floor'] else
                    byte_order('new_values.' ~ name) }}{{ ',' if not loop.last }}
                {%- endfor %}
        ) as bigint
    ) as {{ key }},
    {{ prefixed('new_values', columns) | join(',\n    ') }},
    new_values.run_number
from new_values
{%- endmacro %}
