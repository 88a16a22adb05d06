-- Steps 1 to 10 of the fit.
with binned as (
    select scorecard_rows.*
    from {{ ref('scorecard_rows') }} as scorecard_rows
    where scorecard_rows.is_training
),

state_0 as (
    select * from {{ ref('scorecard_beginning') }}
),

{% for number in range(1, 11) -%}
{{ scorecard_step(number, 'state_' ~ (number - 1), number) }},

{% endfor -%}
final as (
    select * from state_10
)

select * from final
