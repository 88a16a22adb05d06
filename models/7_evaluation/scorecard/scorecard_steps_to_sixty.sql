-- Steps 51 to 60 of the fit.
with binned as (
    select scorecard_paired_rows.*
    from {{ ref('scorecard_paired_rows') }} as scorecard_paired_rows
    where scorecard_paired_rows.is_training
),

state_50 as (
    select * from {{ ref('scorecard_steps_to_fifty') }}
),

{% for number in range(51, 61) -%}
{{ scorecard_step(number, 'state_' ~ (number - 1), number - 20) }},

{% endfor -%}
final as (
    select * from state_60
)

select * from final
