{# Attributes that are features. Left out are names, addresses, and times at which a row was written. #}
{% macro feature_attributes() %}
    {%- set left_out = [
        'email', 'additional_emails', 'email_domain', 'merged_contact_ids', 'first_name',
        'last_name', 'name', 'company_name', 'domain', 'company_domain', 'updated_at', 'company_updated_at', 'deleted_at',
    ] -%}
    {%- set contact_names = contact_columns().keys() | list -%}
    {%- set attributes = {} -%}
    {%- for name, type in profile_attributes().items() -%}
        {#- A company attribute that no contact has is also listed without the prefix. -#}
        {%- set is_repeated = name.startswith('company_')
            and name[8:] in profile_attributes() and name[8:] not in contact_names -%}
        {%- if type != 'id' and name not in left_out and not is_repeated -%}
            {%- do attributes.update({name: type}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(attributes) }}
{% endmacro %}

{#
    Values are compared by their first 100 characters, because some engines limit the length of
    keys.
#}
{% macro shortened(value) -%}
    substr({{ value }}, 1, 100)
{%- endmacro %}

{# Attributes with a `;`-separated list. #}
{% macro list_attributes() %}
    {{ return(['tags', 'technologies']) }}
{% endmacro %}

{# Attributes whose type nobody has said: their text may be a number or a date as people write it. #}
{% macro written_attributes() %}
    {%- set names = [] -%}
    {%- for name in custom_attributes() -%}
        {%- do names.extend([name, 'company_' ~ name]) -%}
    {%- endfor -%}
    {{ return(names + (sql_attributes() | list)) }}
{% endmacro %}

{# Features of each activity: a dict name -> expression. #}
{% macro activity_features() %}
    {{ return({
        'days_since': 'min(activity_days.age_days)',
        'last_7_days': 'sum(case when activity_days.age_days < 7 then activity_days.occurrences end)',
        'last_30_days': 'sum(case when activity_days.age_days < 30 then activity_days.occurrences end)',
        'last_90_days': 'sum(case when activity_days.age_days < 90 then activity_days.occurrences end)',
        'ever': 'sum(activity_days.occurrences)',
        'decayed':
            'sum(activity_days.occurrences * power(cast(0.5 as ' ~ type_double()
            ~ '), activity_days.age_days / cast(30 as ' ~ type_double() ~ ')))',
        'quantity': 'sum(activity_days.quantity)',
    }) }}
{% endmacro %}

{#
    CTEs and final select of the features of the CTE `leads` [as_of, lead_id]; a missing feature has
    no row. `wanted`: a CTE [feature], to compute no others. A macro, because training needs the
    features before the fit and scoring after it: one model would depend on itself.
#}
{% macro lead_features(wanted=none) -%}
{%- set scalars = {} -%}
{%- for name, type in feature_attributes().items() if name not in list_attributes() -%}
    {%- do scalars.update({name: type}) -%}
{%- endfor -%}
lead_profiles as (
    select lead_profiles.*
    from {{ ref('int_lead_profiles') }} as lead_profiles
    inner join leads
        on
            lead_profiles.as_of = leads.as_of
            and lead_profiles.lead_id = leads.lead_id
),

attribute_values as (
    select
        lead_profiles.as_of,
        lead_profiles.lead_id,
        list_words.word as feature,
        case list_words.word
            {%- for name, type in scalars.items() if type in ['text', 'boolean'] %}
            when '{{ name }}'
                {%- set value = attribute_as_text('lead_profiles.' ~ profile_column(name), type) %}
                then {{ shortened('lower(' ~ value | trim ~ ')') }}
            {%- endfor %}
        end as value,
        case list_words.word
            {%- for name, type in scalars.items() if type not in ['text', 'boolean'] %}
            when '{{ name }}'
                {%- set value = 'lead_profiles.' ~ profile_column(name) %}
                {%- set day = local_date(value) | trim if type == 'timestamp' else value %}
                then cast({{ value if type == 'number' else days_between('lead_profiles.as_of', day) }}
                    as decimal(38, 9))
            {%- endfor %}
        end as number_value
    from lead_profiles
    {{ cross_join_words("'" ~ scalars.keys() | join(';') ~ "'") }}
),

list_values as (
    {%- for name in list_attributes() %}
    select
        lead_profiles.as_of,
        lead_profiles.lead_id,
        concat('{{ name }}: ', {{ shortened('lower(' ~ trim_text('list_words.word') ~ ')') }}) as feature
    from lead_profiles
    {{ cross_join_words('lead_profiles.' ~ name) }}
    where {{ trim_text('list_words.word') }} <> ''
    {%- if not loop.last %}

    union distinct
    {% endif %}
    {%- endfor %}
),

sql_attributes as (
    select
        sql_attributes.as_of,
        sql_attributes.lead_id,
        sql_attributes.attribute as feature,
        {{ shortened('lower(sql_attributes.value)') }} as value
    from {{ ref('int_sql_attributes') }} as sql_attributes
    inner join leads
        on
            sql_attributes.as_of = leads.as_of
            and sql_attributes.lead_id = leads.lead_id
),

counted_activities as (
    select
        activity_days.as_of,
        activity_days.lead_id,
        activity_days.activity,
        {%- for name, expression in activity_features().items() %}
        {% if name == 'decayed' -%}
        {{ nine_decimals(expression) }} as {{ name }}
        {%- else -%}
        cast({{ expression }} as decimal(38, 9)) as {{ name }}
        {%- endif -%}
        {{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('int_activity_days') }} as activity_days
    inner join leads
        on
            activity_days.as_of = leads.as_of
            and activity_days.lead_id = leads.lead_id
    group by activity_days.as_of, activity_days.lead_id, activity_days.activity
),

activity_values as (
    select
        counted_activities.as_of,
        counted_activities.lead_id,
        concat(counted_activities.activity, ': ', list_words.word) as feature,
        case list_words.word
            {%- for name in activity_features() %}
            when '{{ name | replace('_', ' ') }}' then counted_activities.{{ name }}
            {%- endfor %}
        end as number_value
    from counted_activities
    {{ cross_join_words("'" ~ activity_features().keys() | join(';') | replace('_', ' ') ~ "'") }}
),

feature_values as (
    select
        attribute_values.as_of,
        attribute_values.lead_id,
        attribute_values.feature,
        attribute_values.value,
        attribute_values.number_value
    from attribute_values

    union all

    select
        list_values.as_of,
        list_values.lead_id,
        list_values.feature,
        'yes' as value,
        cast(null as decimal(38, 9)) as number_value
    from list_values

    union all

    select
        sql_attributes.as_of,
        sql_attributes.lead_id,
        sql_attributes.feature,
        sql_attributes.value,
        cast(null as decimal(38, 9)) as number_value
    from sql_attributes

    union all

    select
        activity_values.as_of,
        activity_values.lead_id,
        activity_values.feature,
        cast(null as {{ dbt.type_string() }}) as value,
        activity_values.number_value
    from activity_values
)

select
    feature_values.as_of,
    feature_values.lead_id,
    feature_values.feature,
    feature_values.value,
    {%- set written = written_attributes() %}
    coalesce(
        feature_values.number_value,
        cast({{ try_number('feature_values.value') | trim }} as decimal(38, 9))
        {%- if written %},
        case
            when feature_values.feature in ('{{ written | join("', '") }}')
                then coalesce(
                    cast({{ written_number('feature_values.value') }} as decimal(38, 9)),
                    cast(
                        {{ days_between('feature_values.as_of', local_date(written_time('feature_values.value'))) }}
                        as decimal(38, 9)
                    )
                )
        end
        {%- endif %}
    ) as number_value
from feature_values
where
    (feature_values.value is not null or feature_values.number_value is not null)
    {%- if wanted %}
    and feature_values.feature in (select {{ wanted }}.feature from {{ wanted }})
    {%- endif %}
{%- endmacro %}
