-- Steps 11 to 20 of the fit.
with binned as (
    select scorecard_rows.*
    from {{ ref('scorecard_rows') }} as scorecard_rows
    where scorecard_rows.is_training
),

state_10 as (
    select * from {{ ref('scorecard_steps_to_ten') }}
),

{% for number in range(11, 21) -%}
{{ scorecard_step(number, 'state_' ~ (number - 1), number) }},

{% endfor -%}
final as (
    select * from state_20
)

select * from final
