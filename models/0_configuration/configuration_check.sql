-- Fails the run with one sentence per configuration error. Every model that reads the configuration
-- runs after it.
{% if execute and flags.WHICH in ['build', 'run', 'retry'] %}
    {%- set mistakes = run_query(
        'select sentence from ' ~ ref('configuration_errors') ~ ' order by sentence'
    ).columns[0].values() -%}
    {%- if mistakes | length > 0 -%}
        {{ exceptions.raise_compiler_error(
            "The scoring configuration has " ~ (mistakes | length)
            ~ (" mistakes" if mistakes | length > 1 else " mistake") ~ ":\n- "
            ~ mistakes | join("\n- ")
        ) }}
    {%- endif -%}
{% endif %}
select count(*) as mistake_count
from {{ ref('configuration_errors') }}
