-- Steps 41 to 60 of the fit.
with binned as (
    select scorecard_paired_rows.*
    from {{ ref('scorecard_paired_rows') }} as scorecard_paired_rows
    where scorecard_paired_rows.is_training
),

state_40 as (
    select * from {{ ref('scorecard_further_steps') }}
),

{% for number in range(41, 61) -%}
{{ scorecard_step(number, 'state_' ~ (number - 1), number - 20) }},

{% endfor -%}
final as (
    select * from state_60
)

select * from final
