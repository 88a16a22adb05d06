{#
    The rows of a staging CTE without what they say of erased people: of a row of an erased person
    only the columns named in kept_columns are left. The CTE has erased_until, null for others.
#}
{% macro columns_without_erased(cte, columns) -%}
    {%- for name in columns -%}
    case when {{ cte }}.erased_until is null then {{ cte }}.{{ name }} end as {{ name }}{{ ',\n    ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{#
    To follow a table in a from clause: how many keys of erased people are remembered. Where there are
    none, nothing is hashed. (Not a CTE: what is read twice is computed with columns nobody asked for.)
#}
{% macro cross_join_remembered() -%}
    cross join (
        select count(*) as key_count
        from {{ ref('stg_erasure__erased_keys') }} as erased_keys
    ) as remembered
{%- endmacro %}

{#
    The end of the staging model of an activity table, after the CTE judged: its rows
    in the shape that all activities have, of those of erased people only when they were delivered
    and which event they were versions of. columns: the columns of that shape that judged has.
#}
{% macro activities_without_erased(raw, source, columns) -%}
{%- set by_email = 'email' in columns -%}
{%- set by_device = 'anonymous_id' in columns -%}
{% if by_email -%}
-- A row with the address of an erased person is the person's unless its contact_id is somebody's.
known_contacts as (
    select
        contact_versions.contact_id,
        min(contact_versions.created_at) as created_at
    from {{ ref('stg_crm__contact_versions') }} as contact_versions
    {{ cross_join_remembered() }}
    where remembered.key_count > 0
    group by contact_versions.contact_id
),

{% endif -%}
-- Hashed before the joins: not every engine takes the query for the salt in a condition of a join.
hashed as (
    select
        judged.*,
        case when judged.rejected_because is not null then {{ row_as_json(raw, 'judged') }} end
            as raw_row,
        {% if by_email -%}
        case when remembered.key_count > 0 then {{ salted_hash('email', 'judged.email') }} end
            as email_hash,
        {% endif -%}
        {% if by_device -%}
        case when remembered.key_count > 0 then {{ salted_hash('anonymous_id', 'judged.anonymous_id') }} end
            as anonymous_hash,
        {% endif -%}
        case when remembered.key_count > 0 then {{ salted_hash('contact_id', 'judged.contact_id') }} end
            as contact_hash
    from judged
    {{ cross_join_remembered() }}
),

matched as (
    select
        hashed.*,
        coalesce(
            case
                when {{ erased_by('erased_contacts', 'hashed.occurred_at') }}
                    then erased_contacts.erased_until
            end
            {%- if by_email %},
            case
                when
                    {{ erased_by('erased_emails', 'hashed.occurred_at') }}
                    and coalesce(known_contacts.created_at > erased_emails.erased_until, true)
                    then erased_emails.erased_until
            end
            {%- endif %}
        ) as erased_by_name_until,
        {% if by_device -%}
        case
            when
                hashed.contact_id is null
                and hashed.email is null
                and {{ erased_by('erased_devices', 'hashed.occurred_at') }}
                then erased_devices.erased_until
        end as erased_by_device_until,
        {%- else -%}
        cast(null as timestamp) as erased_by_device_until,
        {%- endif %}
        {% if by_email -%}
        {{ erased_by('erased_emails', 'hashed.occurred_at') }} as is_email_erased,
        erased_emails.erased_until as email_erased_until
        {%- else -%}
        false as is_email_erased
        {%- endif %}
    from hashed
    left join {{ ref('stg_erasure__erased_keys') }} as erased_contacts
        on hashed.contact_hash = erased_contacts.key_hash
    {%- if by_email %}
    left join {{ ref('stg_erasure__erased_keys') }} as erased_emails
        on hashed.email_hash = erased_emails.key_hash
    left join known_contacts on hashed.contact_id = known_contacts.contact_id
    {%- endif %}
    {%- if by_device %}
    left join {{ ref('stg_erasure__erased_keys') }} as erased_devices
        on hashed.anonymous_hash = erased_devices.key_hash
    {%- endif %}
),

final as (
    {{ with_column(
        'matched', 'erased_until',
        'coalesce(matched.erased_by_name_until, matched.erased_by_device_until)'
    ) }}
)

select
    '{{ raw.name }}' as source_table,
    '{{ source }}' as source,
    final.loaded_at,
    final.bare_loaded_at,
    final.rejected_because,
    final.erased_until,
    case
        when final.erased_until is null then final.event_id
        else {{ event_hash("'" ~ raw.name ~ "'", 'final.event_id') }}
    end as event_id,
    {%- set without_email = "case when final.erased_until is null and not final.is_email_erased then final." %}
    {{ without_email }}raw_row end as raw_row,
    {%- if by_email %}
    {{ without_email }}email end as email,
    case
        when final.erased_until is null and final.is_email_erased then final.email_erased_until
    end as email_erased_until,
    {%- else %}
    cast(null as {{ dbt.type_string() }}) as email,
    cast(null as timestamp) as email_erased_until,
    {%- endif %}
    {%- if by_device %}
    case
        when final.erased_by_name_until is not null
            then {{ salted_hash('anonymous_id', 'final.anonymous_id') }}
    end as device_hash,
    {%- else %}
    cast(null as {{ dbt.type_string() }}) as device_hash,
    {%- endif %}
    {%- for name, data_type in activity_column_types().items() %}
    {% if name in columns -%}
    case when final.erased_until is null then final.{{ name }} end as {{ name }}
    {%- else -%}
    cast(null as {{ data_type }}) as {{ name }}
    {%- endif -%}
    {{ ',' if not loop.last }}
    {%- endfor %}
from final
{%- endmacro %}

{# What is left of the id of an event where a row of it was erased: other versions are found by it. #}
{% macro event_hash(source_table, event_id) -%}
    {{ salted_hash('event', source_table ~ " || ' ' || " ~ event_id) }}
{%- endmacro %}
