{#
    Whether a row of the given time falls under an erased key that was left-joined as key_cte. A
    row whose time cannot be read does.
#}
{% macro erased_by(key_cte, time) -%}
    coalesce({{ key_cte }}.erased_until >= coalesce({{ time }}, {{ key_cte }}.erased_until), false)
{%- endmacro %}
