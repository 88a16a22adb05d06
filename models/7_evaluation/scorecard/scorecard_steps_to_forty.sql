-- Steps 31 to 40 of the fit.
with binned as (
    select scorecard_paired_rows.*
    from {{ ref('scorecard_paired_rows') }} as scorecard_paired_rows
    where scorecard_paired_rows.is_training
),

state_30 as (
    select * from {{ ref('scorecard_steps_to_thirty') }}
),

{% for number in range(31, 41) -%}
{{ scorecard_step(number, 'state_' ~ (number - 1), number - 20) }},

{% endfor -%}
final as (
    select * from state_40
)

select * from final
