-- depends_on: {{ ref('configuration_check') }}
-- The conditions are patterns for: like <pattern> escape '\'.
select
    {{ cell('activity') }} as activity,
    {{ cell_word('source') }} as source,
    {%- for name in kind_columns() %}
    {%- set text = normalise_path(cell(name)) if name in ['page_path', 'link_url'] else cell(name) %}
    {{ like_pattern(text) }} as {{ name }},
    {%- endfor %}
    cast(floor({{ cell_number('min_percent_complete') }}) as integer) as min_percent_complete,
    {{ cell_word('quantity') }} as quantity,
    {{ cell_word('intent') }} as intent,
    {{ cell_word('stage') }} as stage,
    {{ cell('channel') }} as channel
from {{ configuration_file('activities') }}
