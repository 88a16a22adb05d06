{{ config(materialized='view') }}

-- Every delivered row of the five activity tables, good or bad, in one shape. Of a row of an erased
-- person nothing is left but when it was delivered and which event it was a version of.
with web_events as (
    select * from {{ ref('stg_web_events') }}
),

email_events as (
    select * from {{ ref('stg_email_events') }}
),

social_events as (
    select * from {{ ref('stg_social_events') }}
),

product_events as (
    select * from {{ ref('stg_product_events') }}
),

sales_activities as (
    select * from {{ ref('stg_sales_activities') }}
),

delivered as (
    select
        'web_events' as source_table,
        'web' as source,
        web_events.event_id,
        web_events.contact_id,
        web_events.email,
        web_events.anonymous_id,
        web_events.session_id,
        web_events.event_name,
        web_events.page_path,
        web_events.content_id,
        web_events.form_id,
        web_events.utm_source,
        web_events.utm_medium,
        web_events.utm_campaign,
        cast(null as {{ dbt.type_string() }}) as campaign_id,
        cast(null as {{ dbt.type_string() }}) as network,
        cast(null as {{ dbt.type_string() }}) as link_url,
        cast(null as {{ dbt.type_string() }}) as feature,
        web_events.product,
        cast(null as {{ dbt.type_string() }}) as direction,
        cast(null as {{ dbt.type_string() }}) as outcome,
        web_events.duration_seconds,
        web_events.percent_complete,
        cast(null as decimal(28, 9)) as quantity,
        web_events.user_agent,
        web_events.occurred_at,
        web_events.loaded_at,
        web_events.rejected_because,
        web_events.raw_row,
        web_events.event_key,
        web_events.device_hash,
        web_events.email_erased_until,
        web_events.erased_until
    from web_events

    union all

    select
        'email_events' as source_table,
        'email' as source,
        email_events.event_id,
        email_events.contact_id,
        email_events.email,
        cast(null as {{ dbt.type_string() }}) as anonymous_id,
        cast(null as {{ dbt.type_string() }}) as session_id,
        email_events.event_name,
        cast(null as {{ dbt.type_string() }}) as page_path,
        cast(null as {{ dbt.type_string() }}) as content_id,
        cast(null as {{ dbt.type_string() }}) as form_id,
        cast(null as {{ dbt.type_string() }}) as utm_source,
        cast(null as {{ dbt.type_string() }}) as utm_medium,
        cast(null as {{ dbt.type_string() }}) as utm_campaign,
        email_events.campaign_id,
        cast(null as {{ dbt.type_string() }}) as network,
        email_events.link_url,
        cast(null as {{ dbt.type_string() }}) as feature,
        cast(null as {{ dbt.type_string() }}) as product,
        cast(null as {{ dbt.type_string() }}) as direction,
        cast(null as {{ dbt.type_string() }}) as outcome,
        cast(null as decimal(28, 9)) as duration_seconds,
        cast(null as decimal(28, 9)) as percent_complete,
        cast(null as decimal(28, 9)) as quantity,
        email_events.user_agent,
        email_events.occurred_at,
        email_events.loaded_at,
        email_events.rejected_because,
        email_events.raw_row,
        email_events.event_key,
        email_events.device_hash,
        email_events.email_erased_until,
        email_events.erased_until
    from email_events

    union all

    select
        'social_events' as source_table,
        'social' as source,
        social_events.event_id,
        social_events.contact_id,
        social_events.email,
        cast(null as {{ dbt.type_string() }}) as anonymous_id,
        cast(null as {{ dbt.type_string() }}) as session_id,
        social_events.event_name,
        cast(null as {{ dbt.type_string() }}) as page_path,
        cast(null as {{ dbt.type_string() }}) as content_id,
        cast(null as {{ dbt.type_string() }}) as form_id,
        cast(null as {{ dbt.type_string() }}) as utm_source,
        cast(null as {{ dbt.type_string() }}) as utm_medium,
        cast(null as {{ dbt.type_string() }}) as utm_campaign,
        cast(null as {{ dbt.type_string() }}) as campaign_id,
        social_events.network,
        cast(null as {{ dbt.type_string() }}) as link_url,
        cast(null as {{ dbt.type_string() }}) as feature,
        cast(null as {{ dbt.type_string() }}) as product,
        cast(null as {{ dbt.type_string() }}) as direction,
        cast(null as {{ dbt.type_string() }}) as outcome,
        cast(null as decimal(28, 9)) as duration_seconds,
        cast(null as decimal(28, 9)) as percent_complete,
        cast(null as decimal(28, 9)) as quantity,
        cast(null as {{ dbt.type_string() }}) as user_agent,
        social_events.occurred_at,
        social_events.loaded_at,
        social_events.rejected_because,
        social_events.raw_row,
        social_events.event_key,
        social_events.device_hash,
        social_events.email_erased_until,
        social_events.erased_until
    from social_events

    union all

    select
        'product_events' as source_table,
        'product' as source,
        product_events.event_id,
        product_events.contact_id,
        product_events.email,
        cast(null as {{ dbt.type_string() }}) as anonymous_id,
        cast(null as {{ dbt.type_string() }}) as session_id,
        product_events.event_name,
        cast(null as {{ dbt.type_string() }}) as page_path,
        cast(null as {{ dbt.type_string() }}) as content_id,
        cast(null as {{ dbt.type_string() }}) as form_id,
        cast(null as {{ dbt.type_string() }}) as utm_source,
        cast(null as {{ dbt.type_string() }}) as utm_medium,
        cast(null as {{ dbt.type_string() }}) as utm_campaign,
        cast(null as {{ dbt.type_string() }}) as campaign_id,
        cast(null as {{ dbt.type_string() }}) as network,
        cast(null as {{ dbt.type_string() }}) as link_url,
        product_events.feature,
        product_events.product,
        cast(null as {{ dbt.type_string() }}) as direction,
        cast(null as {{ dbt.type_string() }}) as outcome,
        cast(null as decimal(28, 9)) as duration_seconds,
        cast(null as decimal(28, 9)) as percent_complete,
        product_events.quantity,
        cast(null as {{ dbt.type_string() }}) as user_agent,
        product_events.occurred_at,
        product_events.loaded_at,
        product_events.rejected_because,
        product_events.raw_row,
        product_events.event_key,
        product_events.device_hash,
        product_events.email_erased_until,
        product_events.erased_until
    from product_events

    union all

    select
        'sales_activities' as source_table,
        'sales' as source,
        sales_activities.sales_activity_id as event_id,
        sales_activities.contact_id,
        cast(null as {{ dbt.type_string() }}) as email,
        cast(null as {{ dbt.type_string() }}) as anonymous_id,
        cast(null as {{ dbt.type_string() }}) as session_id,
        sales_activities.kind as event_name,
        cast(null as {{ dbt.type_string() }}) as page_path,
        cast(null as {{ dbt.type_string() }}) as content_id,
        cast(null as {{ dbt.type_string() }}) as form_id,
        cast(null as {{ dbt.type_string() }}) as utm_source,
        cast(null as {{ dbt.type_string() }}) as utm_medium,
        cast(null as {{ dbt.type_string() }}) as utm_campaign,
        cast(null as {{ dbt.type_string() }}) as campaign_id,
        cast(null as {{ dbt.type_string() }}) as network,
        cast(null as {{ dbt.type_string() }}) as link_url,
        cast(null as {{ dbt.type_string() }}) as feature,
        cast(null as {{ dbt.type_string() }}) as product,
        sales_activities.direction,
        sales_activities.outcome,
        cast(null as decimal(28, 9)) as duration_seconds,
        cast(null as decimal(28, 9)) as percent_complete,
        cast(null as decimal(28, 9)) as quantity,
        cast(null as {{ dbt.type_string() }}) as user_agent,
        sales_activities.occurred_at,
        sales_activities.loaded_at,
        sales_activities.rejected_because,
        sales_activities.raw_row,
        sales_activities.event_key,
        sales_activities.device_hash,
        sales_activities.email_erased_until,
        sales_activities.erased_until
    from sales_activities
)

select
    delivered.*,
    {{ loaded_on('delivered.loaded_at') }} as loaded_on
from delivered
