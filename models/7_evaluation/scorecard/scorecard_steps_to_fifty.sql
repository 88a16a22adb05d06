-- Steps 41 to 50 of the fit.
with binned as (
    select scorecard_paired_rows.*
    from {{ ref('scorecard_paired_rows') }} as scorecard_paired_rows
    where scorecard_paired_rows.is_training
),

state_40 as (
    select * from {{ ref('scorecard_steps_to_forty') }}
),

{% for number in range(41, 51) -%}
{{ scorecard_step(number, 'state_' ~ (number - 1), number - 20) }},

{% endfor -%}
final as (
    select * from state_50
)

select * from final
