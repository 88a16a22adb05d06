-- depends_on: {{ ref('configuration_check') }}
with scoring_models as (
    select * from {{ ref('config_scoring_models') }}
),

fit_criteria as (
    select
        {{ cell('criterion') }} as criterion,
        {{ cell_word('scoring_model') }} as scoring_model_word,
        {{ cell('category') }} as category,
        {{ cell_word('attribute') }} as attribute,
        {{ cell_word('operator') }} as operator,
        {{ cell('value') }} as value,
        {{ cell_number('min_value') }} as min_value,
        {{ cell_number('max_value') }} as max_value,
        {{ cell_number('within_days') }} as within_days,
        {{ cell_number('points') }} as points,
        {{ cell('description') }} as description
    from {{ ref('fit_criteria') }}
)

select
    cast(row_number() over (
        order by scoring_models.model_number, {{ byte_order('fit_criteria.criterion') }}
    ) as integer) as criterion_number,
    fit_criteria.criterion,
    scoring_models.scoring_model,
    scoring_models.model_number,
    fit_criteria.category,
    fit_criteria.attribute,
    cast(dense_rank() over (order by {{ byte_order('fit_criteria.attribute') }}) as integer)
        as attribute_number,
    case fit_criteria.attribute
        {%- for name, type in profile_attributes().items() if type != 'text' %}
        when '{{ name }}' then '{{ type }}'
        {%- endfor %}
        else 'text'
    end as value_type,
    fit_criteria.operator,
    fit_criteria.value,
    fit_criteria.min_value,
    fit_criteria.max_value,
    fit_criteria.within_days,
    fit_criteria.points,
    fit_criteria.description
from fit_criteria
inner join scoring_models
    on fit_criteria.scoring_model_word = lower(scoring_models.scoring_model)
