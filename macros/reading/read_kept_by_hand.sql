{#
    Whether the column of raw_crm.contacts that the var crm_override_column names says that somebody
    maintains the score by hand: any value does, except a missing one, a no and 0. Needs
    placeholders.
#}
{% macro read_kept_by_hand(raw) -%}
    {%- set name = (var('crm_override_column') or '') | string | trim | lower -%}
    {%- if name in raw.columns -%}
        {%- set text = read_known_text(raw, name) -%}
        coalesce(
            {{ try_boolean(text) | trim }},
            {{ try_number(text) | trim }} <> 0,
            {{ text }} is not null
        )
    {%- else -%}
        false
    {%- endif -%}
{%- endmacro %}
