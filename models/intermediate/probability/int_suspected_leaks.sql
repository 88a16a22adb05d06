-- Attributes that block a fit: they take part in it, seem to follow from the outcome, and are not
-- in the var allowed_attributes. undated alone is not a reason.
with fitted_attributes as (
    select distinct
        fit_bins.scoring_model,
        {{ dbt.split_part('fit_bins.feature', "': '", 1) }} as attribute
    from {{ ref('int_fit_bins') }} as fit_bins
),

suspected as (
    select distinct
        attribute_estimates.scoring_model,
        attribute_estimates.attribute
    from {{ ref('int_attribute_estimates') }} as attribute_estimates
    inner join fitted_attributes
        on
            attribute_estimates.scoring_model = fitted_attributes.scoring_model
            and attribute_estimates.attribute = fitted_attributes.attribute
    where
        attribute_estimates.suspected_leakage in ('near_certain', 'learnt_after_outcome')
        and attribute_estimates.attribute not in (
            {{ as_literals(names_of_var('allowed_attributes')) }}
        )
)

select
    suspected.scoring_model,
    {{ text_list('suspected.attribute', "', '", 'suspected.attribute') }} as attributes
from suspected
group by suspected.scoring_model
