{# Number of folds. #}
{% macro fit_folds() %}
    {{ return(3) }}
{% endmacro %}

{# What a fit leaves out: a list of dict left_out, fold (none for the later observations). #}
{% macro parts_left_out() %}
    {%- set parts = [{'left_out': 'later', 'fold': none}] -%}
    {%- for fold in range(fit_folds()) -%}
        {%- do parts.append({'left_out': 'fold_' ~ fold, 'fold': fold}) -%}
    {%- endfor -%}
    {{ return(parts) }}
{% endmacro %}

{# left_out of the fits that do not see a fold. #}
{% macro left_out_fold(fold) -%}
    concat('fold_', cast({{ fold }} as {{ dbt.type_string() }}))
{%- endmacro %}

{#
    The first fits: a list of dict number, penalty, left_out, fold. Cross-validation chooses one of
    the penalties.
#}
{% macro fits_by_penalty() %}
    {%- set fits = [] -%}
    {%- for penalty in [0.2, 1, 5, 25, 125, 625] -%}
        {%- for part in parts_left_out() -%}
            {%- do fits.append(dict(part, number=fits | length + 1, penalty=penalty)) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(fits) }}
{% endmacro %}

{# The fits with the chosen penalty: a list of dict number, left_out, fold. #}
{% macro final_fits() %}
    {%- set fits = [{'number': 1, 'left_out': 'nothing', 'fold': none}] -%}
    {%- for part in parts_left_out() -%}
        {%- do fits.append(dict(part, number=fits | length + 1)) -%}
    {%- endfor -%}
    {{ return(fits) }}
{% endmacro %}

{# How much an observation counts in a fit; expects the CTE observations. #}
{% macro counted_weight(fit) -%}
    {%- if fit.left_out == 'nothing' -%}
        observations.observation_weight
    {%- elif fit.left_out == 'later' -%}
        case when observations.is_later then 0 else observations.observation_weight end
    {%- else -%}
        case when observations.fold = {{ fit.fold }} then 0 else observations.observation_weight end
    {%- endif -%}
{%- endmacro %}
