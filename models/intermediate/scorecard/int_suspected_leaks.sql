-- Attributes that keep a conversion probability from going live: they seem to follow from the
-- outcome, and no one has allowed them. What the CRM cannot date is no suspicion.
with suspected as (
    select distinct
        attribute_estimates.scoring_model,
        attribute_estimates.attribute
    from {{ ref('int_attribute_estimates') }} as attribute_estimates
    where attribute_estimates.suspected_leakage in ('near_certain', 'learnt_after_outcome')
        {%- for name in var('allowed_attributes') %}
        and attribute_estimates.attribute <> '{{ name }}'
        {%- endfor %}
)

select
    suspected.scoring_model,
    {{ text_list('suspected.attribute', "', '", 'suspected.attribute') }} as attributes
from suspected
group by suspected.scoring_model
