-- depends_on: {{ ref('configuration_check') }}
select
    {{ cell('scoring_model') }} as scoring_model,
    cast(row_number() over (order by {{ byte_order(cell('scoring_model')) }}) as integer)
        as model_number,
    {{ cell('label') }} as label,
    {{ cell_word('population') }} as population,
    {{ cell_number('fit_target') }} as fit_target,
    {{ cell_number('engagement_target') }} as engagement_target,
    {{ cell_number('fit_weight') }} as fit_weight,
    {{ cell_number('engagement_weight') }} as engagement_weight,
    {{ cell_number('mql_score') }} as mql_score,
    {{ cell_number('sql_score') }} as sql_score
from {{ ref('scoring_models') }}
