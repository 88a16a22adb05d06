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
    The end of the staging model of an activity table, after the CTEs judged and erased_keys: its
    rows, of those of erased people only when they were delivered and which event they were versions
    of. columns are those of judged that a row shows, identities apart; event_id is the column
    that holds the row's id, identities which of contact_id, email and anonymous_id there are.
#}
{% macro activities_without_erased(source_table, event_id, identities, columns) -%}
{% if 'email' in identities -%}
-- A row with the address of an erased person is the person's unless its contact_id is somebody's.
known_contacts as (
    select
        contact_versions.contact_id,
        min(contact_versions.created_at) as created_at
    from {{ ref('contact_versions') }} as contact_versions
    group by contact_versions.contact_id
),

{% endif -%}
-- Hashed before the joins: not every engine takes the query for the salt in a condition of a join.
hashed as (
    select
        judged.*,
        {% if 'email' in identities -%}
        {{ salted_hash('email', 'judged.email') }} as email_hash,
        {% endif -%}
        {% if 'anonymous_id' in identities -%}
        {{ salted_hash('anonymous_id', 'judged.anonymous_id') }} as anonymous_hash,
        {% endif -%}
        {{ salted_hash('contact_id', 'judged.contact_id') }} as contact_hash
    from judged
),

matched as (
    select
        hashed.*,
        coalesce(
            case
                when {{ erased_by('erased_contacts', 'hashed.occurred_at') }}
                    then erased_contacts.erased_until
            end
            {%- if 'email' in identities %},
            case
                when
                    {{ erased_by('erased_emails', 'hashed.occurred_at') }}
                    and coalesce(known_contacts.created_at > erased_emails.erased_until, true)
                    then erased_emails.erased_until
            end
            {%- endif %}
        ) as erased_by_name_until,
        {% if 'anonymous_id' in identities -%}
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
        {% if 'email' in identities -%}
        {{ erased_by('erased_emails', 'hashed.occurred_at') }} as is_email_erased,
        erased_emails.erased_until as email_erased_until
        {%- else -%}
        false as is_email_erased
        {%- endif %}
    from hashed
    left join erased_keys as erased_contacts
        on hashed.contact_hash = erased_contacts.key_hash
    {%- if 'email' in identities %}
    left join erased_keys as erased_emails
        on hashed.email_hash = erased_emails.key_hash
    left join known_contacts on hashed.contact_id = known_contacts.contact_id
    {%- endif %}
    {%- if 'anonymous_id' in identities %}
    left join erased_keys as erased_devices
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
    final.loaded_at,
    -- A row without id is an event of its own, told by its content unless that is to be forgotten.
    case
        when final.{{ event_id }} is null and final.erased_until is not null
            then {{ hash_key(["'" ~ source_table ~ "'", 'final.loaded_at']) }}
        else {{ hash_key(["'" ~ source_table ~ "'", 'final.' ~ event_id,
            'case when final.' ~ event_id ~ ' is null then final.raw_row end']) }}
    end as event_key,
    final.rejected_because,
    final.erased_until,
    {% if 'anonymous_id' in identities -%}
    case
        when final.erased_by_name_until is not null
            then {{ salted_hash('anonymous_id', 'final.anonymous_id') }}
    end as device_hash,
    {%- else -%}
    cast(null as {{ dbt.type_string() }}) as device_hash,
    {%- endif %}
    {% if 'email' in identities -%}
    case
        when final.erased_until is null and not final.is_email_erased then final.email
    end as email,
    case
        when final.erased_until is null and final.is_email_erased then final.email_erased_until
    end as email_erased_until,
    {%- else -%}
    cast(null as timestamp) as email_erased_until,
    {%- endif %}
    case
        when final.erased_until is null and not final.is_email_erased then final.raw_row
    end as raw_row,
    {{ columns_without_erased(
        'final', [event_id, 'contact_id'] + columns + ['occurred_at']
        + (['anonymous_id'] if 'anonymous_id' in identities else [])
    ) }}
from final
{%- endmacro %}
